"""Copies for a class hold no solutions; what comes back is graded, whatever it is."""

import csv
import re
import sys
import zipfile

import nbformat
import pytest

pytest.importorskip("nbgrader")

from tools.instructors import (
    assignments,
    chapters,
    execute,
    grade,
    isolation,
    submissions,
)
from tools.instructors.kernel import Limits
from tools.makers import handed_in
from tools.students import execute as course

NEEDS_ISOLATION = pytest.mark.skipif(
    isolation.find() is None, reason="neither bubblewrap nor unshare works here"
)
LIMITS = Limits(cell=20, notebook=120, memory=1 << 30)
NEED_NO_KERAS = (
    "channel-statistics",
    "count-parameters",
    "softmax",
    "class-accuracies",
)


@pytest.fixture(scope="session")
def slim(tmp_path_factory):
    """Return chapter 1 with four exercises that need no Keras: kernels start sooner."""
    folder = tmp_path_factory.mktemp("notebooks")
    chapter = chapters.load(["01"])[0]
    names = {f"{name}{end}" for name in NEED_NO_KERAS for end in ("", "-check")}
    kept = [chapter.notebook.cells[0]]
    for cell in chapter.notebook.cells:
        if "imports" in chapters.tags(cell):
            cell = nbformat.from_dict(cell)
            cell.source = "import numpy as np\n\nfrom pixelwise.exercises import check"
            kept.append(cell)
        elif cell.id in names or "[chapter 2" in cell.source:
            kept.append(cell)
    notebook = nbformat.v4.new_notebook(cells=kept, metadata=chapter.notebook.metadata)
    nbformat.write(notebook, folder / "01_mlp.ipynb")
    (found,) = chapters.load(folder=folder)
    return found


@pytest.fixture(scope="session")
def copies(slim, tmp_path_factory):
    """Return the folder with the copies of the slim chapter."""
    folder = tmp_path_factory.mktemp("assignments")
    assignments.log_to(folder / "nbgrader.log")
    assignments.make(slim, folder)
    return folder


@pytest.fixture(scope="session")
def graded(slim, tmp_path_factory):
    """Return the class, its marks by name, and the folder that they were written to."""
    submitted = tmp_path_factory.mktemp("submitted")
    folder = tmp_path_factory.mktemp("marks")
    students = handed_in.make(slim, submitted)
    found = submissions.find(submitted, [slim])
    marks = grade.Grading(folder, isolation.find(), LIMITS).grade_all(found)
    by_name = {mark.submission.student: mark for mark in marks}
    return {student.name: student for student in students}, by_name, folder


def student_s(copies):
    return nbformat.read(copies / "students" / "01_mlp" / "01_mlp.ipynb", as_version=4)


def test_a_student_s_copy_has_no_solution_and_no_hidden_test(copies):
    notebook = student_s(copies)
    nbformat.validate(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "SOLUTION" not in text
    assert "HIDDEN" not in text
    assert text.count("raise NotImplementedError()") >= 4
    assert "exponentials = np.exp" not in text


def test_its_checks_are_locked_and_its_answers_are_not(copies):
    cells = {cell.id: cell for cell in student_s(copies).cells}
    for name in NEED_NO_KERAS:
        assert cells[f"{name}-check"].metadata.editable is False
        assert cells[f"{name}-check"].metadata.deletable is False
        assert cells[name].metadata.get("editable", True)


def test_nothing_in_it_leads_to_the_solutions(copies):
    text = "\n".join(cell.source for cell in student_s(copies).cells)
    assert "colab-badge" not in text
    assert ".ipynb)" not in text
    assert "chapter 2" in text


def test_the_unanswered_copy_stops_at_the_first_exercise_and_says_what_to_do(copies):
    path = copies / "students" / "01_mlp" / "01_mlp.ipynb"
    chapter = course.execute(path, 120, copies / "log")
    assert "channel_statistics has no answer yet: replace" in chapter.failure
    counts = [c.execution_count for c in chapter.notebook.cells if "outputs" in c]
    assert counts[:3] == [1, 2, 3]
    assert not any(counts[3:])


def test_the_instructor_s_copy_has_solutions_and_hidden_tests(copies):
    path = copies / "instructors" / "01_mlp" / "01_mlp.ipynb"
    text = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells)
    assert text.count("### BEGIN SOLUTION") == 4
    assert text.count("### BEGIN HIDDEN TESTS") == 4


