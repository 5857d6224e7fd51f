"""Find what students handed in, and bring it back into a form that can be graded.

Notebooks come back renamed, re-saved without metadata, with cells deleted, copied or
edited. Everything that was locked is therefore taken from the chapter itself, and only
the students' own cells from what they handed in.
"""

import ast
import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.instructors.chapters import Chapter, Exercise, functions, same_code

LARGEST_FILE = 50 << 20  # bytes
NEVER_OPENED = {".ipynb_checkpoints", "__MACOSX"}


class Refused(ValueError):
    """A submission that cannot be graded; the message says why."""


@dataclass
class Submission:
    """What one student handed in for one chapter.

    Attributes:
        student: the name of the student's folder.
        path: the file, or the folder where there is none.
        chapter: which chapter it is, if that could be told.
        notebook: its cells, annotated for `execute`, if it can be graded.
        notes: what was mended, in sentences.
        refused: why it cannot be graded; empty where it can.
    """

    student: str
    path: Path
    chapter: Chapter | None = None
    notebook: NotebookNode | None = None
    notes: list[str] = field(default_factory=list)
    refused: str = ""


def find(folder: Path, chapters: list[Chapter]) -> list[Submission]:
    """Return all submissions in a folder that has one folder for each student.

    Raises:
        ValueError: there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder}: expected a folder with one folder a student")
    entries = sorted(path for path in folder.iterdir() if path.name[0] != ".")
    if not entries:
        raise ValueError(f"{folder}: expected a folder for each student, found nothing")
    found = []
    for entry in entries:
        if entry.is_dir():
            found += of_student(entry, chapters)
        else:
            reason = "lies beside the students' folders: put it into its student's"
            found.append(Submission(entry.name, entry, refused=reason))
    return found


def of_student(folder: Path, chapters: list[Chapter]) -> list[Submission]:
    """Return the submissions in one student's folder, at least one."""
    files = sorted(path for path in folder.rglob("*") if is_meant(path, folder))
    notebooks = [path for path in files if path.suffix.lower() == ".ipynb"]
    if not notebooks:
        names = ", ".join(str(path.relative_to(folder)) for path in files[:5])
        reason = f"no notebook (.ipynb) here; found: {names or 'nothing'}"
        return [Submission(folder.name, folder, refused=reason)]
    return without_doubles(
        [submission(folder.name, path, chapters) for path in notebooks]
    )


def is_meant(path: Path, folder: Path) -> bool:
    """Return whether a student can have meant to hand in this file."""
    parts = path.relative_to(folder).parts
    hidden = any(part in NEVER_OPENED or part[0] == "." for part in parts)
    return path.is_file() and not path.is_symlink() and not hidden


def without_doubles(found: list[Submission]) -> list[Submission]:
    """Return the submissions, with those refused of which only one can count."""
    for chapter in {s.chapter.name for s in found if s.chapter}:
        same = [s for s in found if s.chapter and s.chapter.name == chapter]
        if len(same) > 1:
            names = ", ".join(submission.path.name for submission in same)
            same[0].refused = f"more than one notebook of this chapter: {names}"
            found = [s for s in found if s not in same[1:]]
    return found


def submission(student: str, path: Path, chapters: list[Chapter]) -> Submission:
    """Return the submission in a file, ready for grading or refused."""
    handed_in = Submission(student, path)
    try:
        notebook = read(path)
        handed_in.chapter = recognise(notebook, chapters)
        check_edition(notebook, handed_in.chapter)
        handed_in.notebook = restore(notebook, handed_in.chapter, handed_in.notes)
    except Refused as error:
        handed_in.refused = str(error)
    if handed_in.chapter and path.name != f"{handed_in.chapter.name}.ipynb":
        handed_in.notes.append(f"the file was named {path.name}")
    return handed_in


def read(path: Path) -> NotebookNode:
    """Return the notebook in a file, without outputs.

    Raises:
        Refused: the file is too large, or no notebook.
    """
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise Refused(
            f"{path.name} has {size / 2**20:.0f} MB, expected at most "
            f"{LARGEST_FILE >> 20}: clear its outputs and save it again"
        )
    try:
        notebook = nbformat.reads(path.read_text("utf-8-sig"), as_version=4)
        cells = [plain(cell) for cell in notebook.cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        words = str(error).splitlines() or [""]
        reason = f"{path.name} is no notebook: {type(error).__name__}: {words[0][:80]}"
        raise Refused(reason) from None
    metadata = notebook.get("metadata", {})
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def plain(cell: NotebookNode) -> NotebookNode:
    """Return a copy of a cell with its source, id and nbgrader's mark, nothing else."""
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
    }.get(cell.cell_type, nbformat.v4.new_raw_cell)
    source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
    kept = make(source)
    kept.metadata["names"] = [str(cell.get("id")), str(marked_as(cell))]
    return kept


def marked_as(cell: NotebookNode) -> str | None:
    """Return the name that nbgrader's metadata gives a cell, if there are any."""
    mark = cell.get("metadata", {}).get("nbgrader")
    return mark.get("grade_id") if isinstance(mark, dict) else None


def recognise(notebook: NotebookNode, chapters: list[Chapter]) -> Chapter:
    """Return the chapter of which most exercises are in the notebook.

    The file's name is not asked: it is what goes wrong most often.

    Raises:
        Refused: it has no exercise of any chapter.
    """

    def exercises_in(chapter: Chapter) -> int:
        return sum(bool(answers(notebook, e)) for e in chapter.exercises)

    best = max(chapters, key=exercises_in)
    if not exercises_in(best):
        names = ", ".join(chapter.name for chapter in chapters)
        raise Refused(f"no exercise of these chapters is in the notebook: {names}")
    return best


