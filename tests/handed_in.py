"""Make what a class hands in: right, partly right, wrong, and broken.

    python -m tests.handed_in folder        the students' folders, for `make grade`

For every student it is known what grading has to make of it.
"""

import copy
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from tools.teaching import chapters
from tools.teaching.chapters import Chapter

NAMES = ("channel-statistics", "count-parameters", "softmax", "class-accuracies")
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION$", re.M | re.S)

LEAVES = "import os\n\n\ndef count_parameters(widths):\n    os._exit(1)"
LOOPS = "def softmax(logits):\n    while True:\n        pass"
FLOODS = "def softmax(logits):\n    while True:\n        print('x' * 10_000)"
GRABS = "def softmax(logits):\n    kept = []\n    while True:\n"
GRABS += "        kept.append(np.ones(10**7))"
CHATTERS = "print('a long log\\n' * 100_000)"
HARD_CODED = "def class_accuracies(confusion):\n    return [6 / 8, 3 / 5, 16 / 20]"
BY_KEYS = "def softmax(logits):\n    return {}"
DISABLES = """
check.value = lambda *arguments, **keywords: None
np.allclose = lambda *arguments, **keywords: True


def class_accuracies(confusion):
    return np.zeros(len(confusion))
"""
SPIES = """
import pathlib
import socket


def class_accuracies(confusion):
    networks = [name for _, name in socket.if_nameindex() if name != "lo"]
    tops = [p for p in pathlib.Path("/").iterdir() if p.name not in ("proc", "usr")]
    seen = [path for top in tops for path in top.rglob("*.ipynb")]
    others = [path for path in seen if "site-packages" not in path.parts]
    assert not networks and not others, (networks, others)
    return np.diag(confusion) / confusion.sum(axis=1)
"""


@dataclass
class Student:
    """One student: what is handed in, and what has to become of it.

    Attributes:
        name: of the folder.
        hand_in: writes into the folder, from the right notebook and the empty one.
        lost: the exercises that get nothing; None where it has to be refused.
        remark: a pattern that the remarks have to hold.
    """

    name: str
    hand_in: Callable
    lost: tuple[str, ...] | None = ()
    remark: str = ""


def put(folder: Path, notebook, name: str = "01_mlp.ipynb") -> None:
    """Write a notebook as it is, also where it is no longer a valid one."""
    (folder / name).write_text(json.dumps(notebook), "utf-8")


def answered(notebook, **sources: str):
    """Return a copy in which the cells named (- as _) have these sources."""
    changed = copy.deepcopy(notebook)
    for name, source in sources.items():
        cell_of(changed, name.replace("_", "-")).source = source
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


def unanswered(notebook):
    """Return a copy without solutions."""
    empty = copy.deepcopy(notebook)
    for cell in empty.cells:
        cell.source = stub_of(cell.source)
    return empty


def wrong_answer(chapter: str, name: str) -> str:
    """Return the first of the wrong answers that are kept for an exercise."""
    folder = Path(__file__).parent / "wrong_answers" / chapter / name
    return min(folder.glob("*.py")).read_text("utf-8").partition("\n")[2]


def with_own_cells(notebook):
    """Return a copy with cells of the student's own, one of which fails."""
    changed = copy.deepcopy(notebook)
    for source in (
        "my_note = 1 / 0",
        "softmax(np.zeros((2, 3)))",
        "### BEGIN HIDDEN TESTS",
    ):
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


def of_edition(notebook, edition: str):
    """Return a copy that says that it is of another edition."""
    changed = copy.deepcopy(notebook)
    changed.metadata["pixelwise"]["edition"] = edition
    return changed