@pytest.mark.parametrize("audience", ["students", "instructors"])
def test_each_copy_is_packed(copies, audience):
    with zipfile.ZipFile(copies / f"01_mlp-{audience}.zip") as packed:
        assert packed.testzip() is None
        files = {each.filename for each in packed.infolist() if not each.is_dir()}
        assert files == {"01_mlp/01_mlp.ipynb", "01_mlp/README.txt"}


@pytest.mark.parametrize("chapter", chapters.load(), ids=lambda chapter: chapter.name)
def test_texts_of_every_chapter_are_made_fit_for_a_class(chapter):
    notebook = chapters.for_instructors(chapter)
    nbformat.validate(notebook)
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert "colab-badge" not in text
    assert "BEGIN SOLUTION" not in text
    assert not re.search(r"\]\([^)]*\.ipynb", text)


NAMES = [
    "Ada",
    "Amir",
    "Bea",
    "Ben Öz (2)",
    "Cleo",
    "Dan",
    "Eve",
    "Fay",
    "Finn",
    "Gia",
    "Hal",
    "Iris",
    "Jon",
    "Kim",
    "Leo",
    "Mia",
    "Nora",
    "Omar",
    "Pia",
    "Quin",
    "Rosa",
    "Sam",
    "Tess",
    "Uma",
    "Vic",
    "Wes",
    "Will",
    "Xia",
    "Yao",
    "Zoe",
]


@NEEDS_ISOLATION
@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_handed_in_is_graded_or_refused_with_a_reason(graded, slim, name):
    student, mark = graded[0][name], graded[1][name]
    assert re.search(student.remark, mark.explanation), mark.explanation
    if student.lost is None:
        assert mark.state == "refused"
        assert mark.points == []
    else:
        names = [exercise.name for exercise in slim.exercises]
        lost = [n for n, reason in zip(names, mark.reasons, strict=True) if reason]
        assert lost == [n for n in names if n in student.lost], mark.explanation
        expected = [0 if e.name in lost else e.points for e in slim.exercises]
        assert mark.points == expected


@NEEDS_ISOLATION
def test_the_class_is_whole(graded):
    assert list(graded[0]) == NAMES
    assert set(graded[1]) == set(NAMES)


