"""Write the table of chapters in docs/instructors.md.

usage: python -m tools.makers.guide
"""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from pixelwise import run
from tools import ROOT
from tools.makers.marks import Marks

GUIDE = ROOT / "docs" / "instructors.md"
MARKS = Marks("chapters", "python -m tools.makers.guide")
EXERCISE = re.compile(r"^### Exercise (\d+: .+) \((\d+) points?\)$", re.M)


@dataclass(frozen=True)
class Chapter:
    """What the guide says of a chapter, read from its notebook.

    Attributes:
        name: the notebook's name without its ending.
        title: the notebook's title, such as "Chapter 7: U-Net".
        exercises: for each its heading, such as "4: any size", and its points, as
            the text says them.
        points: those of each check, as nbgrader counts them.
    """

    name: str
    title: str
    exercises: tuple[tuple[str, int], ...]
    points: tuple[int, ...]


def read(path: Path) -> Chapter:
    """Return a notebook's title, its exercises and their points."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    marked = [cell.metadata.nbgrader for cell in cells if "nbgrader" in cell.metadata]
    return Chapter(
        path.stem,
        re.search(r"^# (.+)$", text, re.M)[1],
        tuple((heading, int(points)) for heading, points in EXERCISE.findall(text)),
        tuple(settings.points for settings in marked if settings.grade),
    )


def chapters() -> list[Chapter]:
    """Return all chapters in order."""
    return [read(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


def table() -> str:
    """Return the guide's table: minutes on CPU and GPU, exercises and points."""
    lines = [
        "| chapter | minutes, two CPU cores | minutes, GPU | exercises | points |",
        "|---|---:|---:|---:|---:|",
    ]
    for chapter in chapters():
        sizes = run.SIZES[chapter.name]
        lines.append(
            f"| [{chapter.title.removeprefix('Chapter ')}]"
            f"(../notebooks/{chapter.name}.ipynb) "
            f"| {sizes['laptop']['minutes']:g} | {sizes['full']['minutes']:g} "
            f"| {len(chapter.points)} | {sum(chapter.points)} |"
        )
    return "\n".join(lines) + "\n"


def write() -> Path:
    """Write the table between its marks; return the guide's path."""
    MARKS.put(GUIDE, table())
    return GUIDE


if __name__ == "__main__":
    print(f"written: {write()}")