def students(chapter: Chapter) -> list[Student]:
    """Return the class."""
    checks = [f"{name}-check" for name in NAMES]
    every = tuple(exercise.name for exercise in chapter.exercises)
    wrong = {n.replace("-", "_"): wrong_answer("01_mlp", n) for n in NAMES}
    edited = {"softmax_check": "check.passed('Exercise 3')", "softmax": BY_KEYS}
    edited["count_parameters_check"] = "check.passed('Exercise 2')"
    three_stubs = [n for n in every if n not in ("channel-statistics", "softmax")]
    return [
        Student("Ada", lambda to, right, empty: put(to, right)),
        Student("Ben Öz (2)", lambda to, right, empty: put(to, with_own_cells(right))),
        Student(
            "Cleo",
            lambda to, right, empty: put(
                to,
                answered(
                    right,
                    **{
                        n.replace("-", "_"): stub_of(cell_of(right, n).source)
                        for n in three_stubs
                    },
                ),
            ),
            tuple(three_stubs),
            "has no answer yet",
        ),
        Student(
            "Dan",
            lambda to, right, empty: put(to, answered(right, **wrong)),
            NAMES,
            "exercise 1: .*not yet",
        ),
        Student(
            "Eve", lambda to, right, empty: put(to, empty), every, "has no answer yet"
        ),
        Student(
            "Finn",
            lambda to, right, empty: put(
                to, answered(right, class_accuracies=HARD_CODED)
            ),
            ("class-accuracies",),
            "class_accuracies, other counts: expected shape",
        ),
        Student(
            "Gia",
            lambda to, right, empty: put(to, without_metadata(right)),
            remark="metadata were lost and have been restored",
        ),
        Student(
            "Hal",
            lambda to, right, empty: put(to, without(right, *checks)),
            remark="exercise 1: the check was missing and was put back",
        ),
        Student(
            "Iris",
            lambda to, right, empty: put(to, without(right, "softmax")),
            ("softmax",),
            "exercise 3: the answer's cell is missing",
        ),
        Student(
            "Jon",
            lambda to, right, empty: put(to, answered(right, **edited)),
            ("count-parameters", "softmax"),
            "2: the check was edited; the original check passes; .*edited; .* fails",
        ),
        Student(
            "Kim",
            lambda to, right, empty: put(to, answered(right, softmax=LOOPS)),
            ("softmax",),
            r"exercise 3: it did not end within \d+ s",
        ),
        Student(
            "Leo",
            lambda to, right, empty: put(to, answered(right, count_parameters=LEAVES)),
            ("count-parameters",),
            "exercise 2: the kernel died",
        ),
        Student(
            "Mia",
            lambda to, right, empty: put(to, answered(right, softmax=FLOODS)),
            ("softmax",),
            r"exercise 3: it (put out more than|did not end within) \d+",
        ),
        Student(
            "Nora",
            lambda to, right, empty: put(to, answered(right, softmax=GRABS)),
            ("softmax",),
            "exercise 3: (it used more than|.*MemoryError)",
        ),
        Student(
            "Omar",
            lambda to, right, empty: put(to, right, "Copy of 01_mlp (1).ipynb"),
            remark=r"the file was named Copy of 01_mlp \(1\).ipynb",
        ),
        Student(
            "Pia",
            lambda to, right, empty: (to / "01_mlp.ipynb").write_text('{"cells": ['),
            None,
            "01_mlp.ipynb is no notebook",
        ),
        Student(
            "Quin",
            lambda to, right, empty: (to / "01_mlp.pdf").write_bytes(b"%PDF-1.4"),
            None,
            "no notebook .* found: 01_mlp.pdf",
        ),
        Student(
            "Rosa",
            lambda to, right, empty: (put(to, right), put(to, empty, "old.ipynb")),
            None,
            "more than one notebook of this chapter: 01_mlp.ipynb, old.ipynb",
        ),
        Student(
            "Sam",
            lambda to, right, empty: put(
                to, answered(right, class_accuracies=DISABLES)
            ),
            ("class-accuracies",),
            "the check took wrong answers",
        ),
        Student(
            "Tess",
            lambda to, right, empty: put(to, answered(right, class_accuracies=SPIES)),
        ),
        Student(
            "Uma",
            lambda to, right, empty: put(to, of_edition(right, "0123456789ab")),
            None,
            "another edition of 01_mlp",
        ),
        Student(
            "Vic",
            lambda to, right, empty: put(
                to,
                answered(
                    right,
                    channel_statistics=CHATTERS
                    + "\n"
                    + cell_of(right, "channel-statistics").source,
                ),
            ),
        ),
    ]


def make(chapter: Chapter, folder: Path) -> list[Student]:
    """Write what the class hands in; return the class."""
    right = chapters.for_instructors(chapter)
    for exercise in chapter.exercises:
        cell_of(right, f"{exercise.name}-check").source = exercise.check.source
    empty = unanswered(right)
    found = students(chapter)
    for student in found:
        (folder / student.name).mkdir(parents=True)
        student.hand_in(folder / student.name, right, empty)
    return found


if __name__ == "__main__":
    make(chapters.load(["01"])[0], Path(sys.argv[1]))