def check_edition(notebook: NotebookNode, chapter: Chapter) -> None:
    """Raise Refused if the notebook says that it was made with other checks."""
    said = notebook.metadata.get("pixelwise")
    found = said.get("edition") if isinstance(said, dict) else None
    if found and found != chapter.edition:
        raise Refused(
            f"made from another edition of {chapter.name}: expected "
            f"{chapter.edition}, found {found}; grade it with the course's version "
            "that it was handed out with"
        )


def answers(notebook: NotebookNode, exercise: Exercise) -> list[NotebookNode]:
    """Return the cells that answer an exercise, the one that counts last.

    They define its functions; where none does, it is the cell that was meant to.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    wanted = set(exercise.functions)
    defining = [cell for cell in code if wanted & set(functions(cell.source))]
    return defining or [cell for cell in code if exercise.name in cell.metadata.names]


def checks(notebook: NotebookNode, exercise: Exercise) -> list[NotebookNode]:
    """Return the cells in which a student has the check of an exercise, edited or not.

    Without its metadata a check is known by what it says at its end.
    """
    last = re.search(r'check\.passed\("[^"]+"\)', exercise.check.source)[0]
    name = exercise.check.metadata.nbgrader.grade_id
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [c for c in code if name in c.metadata.names or last in c.source]


def restore(notebook: NotebookNode, chapter: Chapter, notes: list[str]) -> NotebookNode:
    """Return the notebook with the chapter's own checks, and each cell's part in it.

    The part stands in the cell's metadata, under "pixelwise": what `execute` has to do
    with it. What was mended is added to `notes`.
    """
    cells = list(notebook.cells)
    by_course = {cell.source for cell in chapter.notebook.cells}
    marked = {name for cell in cells for name in cell.metadata.names}
    for number, exercise in enumerate(chapter.exercises, 1):
        restore_exercise(cells, notebook, exercise, number, notes)
    for cell in cells:
        if cell.cell_type == "code" and "pixelwise" not in cell.metadata:
            part = part_of_course(cell.source) if cell.source in by_course else "own"
            cell.metadata["pixelwise"] = {"part": part}
        cell.metadata.pop("names", None)
    if not any(exercise.name in marked for exercise in chapter.exercises):
        notes.append("the cells' metadata were lost and have been restored")
    metadata = dict(chapter.notebook.metadata, pixelwise={"imports": chapter.imports})
    metadata["title"] = chapter.name
    restored = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    for number, cell in enumerate(restored.cells):
        cell.id = f"cell-{number}"
    return restored


def restore_exercise(
    cells: list[NotebookNode],
    notebook: NotebookNode,
    exercise: Exercise,
    number: int,
    notes: list[str],
) -> None:
    """Mark an exercise's answer, and put its original check after it."""
    found = answers(notebook, exercise)
    tried = [c for c in checks(notebook, exercise) if not is_one_of(c, found)]
    kept = [c for c in tried if is_original(c.source, exercise)]
    places = [i for i, cell in enumerate(cells) if is_one_of(cell, found + tried)]
    if found:
        mark(found[-1], exercise.answer, {"part": "own"})
    else:
        notes.append(f"exercise {number}: the answer's cell is missing")
    if not tried:
        notes.append(f"exercise {number}: the check was missing and was put back")
    check = nbformat.v4.new_code_cell(exercise.check.source)
    check.metadata["names"] = []
    part = {"part": "check", "functions": list(exercise.functions)}
    if tried and not kept:
        part["refused"] = "the check was edited"
    mark(check, exercise.check, part)
    cells.insert(max(places, default=len(cells) - 1) + 1, check)
    cells[:] = [cell for cell in cells if not is_one_of(cell, kept)]


def is_original(source: str, exercise: Exercise) -> bool:
    """Return whether a check is as students or instructors got it."""
    originals = (exercise.check.source, exercise.full_check)
    return any(same_code(source, original) for original in originals)


def is_one_of(cell: NotebookNode, cells: Iterable[NotebookNode]) -> bool:
    """Return whether it is this very cell, not one that is equal to it."""
    return any(cell is other for other in cells)


def mark(cell: NotebookNode, original: NotebookNode, part: dict) -> None:
    """Give a cell the original's metadata of nbgrader, and its part in grading."""
    cell.metadata["nbgrader"] = copy.deepcopy(original.metadata.nbgrader)
    cell.metadata["pixelwise"] = NotebookNode(part)


def part_of_course(source: str) -> str:
    """Return "definitions" for a cell that only defines things, else "course".

    Definitions are run since an answer may use them; the course's other cells draw,
    train and show, which no check needs.
    """
    return "definitions" if only_defines(source) else "course"


def only_defines(source: str) -> bool:
    """Return whether a cell imports, and defines functions, classes and literals."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):  # a magic of IPython
        return False
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    return all(isinstance(s, kinds) or is_literal(s) for s in statements)


def is_literal(statement: ast.stmt) -> bool:
    """Return whether a statement gives a name a value that stands there as it is."""
    try:
        return isinstance(statement, ast.Assign) and bool(
            ast.literal_eval(statement.value) or True
        )
    except ValueError:
        return False
