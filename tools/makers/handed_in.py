"""Make what a class hands in: right, partly right, wrong, and broken.

    python -m tools.makers.handed_in folder
        the students' folders, for `make grade`
    python -m tools.makers.handed_in folder 01
        the same for another chapter than the last

For every student it is known what grading has to make of it.
"""

import contextlib
import copy
import io
import json
import pickle
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

from tools import ROOT
from tools.instructors import chapters, submissions
from tools.instructors.chapters import Chapter, Exercise

SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION$", re.M | re.S)

DEFINITION = "def {function}(*values, **named):\n"
LEAVES = f"import os\n\n\n{DEFINITION}    os._exit(1)"
LOOPS = f"{DEFINITION}    while True:\n        pass"
FLOODS = f"{DEFINITION}    while True:\n        print('x' * 10_000)"
GRABS = f"{DEFINITION}    kept = []\n    while True:\n"
GRABS += "        kept.append(np.ones(10**7))"
ASKS = f"{DEFINITION}    return float(input('How many? '))"
UNCLOSED = "def {function}(values:\n    return values"
RENAMED = "def my_{function}(*values):\n    return 0"
RAISES = "my_own = 1 / 0\n\n\n{solution}"
BY_KEYS = f"{DEFINITION}    return {{{{}}}}"
CHATTERS = "print('a long log\\n' * 100_000)\n{solution}"
FROM_MEMORY = f"""
import itertools
import pickle

{{solution}}

known = itertools.cycle(pickle.loads({{known}}))


{DEFINITION}    return next(known)
"""
DISABLES = f"""
{{solution}}

check.value = lambda *arguments, **keywords: None
np.allclose = np.array_equal = lambda *arguments, **keywords: True
right = {{function}}


{DEFINITION}    return np.multiply(right(*values, **named), 0)
"""
SPIES = f"""
import pathlib
import socket

{{solution}}

right = {{function}}
seen_networks = [name for _, name in socket.if_nameindex() if name != "lo"]
tops = [p for p in pathlib.Path("/").iterdir() if p.name not in ("proc", "usr")]
paths = [path for top in tops for path in top.rglob("*.ipynb")]
seen_notebooks = [path for path in paths if "site-packages" not in path.parts]


{DEFINITION}    assert not seen_networks, seen_networks
    assert not seen_notebooks, seen_notebooks
    return right(*values, **named)
"""

# Who breaks which exercise with what code, and what is said of it; None: it is right.
BREAK = (
    ("Kim", 2, LOOPS, r"it did not end within \d+ s"),
    ("Leo", 1, LEAVES, "the kernel died"),
    ("Mia", 2, FLOODS, r"it (put out more than|did not end within) \d+"),
    ("Nora", 2, GRABS, "(it used more than|.*MemoryError|it did not end)"),
    ("Sam", -1, DISABLES, "the check took wrong answers"),
    ("Tess", -1, SPIES, None),
    ("Vic", 0, CHATTERS, None),
    ("Wes", 2, UNCLOSED, "{function} is not defined, since its cell failed: Syntax"),
    ("Will", 1, RAISES, "{function} is not defined, since its cell failed: Zero"),
    ("Xia", 1, ASKS, "{function} raised StdinNotImplementedError"),
    ("Yao", 1, RENAMED, "{function} is not defined: its cell defines my_{function}"),
)


@dataclass
class Student:
    """One student: what is handed in, and what has to become of it.

    Attributes:
        name: of the folder.
        files: what is in it, by name: notebooks, also invalid ones, or bytes.
        lost: the exercises that get nothing; None where it has to be refused.
        remark: a pattern that the remarks have to hold.
    """

    name: str
    files: dict
    lost: tuple[str, ...] | None = ()
    remark: str = ""


def students(chapter: Chapter) -> list[Student]:
    """Return the class, in the order of its names."""
    right = right_copy(chapter)
    found = [
        *who_answer(chapter, right),
        *who_break(chapter, right),
        *who_alter(chapter, right),
        *who_mishandle(chapter, right),
    ]
    return sorted(found, key=lambda student: student.name)


