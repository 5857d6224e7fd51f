"""The chapters as assignments: their exercises, hidden tests, and texts for a class."""

import ast
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import indent

import nbformat
from nbformat import NotebookNode

from tools import ROOT

NOTEBOOKS = ROOT / "notebooks"
HIDDEN_TESTS = ROOT / "tests" / "exercises" / "hidden_tests"

HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS\n"
PASSED = re.compile(r'^( *)check\.passed\("Exercise \d+"\)$', re.M)
BADGE = re.compile(r"\[!\[Open in Colab\][^\n]*\n*")
LINK_TO_CHAPTER = re.compile(r"(?<!!)\[([^\]]+)\]\([\w.-]+\.ipynb(?:#[^)]*)?\)")
ON_SOLUTIONS = re.compile(r"(?:^.+\n)*.*### BEGIN SOLUTION.*(?:\n.+)*", re.M)
HOW_TO_ANSWER = (
    "Write your own lines in place of `raise NotImplementedError()` in the cell\n"
    "below each exercise, and run it. The cell after it tells you what is wrong."
)
HOW_TO_HAND_IN = """\
**To hand in:** save this notebook and hand in the file `{name}.ipynb`. Until you have
answered the first exercise, «run all» stops there, and its last line says what to do.
You may add cells. Leave the cells with checks as they are: points are given by the
original checks, and an exercise whose check was edited gets none."""


@dataclass(frozen=True)
class Exercise:
    """One exercise: the cell for the answer, and the check with its hidden tests."""

    answer: NotebookNode
    check: NotebookNode
    hidden: str

    @property
    def name(self) -> str:
        """The answer's grade_id, such as "softmax"."""
        return self.answer.metadata.nbgrader.grade_id

    @property
    def points(self) -> int:
        """What a right answer gets."""
        return self.check.metadata.nbgrader.points

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that the answer defines."""
        return functions(self.answer.source)

    @property
    def full_check(self) -> str:
        """The check's source, with the hidden tests before its last word."""
        if not self.hidden:
            return self.check.source

        def before(last):
            return indent(HIDDEN.format(self.hidden.strip()), last[1]) + last[0]

        return PASSED.sub(before, self.check.source)


@dataclass(frozen=True)
class Chapter:
    """A notebook of the course, and what its exercises are."""

    name: str
    notebook: NotebookNode
    exercises: tuple[Exercise, ...]

    @property
    def points(self) -> int:
        """What all exercises together give."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def imports(self) -> str:
        """The source of the cell that every check relies on."""
        (cell,) = [c for c in self.notebook.cells if "imports" in tags(c)]
        return cell.source

    @property
    def edition(self) -> str:
        """A short digest of all checks: copies with another cannot be graded."""
        checks = "\n".join(exercise.check.source for exercise in self.exercises)
        return hashlib.sha256(checks.encode()).hexdigest()[:12]


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return cell.metadata.get("tags", [])


def functions(source: str) -> tuple[str, ...]:
    """Return the names of functions defined at the left margin, in order.

    Cells with magics, or with syntax errors, are read as well as they can be.
    """
    return tuple(re.findall(r"^(?:async )?def (\w+)\(", source, re.M))


def load(names: list[str] | None = None, folder: Path = NOTEBOOKS) -> list[Chapter]:
    """Return the chapters in order: all, or those whose names begin as wanted.

    Raises:
        ValueError: no chapter begins like one of `names`.
    """
    paths = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    for start in names or ():
        if not any(path.name.startswith(start) for path in paths):
            there = ", ".join(path.stem for path in paths) or "none"
            raise ValueError(f"no chapter begins with {start!r}; there are: {there}")
    return [read(path) for path in paths if path.name.startswith(tuple(names or ("",)))]


def read(path: Path) -> Chapter:
    """Return the chapter in a notebook.

    Raises:
        ValueError: an exercise has no check, or its check does not end as expected.
    """
    notebook = nbformat.read(path, as_version=4)
    marked = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    }
    exercises = tuple(
        Exercise(cell, check_of(name, marked, path), hidden_tests(path.stem, name))
        for name, cell in marked.items()
        if cell.metadata.nbgrader.solution
    )
    return Chapter(path.stem, notebook, exercises)


def check_of(name: str, marked: dict[str, NotebookNode], path: Path) -> NotebookNode:
    """Return the cell that checks the exercise `name`."""
    check = marked.get(f"{name}-check")
    if check is None or not PASSED.search(check.source):
        raise ValueError(
            f"{path.name}, exercise {name!r}: expected a cell {name}-check that ends "
            'in `check.passed("Exercise …")`'
        )
    return check


def hidden_tests(chapter: str, name: str) -> str:
    """Return the hidden tests of an exercise, or an empty text."""
    path = HIDDEN_TESTS / chapter / f"{name}.py"
    return path.read_text("utf-8") if path.exists() else ""


def for_instructors(chapter: Chapter) -> NotebookNode:
    """Return the notebook with solutions, hidden tests, and texts meant for a class.

    The badge and the links between chapters would lead a student to the solutions.
    """
    notebook = nbformat.from_dict(chapter.notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK_TO_CHAPTER.sub(r"\1", BADGE.sub("", cell.source))
            cell.source = ON_SOLUTIONS.sub(HOW_TO_ANSWER, cell.source)
    checks = {exercise.check.id: exercise.full_check for exercise in chapter.exercises}
    for cell in notebook.cells:
        cell.source = checks.get(cell.id, cell.source)
    how = HOW_TO_HAND_IN.format(name=chapter.name)
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(how, id="hand-in"))
    notebook.metadata["pixelwise"] = {
        "chapter": chapter.name,
        "edition": chapter.edition,
    }
    return notebook


def same_code(first: str, second: str) -> bool:
    """Return whether two sources do the same: comments and layout do not count."""
    if first.split() == second.split():
        return True
    try:
        return ast.dump(ast.parse(first)) == ast.dump(ast.parse(second))
    except (SyntaxError, ValueError, RecursionError):
        return False
