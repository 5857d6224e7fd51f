"""Every notebook keeps the course's form; that it runs is for nbval to test."""

import itertools
import re
import statistics

import nbformat
import pytest

from helpers import ROOT
from pixelwise import results
from tools.makers import address
from tools.students import picture

CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))

LONGEST_LINE = 80
LONGEST_CELL = 25  # of those that are no check of an exercise
MEDIAN_CELL = 6
TEXT_PER_CODE = (1.2, 1.9)

NBGRADER_KEYS = {"schema_version", "grade", "solution", "locked", "task", "grade_id"}


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def cells(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def is_check(cell) -> bool:
    return cell.metadata.get("nbgrader", {}).get("grade", False)


def prose(notebook) -> list[str]:
    """Return the lines of text, without those of code blocks."""
    text = "\n".join(cell.source for cell in cells(notebook, "markdown"))
    return re.sub(r"(?ms)^```.*?^```", "", text).splitlines()


def test_there_is_a_chapter():
    assert CHAPTERS


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_is_stored_as_nbformat_writes_it(path, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    copy = tmp_path / path.name
    nbformat.write(notebook, copy)
    assert path.read_bytes() == copy.read_bytes()


def test_is_stored_without_outputs(notebook):
    for cell in cells(notebook, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_cell_ids_are_unique(notebook):
    names = [cell.id for cell in notebook.cells]
    assert len(set(names)) == len(names)


def test_has_one_title_that_comes_first(notebook):
    titles = [line for line in prose(notebook) if line.startswith("# ")]
    assert len(titles) == 1
    assert notebook.cells[0].source.lstrip().startswith(titles[0])


def test_headings_skip_no_level(notebook):
    levels = [
        len(mark[1]) for line in prose(notebook) if (mark := re.match(r"(#+) ", line))
    ]
    steps = [after - before for before, after in itertools.pairwise(levels)]
    assert max(steps, default=0) <= 1


def test_code_is_short_enough_to_read(notebook):
    lengths = []
    for cell in cells(notebook, "code"):
        lines = cell.source.splitlines()
        lengths.append(len(lines))
        for line in lines:
            assert len(line) <= LONGEST_LINE, line
    assert statistics.median(lengths) <= MEDIAN_CELL


def test_long_cells_are_checks_of_exercises(notebook):
    for cell in cells(notebook, "code"):
        lines = cell.source.splitlines()
        assert len(lines) <= LONGEST_CELL or is_check(cell), lines[0]


def test_text_and_code_keep_the_course_s_rhythm(notebook):
    told = [
        cell
        for cell in cells(notebook, "code")
        if "nbgrader" not in cell.metadata and "colab" not in tags(cell)
    ]
    ratio = len(cells(notebook, "markdown")) / len(told)
    assert TEXT_PER_CODE[0] <= ratio <= TEXT_PER_CODE[1]


def test_first_code_cell_installs_the_package_on_colab(notebook):
    first = cells(notebook, "code")[0]
    assert first.source == address.colab_cell(address.declared(ROOT))
    assert "colab" in tags(first)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_badge_opens_the_student_s_copy_of_this_very_notebook(path):
    text = nbformat.read(path, as_version=4).cells[0].source
    link = address.colab(address.declared(ROOT), path.name)
    assert "/blob/students/" in link
    assert f"]({link})" in text


def test_links_between_chapters_lead_somewhere(notebook):
    text = "\n".join(prose(notebook))
    for target in re.findall(r"\]\(([\w.-]+\.ipynb)", text):
        assert (ROOT / "notebooks" / target).exists(), target


def test_pictures_in_the_text_have_a_description(notebook):
    text = "\n".join(prose(notebook))
    assert not re.findall(r"!\[\s*\]\([^)]*\)", text)
    assert not re.findall(r"<img(?![^>]*\balt=\"[^\"]+\")[^>]*>", text)


def test_one_figure_is_tagged_to_stand_for_the_chapter(notebook):
    tagged = [cell for cell in notebook.cells if picture.TAG in tags(cell)]
    assert [cell.cell_type for cell in tagged] == ["code"]


def test_graded_cells_are_what_nbgrader_expects(notebook):
    graded = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    names = [cell.metadata.nbgrader.grade_id for cell in graded]
    assert len(set(names)) == len(names)
    for cell in graded:
        settings = cell.metadata.nbgrader
        assert set(settings) - {"points"} == NBGRADER_KEYS
        assert settings.schema_version == 3
        assert ("points" in settings) == (settings.grade or settings.task)


@pytest.mark.parametrize("mark", ["SOLUTION", "HIDDEN TESTS"])
def test_what_is_cut_from_the_student_s_copy_begins_and_ends(notebook, mark):
    for cell in cells(notebook, "code"):
        found = re.findall(rf"### (BEGIN|END) {mark}", cell.source)
        assert found == ["BEGIN", "END"] * (len(found) // 2), cell.source
        if found:
            assert "nbgrader" in cell.metadata, cell.source


def test_what_chapter_6_concludes_is_what_is_recorded():
    recorded = results.recorded("06_better_fcn")
    ranked = ("FCN", "better FCN", "FCN-16s", "FCN-8s")
    for worse, better in itertools.pairwise(ranked):
        said = results.compare(recorded, better, worse, "test_mean_iou")
        assert "above" in said and "a clear difference" in said
    for small in ("object", "human"):
        measure = f"test_{small}_iou"
        found = {m: results.summary(recorded, m, measure)["mean"] for m in ranked}
        assert max(found["FCN"], found["better FCN"]) < 0.02
        assert 0.02 < found["FCN-16s"] < found["FCN-8s"] < 0.25
    weights = {entry["model"]: entry["trained_weights"] for entry in recorded}
    assert 100 * weights["FCN-8s"] < weights["better FCN"]