def who_answer(chapter: Chapter, right) -> list[Student]:
    """Return those whose answers are just right, missing or wrong."""
    file, every = file_of(chapter), names(chapter)
    empty = {e.name: stub_of(e.answer.source) for e in chapter.exercises}
    wrong = {name: wrong_answer(chapter.name, name) for name in every}
    left_out = {name: empty[name] for name in every if name not in (every[0], every[2])}
    no_answer, last = "has no answer yet", chapter.exercises[-1]
    memory = {last.name: from_memory(chapter, last)}
    return [
        Student("Ada", {file: right}),
        Student("Ben Öz (2)", {file: with_own_cells(right, chapter)}),
        Student("Cleo", {file: answered(right, left_out)}, tuple(left_out), no_answer),
        Student("Dan", {file: answered(right, wrong)}, every, "exercise 1: .*not yet"),
        Student("Eve", {file: answered(right, empty)}, every, no_answer),
        Student("Finn", {file: answered(right, memory)}, every[-1:], "expected"),
    ]


def who_break(chapter: Chapter, right) -> list[Student]:
    """Return those with one answer whose code does what BREAK says."""
    found = []
    for student, index, code, reason in BREAK:
        exercise = chapter.exercises[index]
        function, source = exercise.functions[-1], exercise.answer.source
        parts = {"function": function, "solution": source}
        files = {
            file_of(chapter): answered(right, {exercise.name: code.format(**parts)})
        }
        lost = () if reason is None else (exercise.name,)
        number = names(chapter).index(exercise.name) + 1
        remark = f"exercise {number}: {reason.format(**parts)}" if reason else ""
        found.append(Student(student, files, lost, remark))
    return found


def who_alter(chapter: Chapter, right) -> list[Student]:
    """Return those who, or whose programs, left no notebook as it was."""
    file, every = file_of(chapter), names(chapter)
    third = chapter.exercises[2].functions[-1]
    edited = {every[2]: BY_KEYS.format(function=third)}
    edited[f"{every[1]}-check"] = "check.passed('Exercise 2')"
    edited[f"{every[2]}-check"] = "check.passed('Exercise 3')"
    checks = [f"{name}-check" for name in every]
    missing = "exercise 3: .* is not defined, since its cell is missing"
    return [
        Student("Gia", {file: without_metadata(right)}, (), "have been restored"),
        Student("Hal", {file: without(right, *checks)}, (), "1: the check was missing"),
        Student("Iris", {file: without(right, every[2])}, every[2:3], missing),
        Student(
            "Jon",
            {file: answered(right, edited)},
            every[1:3],
            "2: the check was edited; the original check passes; .*edited; .* fails",
        ),
        Student("Uma", {file: of_edition(right)}, None, "another edition of"),
        Student("Zoe", {file: as_text(right, every[2])}, every[2:3], missing),
    ]


def who_mishandle(chapter: Chapter, right) -> list[Student]:
    """Return those whose files have another name, another form, or company."""
    file, name = file_of(chapter), chapter.name
    two, large = {file: right, "old.ipynb": right}, b" " * submissions.LARGEST_FILE
    return [
        Student(
            "Amir", {f"{name}.zip": b"PK\5\6" + bytes(18)}, None, r"no notebook .*\.zip"
        ),
        Student("Bea", {file: b""}, None, "is no notebook"),
        Student("Fay", {file: b"{}" + large}, None, "at most 50: clear its outputs"),
        Student("Omar", {f"Copy of {name} (1).ipynb": right}, (), r"named Copy of .*1"),
        Student("Pia", {file: b'{"cells": ['}, None, f"{name}.ipynb is no notebook"),
        Student("Quin", {f"{name}.pdf": b"%PDF-1.4"}, None, r"no notebook .*\.pdf"),
        Student("Rosa", two, None, f"more than one notebook .*: {file}, old.ipynb"),
    ]


def file_of(chapter: Chapter) -> str:
    """Return the file name under which a chapter is handed out."""
    return f"{chapter.name}.ipynb"