@NEEDS_ISOLATION
def test_marks_are_a_table_with_a_row_for_each_student_and_chapter(graded):
    with (graded[2] / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert list(rows) == NAMES
    assert rows["Ada"] == {
        "student": "Ada",
        "chapter": "01_mlp",
        "state": "graded",
        "points": "9",
        "of": "9",
        "exercise 1": "2",
        "exercise 2": "2",
        "exercise 3": "3",
        "exercise 4": "2",
        "remarks": "",
    }
    assert rows["Pia"]["points"] == rows["Pia"]["exercise 1"] == ""


@NEEDS_ISOLATION
def test_each_has_a_page_of_feedback_that_loads_nothing_and_hides_what_is_hidden(
    graded, slim
):
    for name in NAMES:
        (page,) = (graded[2] / "feedback" / name).iterdir()
        text = page.read_text("utf-8")
        assert not re.search(r"<(script|link|img)[^>]*(src|href)=\"?http", text), name
        assert "default_rng(41)" not in re.sub("<[^>]+>", "", text)
        assert ("Not graded" in text) == (graded[0][name].lost is None)
    assert "default_rng(41)" in slim.exercises[0].hidden


@NEEDS_ISOLATION
def test_a_page_of_feedback_begins_with_points_reasons_and_what_was_mended(graded):
    pages = {
        name: (graded[2] / "feedback" / name / "01_mlp.html").read_text("utf-8")
        for name in ("Dan", "Iris", "Omar")
    }
    heads = {
        name: page.partition('id="notebook-container"')[0]
        for name, page in pages.items()
    }
    assert "01_mlp: 0 of 9 points" in heads["Dan"]
    assert re.search(r"channel-statistics</a>, 0 of 2: .*not yet", heads["Dan"])
    assert "softmax</a>, 0 of 3: softmax is not defined" in heads["Iris"]
    assert "count-parameters</a>, 2 of 2: right" in heads["Iris"]
    assert "01_mlp: 9 of 9 points" in heads["Omar"]
    assert "Note: the file was named Copy of 01_mlp (1).ipynb." in heads["Omar"]
    assert "Test cell" not in "".join(heads.values())


@NEEDS_ISOLATION
@pytest.mark.parametrize("chapter", chapters.load(), ids=lambda chapter: chapter.name)
def test_every_solution_gets_full_points(chapter, tmp_path):
    folder = tmp_path / "submitted" / "instructor"
    folder.mkdir(parents=True)
    handed_in.put(folder, chapters.for_instructors(chapter), f"{chapter.name}.ipynb")
    found = submissions.find(folder.parent, [chapter])
    grading = grade.Grading(tmp_path / "marks", isolation.find(), Limits())
    (mark,) = grading.grade_all(found)
    assert mark.explanation == ""
    assert sum(mark.points) == chapter.points


def test_nothing_is_run_where_there_is_no_isolation(monkeypatch, tmp_path):
    monkeypatch.setattr(isolation, "find", lambda: None)
    monkeypatch.setattr(sys, "argv", ["grade", str(tmp_path)])
    with pytest.raises(SystemExit, match="--trust"):
        grade.main()


def test_trust_grades_without_isolation(monkeypatch, slim, tmp_path):
    folder = tmp_path / "submitted" / "Ada"
    folder.mkdir(parents=True)
    handed_in.put(folder, chapters.for_instructors(slim))
    monkeypatch.setattr(chapters, "load", lambda: [slim])
    options = ["--trust", "--folder", str(tmp_path / "marks")]
    monkeypatch.setattr(sys, "argv", ["grade", str(folder.parent), *options])
    assert grade.main() == 0
    assert "Ada,01_mlp,graded,9,9," in (tmp_path / "marks" / "marks.csv").read_text()


def test_marks_of_an_earlier_grading_are_put_aside(tmp_path):
    for marks in ("first", "second"):
        grade.Grading(tmp_path, isolation.trust, LIMITS)
        assert not (tmp_path / "marks.csv").exists()
        (tmp_path / "feedback" / "Ada").mkdir(parents=True)
        (tmp_path / "feedback" / "Ada" / "01_mlp.html").write_text(marks)
        (tmp_path / "marks.csv").write_text(marks)
    (earlier,) = tmp_path.glob("earlier-*")
    assert (earlier / "marks.csv").read_text() == "first"
    assert (earlier / "feedback" / "Ada" / "01_mlp.html").read_text() == "first"


def test_marks_are_kept_when_grading_is_interrupted(monkeypatch, slim, tmp_path):
    students = [tmp_path / "submitted" / name for name in ("Ada", "Ben")]
    for folder in students:
        folder.mkdir(parents=True)
        (folder / "01_mlp.pdf").write_text("no notebook")
    found = submissions.find(tmp_path / "submitted", [slim])
    grading = grade.Grading(tmp_path / "marks", isolation.trust, LIMITS)
    real = grading.grade

    def interrupted(number, submission):
        if number == 2:
            raise KeyboardInterrupt
        return real(number, submission)

    monkeypatch.setattr(grading, "grade", interrupted)
    with pytest.raises(KeyboardInterrupt):
        grading.grade_all(found)
    kept = (tmp_path / "marks" / "marks.csv").read_text("utf-8")
    assert "Ada" in kept and "Ben" not in kept


def test_a_folder_that_is_not_there_or_empty_is_named(slim, tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ValueError, match="expected a folder"):
            submissions.find(folder, [slim])


def test_a_file_beside_the_students_folders_is_refused(slim, tmp_path):
    (tmp_path / "01_mlp.ipynb").write_text("{}")
    (found,) = submissions.find(tmp_path, [slim])
    assert "beside the students' folders" in found.refused


def test_a_notebook_of_something_else_is_refused(slim, tmp_path):
    (tmp_path / "Zoe").mkdir()
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    handed_in.put(tmp_path / "Zoe", other, "lab.ipynb")
    (found,) = submissions.find(tmp_path, [slim])
    assert "no exercise of these chapters" in found.refused


def test_a_file_that_is_too_large_is_refused(slim, tmp_path, monkeypatch):
    monkeypatch.setattr(submissions, "LARGEST_FILE", 10)
    (tmp_path / "Zoe").mkdir()
    (tmp_path / "Zoe" / "01_mlp.ipynb").write_text(" " * 100)
    (found,) = submissions.find(tmp_path, [slim])
    assert "clear its outputs" in found.refused


def test_a_check_may_be_laid_out_anew_but_not_changed():
    assert chapters.same_code("f( 1 )  # why", "f(1)")
    assert not chapters.same_code("f(1)", "f(2)")
    assert not chapters.same_code("f(", "f(1)")


def test_a_reason_is_no_longer_than_a_table_can_show():
    assert grade.brief("ValueError: " + "9" * 90_000).startswith("ValueError: 999")
    assert len(grade.brief("9" * 90_000)) < 500


def test_a_formula_in_a_name_is_no_formula_in_the_table():
    assert grade.harmless("=1+1") == "'=1+1"
    assert grade.harmless("Ada") == "Ada"


@NEEDS_ISOLATION
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total = 0", "total = int(nothing)"),
        ("def count", "also = int(nothing)\n\n\ndef count"),
    ],
    ids=["in its function", "in its cell"],
)
def test_an_answer_may_use_what_the_chapter_computed(slim, tmp_path, old, new):
    shown = nbformat.v4.new_code_cell("nothing = np.zeros(3).sum()")
    right = with_cell_before_exercises(chapters.for_instructors(slim), shown)
    course_s = with_cell_before_exercises(slim.notebook, shown)
    slim = chapters.Chapter(slim.name, course_s, slim.exercises)
    cell = handed_in.cell_of(right, "count-parameters")
    cell.source = cell.source.replace(old, new)
    handed_in.put(tmp_path / "submitted" / "Zoe", right)
    found = submissions.find(tmp_path / "submitted", [slim])
    parts = [cell.metadata.get("pixelwise", {}) for cell in found[0].notebook.cells]
    assert {"part": "course"} in parts  # not run at first
    grading = grade.Grading(tmp_path / "marks", isolation.find(), LIMITS)
    (mark,) = grading.grade_all(found)
    assert mark.explanation == ""


