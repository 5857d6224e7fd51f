"""Where the map stands: tables and drawings in docs, sizes in the README."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from tools import ROOT
from tools.makers.map import drawing
from tools.makers.map.rooms import Room
from tools.makers.marks import Marks

PROGRAM = "python -m tools.makers.map"
MAP, SIZES = Marks("map", PROGRAM), Marks("sizes", PROGRAM)
CONTRIBUTING, README = ROOT / "docs" / "contributing.md", ROOT / "README.md"
PICTURES = ROOT / "docs" / "pictures"
PACKAGES = ("pixelwise", "drawntown")


def write(rooms: Sequence[Room]) -> list[Path]:
    """Write drawings and tables of all rooms; return the files that hold them."""
    drawings = [PICTURES / f"{package}.svg" for package in PACKAGES]
    for package, path in zip(PACKAGES, drawings, strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawing.svg(drawn(rooms, package)), encoding="utf-8")
    MAP.put(CONTRIBUTING, text(rooms))
    SIZES.put(README, sizes(rooms))
    return [*drawings, CONTRIBUTING, README]


def drawn(rooms: Sequence[Room], package: str) -> list[Room]:
    """Return what a package's drawing shows: its rooms, after packages they import."""
    own = [r for r in rooms if r.package == package and r.name != package]
    others = {name for room in own for name in room.imports} - {r.name for r in own}
    return [room for room in rooms if room.name in others] + own


def text(rooms: Sequence[Room]) -> str:
    """Return drawing and table of each package, one below the other."""
    return "\n".join(section(rooms, package) for package in PACKAGES)


def section(rooms: Sequence[Room], package: str) -> str:
    """Return a package's drawing and its table of rooms."""
    alt = drawing.told(drawn(rooms, package))
    lines = [
        f"### src/{package}",
        "",
        f"![{alt}](pictures/{package}.svg)",
        "",
        "| room | what it knows | files | lines | imports |",
        "|---|---|---:|---:|---|",
        *(row(room) for room in rooms if room.package == package),
        "",
    ]
    return "\n".join(lines)


def row(room: Room) -> str:
    """Return a room's line of the table."""
    name = "beside the rooms" if room.name == room.package else room.short
    folder = "/".join(["../src", *room.name.split(".")])
    imports = ", ".join(found.split(".")[-1] for found in room.imports)
    return (
        f"| [{name}]({folder}) | {room.knows} "
        f"| {room.files} | {hundreds(room.lines)} | {imports} |"
    )


def sizes(rooms: Sequence[Room]) -> str:
    """Return the README's sentence on how large the core is."""
    parts = {
        package: [room for room in rooms if room.package == package]
        for package in PACKAGES
    }
    of_each = " and ".join(
        f"{counted(part)} in `src/{package}/`" for package, part in parts.items()
    )
    sentence = (
        f"The core has {counted(rooms)} of Python, docstrings and empty lines "
        f"included: {of_each}."
    )
    return textwrap.fill(sentence, 88, break_on_hyphens=False) + "\n"


def counted(rooms: Sequence[Room]) -> str:
    """Return how many files and lines some rooms have together."""
    files = sum(room.files for room in rooms)
    return f"{files} files with {hundreds(sum(room.lines for room in rooms))} lines"


def hundreds(number: int) -> str:
    """Return a number to the nearest hundred, so that few changes change it."""
    return f"{round(number, -2):,}"