def names(chapter: Chapter) -> tuple[str, ...]:
    """Return the names of a chapter's exercises."""
    return tuple(exercise.name for exercise in chapter.exercises)


def right_copy(chapter: Chapter):
    """Return the notebook of a student who solved everything."""
    right = chapters.for_instructors(chapter)
    for exercise in chapter.exercises:
        cell_of(right, f"{exercise.name}-check").source = exercise.check.source
    return right


def answered(notebook, sources: dict[str, str]):
    """Return a copy in which the cells named have these sources."""
    changed = copy.deepcopy(notebook)
    for name, source in sources.items():
        cell_of(changed, name).source = source
    return changed


def cell_of(notebook, name: str):
    """Return the cell with this grade_id."""
    (cell,) = [c for c in notebook.cells if marked(c).get("grade_id") == name]
    return cell


def marked(cell) -> dict:
    """Return nbgrader's metadata of a cell."""
    return cell.metadata.get("nbgrader", {})


def stub_of(source: str) -> str:
    """Return an answer's cell as students get it."""
    return SOLUTION.sub(r"\1raise NotImplementedError()", source)


def wrong_answer(chapter: str, name: str) -> str:
    """Return the first of the wrong answers that are kept for an exercise."""
    folder = ROOT / "tests" / "exercises" / "wrong_answers" / chapter / name
    return min(folder.glob("*.py")).read_text("utf-8").partition("\n")[2]


def from_memory(chapter: Chapter, exercise: Exercise) -> str:
    """Return an answer that knows what its check asks for, and nothing else."""
    name, solution = exercise.functions[-1], exercise.answer.source
    known, namespace = [], {}
    exec(chapter.imports, namespace)
    exec(solution, namespace)
    right = namespace[name]

    def noted(*values, **named):
        known.append(right(*values, **named))
        return known[-1]

    namespace[name] = noted
    with contextlib.redirect_stdout(io.StringIO()):
        exec(exercise.check.source, namespace)
    kept = pickle.dumps(known)
    return FROM_MEMORY.format(function=name, solution=solution, known=kept)


def with_own_cells(notebook, chapter: Chapter):
    """Return a copy with cells of the student's own, two of which fail."""
    changed = copy.deepcopy(notebook)
    function = chapter.exercises[2].functions[-1]
    for source in ("my_note = 1 / 0", f"{function}()", "### BEGIN HIDDEN TESTS"):
        changed.cells.append(nbformat.v4.new_code_cell(source))
    return changed


def without_metadata(notebook):
    """Return a copy as a tool leaves it that knows neither metadata nor ids."""
    changed = copy.deepcopy(notebook)
    changed.metadata, changed.nbformat_minor = nbformat.from_dict({}), 4
    for cell in changed.cells:
        cell.metadata = nbformat.from_dict({})
        del cell["id"]
    return changed


def without(notebook, *names: str):
    """Return a copy in which some cells were deleted."""
    changed = copy.deepcopy(notebook)
    changed.cells = [c for c in changed.cells if marked(c).get("grade_id") not in names]
    return changed


def as_text(notebook, name: str):
    """Return a copy in which a cell of code was turned into one of text."""
    changed = copy.deepcopy(notebook)
    cell_of(changed, name).cell_type = "markdown"
    return changed


def of_edition(notebook, edition: str = "0123456789ab"):
    """Return a copy that says that it is of another edition."""
    changed = copy.deepcopy(notebook)
    changed.metadata["pixelwise"]["edition"] = edition
    return changed


def make(chapter: Chapter, folder: Path) -> list[Student]:
    """Write what the class hands in; return the class."""
    found = students(chapter)
    for student in found:
        for name, content in student.files.items():
            put(folder / student.name, content, name)
    return found


def put(folder: Path, content, name: str = "01_mlp.ipynb") -> None:
    """Write a notebook as it is, also where it is no longer a valid one, or bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, bytes):
        content = json.dumps(content).encode()
    (folder / name).write_bytes(content)


if __name__ == "__main__":
    make(chapters.load(sys.argv[2:])[-1], Path(sys.argv[1]))