@NEEDS_ISOLATION
def test_imports_that_fail_are_no_student_s_fault(slim, tmp_path):
    course_s = nbformat.from_dict(slim.notebook)
    for cell in course_s.cells:
        if "imports" in chapters.tags(cell):
            cell.source = "import not_installed"
    slim = chapters.Chapter(slim.name, course_s, slim.exercises)
    handed_in.put(tmp_path / "submitted" / "Zoe", handed_in.right_copy(slim))
    found = submissions.find(tmp_path / "submitted", [slim])
    grading = grade.Grading(tmp_path / "marks", isolation.find(), LIMITS)
    (mark,) = grading.grade_all(found)
    assert mark.state == "refused"
    assert mark.points == []
    assert "imports failed: ModuleNotFoundError: No module" in mark.explanation


def with_cell_before_exercises(notebook, cell):
    """Return a copy with one more cell, before the first exercise."""
    changed = nbformat.from_dict(notebook)
    place = next(i for i, c in enumerate(changed.cells) if "nbgrader" in c.metadata)
    changed.cells.insert(place, nbformat.from_dict(cell))
    return changed


def test_after_the_time_for_a_notebook_nothing_more_is_run():
    execution = execute.Execution.__new__(execute.Execution)
    execution.limits, execution.until = Limits(notebook=7), 0
    assert execution.try_cell("1").stopped == (
        "not run: the 7 s for the notebook were used up"
    )
