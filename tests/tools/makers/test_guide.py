"""The instructor's guide says of every chapter what its notebook and sizes say."""

import csv
import re

import pytest

from pixelwise.exercises.quiz import questions
from tools.makers import guide

TEXT = guide.GUIDE.read_text("utf-8")
CHAPTERS = guide.chapters()
ROW = re.compile(r"^\| (\d+: .+?) \| (\d+) \| .+ \|$", re.M)
PARTS = ("**Needs**", "**Goals**", "**Misconceptions**", "**Discuss**")


@pytest.fixture(params=CHAPTERS, ids=lambda chapter: chapter.name)
def chapter(request):
    return request.param


def section(chapter) -> str:
    """Return what the guide says of a chapter."""
    found = re.search(
        rf"(?ms)^### {re.escape(chapter.title)}$(.+?)^##", TEXT, re.IGNORECASE
    )
    assert found, f"no section «{chapter.title}»"
    return found[1]


def test_the_table_is_what_notebooks_and_sizes_give():
    assert guide.MARKS.begin + guide.table() + guide.MARKS.end in TEXT, (
        "python -m tools.makers.guide"
    )


def test_a_chapter_s_section_has_all_its_parts(chapter):
    places = [section(chapter).index(part) for part in PARTS]
    assert places == sorted(places)


def test_points_of_text_notebook_and_guide_agree(chapter):
    assert tuple(points for _, points in chapter.exercises) == chapter.points
    listed = [(name, int(points)) for name, points in ROW.findall(section(chapter))]
    assert listed == list(chapter.exercises)


def anchors() -> set[str]:
    """Return the anchors that Markdown gives to the guide's headings."""
    headings = re.findall(r"^#+ (.+)$", TEXT, re.M)
    kept = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in kept}


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert links
    for link in links:
        if link.startswith("#"):
            assert link[1:] in anchors(), link
        else:
            assert (guide.GUIDE.parent / link).exists(), link


def test_files_that_are_named_are_there():
    for name in re.findall(r"`((?:src|tests|tools)/[\w./]+)`", TEXT):
        assert (guide.ROOT / name).exists(), name
    for command in re.findall(r"python (?:-m pytest )?((?:tests|tools)/\w+\.py)", TEXT):
        assert (guide.ROOT / command).exists(), command


def test_the_example_of_a_question_is_one(tmp_path):
    (example,) = re.findall(r"(?s)```toml\n(.+?)```", TEXT)
    answer = example[example.index("[[question.answer]]") :]
    full = example + answer.replace("false", "true").replace("An", "No")
    full += answer.replace("An", "Not an")
    (tmp_path / "01_made.toml").write_text(full * questions.NUMBER, "utf-8")
    assert len(questions.read("01_made", tmp_path)) == questions.NUMBER


MARKS = """student,chapter,state,points,of,exercise 1,exercise 2,remarks
ada,01_mlp,graded,5,12,2,3,
ada,02_cnn,graded,0,7,0,0,exercise 1: not yet
bo,02_cnn,refused,,7,,,no notebook
bo,,refused,,,,,unknown name
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Essay (7)
    Points Possible,,,,,10
"Lovelace, Ada",3,a1,ada,S1,9
"Absent, Cy",4,c1,cy,S1,8
"""
SCRIPTS = re.findall(r"(?s)```python\n(.+?)```", TEXT)


def test_the_gradebook_has_a_row_for_each_student_and_no_invented_mark(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "marks.csv").write_text(MARKS, "utf-8-sig")
    (tmp_path / "canvas.csv").write_text(CANVAS, "utf-8-sig")
    exec(compile("".join(SCRIPTS), "guide", "exec"), {})
    path = tmp_path / "gradebook.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["student", "01_mlp", "02_cnn"],
            ["ada", "5", "0"],
            ["bo", "", ""],
        ]
    with (tmp_path / "canvas-marks.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            [*CANVAS.splitlines()[0].split(",")[:5], "01_mlp", "02_cnn"],
            ["Lovelace, Ada", "3", "a1", "ada", "S1", "5", "0"],
            ["Absent, Cy", "4", "c1", "cy", "S1", "", ""],
        ]
