"""The rooms of src and what each imports, read from the code without running it."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import resolve_name
from pathlib import Path

from tools import ROOT

SOURCE = ROOT / "src"
# In the order in which data flows: a room imports none that comes after it. A package's
# own name stands for the files beside its rooms, which come last.
FLOW = (
    "drawntown.drawing",
    "drawntown.light",
    "drawntown.street",
    "drawntown.ground",
    "drawntown.nature",
    "drawntown.things",
    "drawntown.buildings",
    "drawntown.traffic",
    "drawntown.pictures",
    "drawntown",
    "pixelwise.run",
    "pixelwise.data",
    "pixelwise.models",
    "pixelwise.training",
    "pixelwise.metrics",
    "pixelwise.figures",
    "pixelwise.results",
    "pixelwise.exercises",
    "pixelwise",
)


@dataclass(frozen=True)
class Room:
    """A folder of a package, or the files of the package that lie beside its rooms.

    Attributes:
        name: such as "pixelwise.data", or "pixelwise" for the files beside the rooms.
        knows: the first line of its docstring.
        files: how many Python files it has.
        lines: how many lines these have, docstrings and empty lines included.
        imports: the names of the rooms that it imports, in the order of the flow.
    """

    name: str
    knows: str
    files: int
    lines: int
    imports: tuple[str, ...]

    @property
    def package(self) -> str:
        """The package that the room belongs to."""
        return self.name.split(".")[0]

    @property
    def short(self) -> str:
        """The room's name within its package."""
        return self.name.split(".")[-1]


def read(source: Path = SOURCE, flow: tuple[str, ...] = FLOW) -> list[Room]:
    """Return all rooms in the order of the flow.

    Args:
        source: the folder that holds the packages.
        flow: the names of all rooms.

    Raises:
        ValueError: a folder is no room of the flow, or a room has no `__init__.py`.
    """
    files: dict[str, list[Path]] = {name: [] for name in flow}
    for path in sorted(source.rglob("*.py")):
        name = room_of(path, source)
        if name not in files:
            raise ValueError(f"{path}: expected a room of {flow}, found {name!r}")
        files[name].append(path)
    return [room(name, source, files[name], flow) for name in flow]


def room_of(path: Path, source: Path) -> str:
    """Return the room that a file lies in, such as "pixelwise.data"."""
    return ".".join(path.relative_to(source).parent.parts[:2])


def room(name: str, source: Path, files: list[Path], flow: tuple[str, ...]) -> Room:
    """Return what a room's files say of it."""
    first = source.joinpath(*name.split("."), "__init__.py")
    if first not in files:
        raise ValueError(f"{name}: expected {first}, found {len(files)} other files")
    texts = [path.read_text("utf-8") for path in files]
    told = ast.get_docstring(ast.parse(first.read_text("utf-8"))) or ""
    full = set().union(*(imported(path, source) for path in files))
    found = {room_named(name, flow) for name in full}
    return Room(
        name,
        told.partition("\n")[0],
        len(files),
        sum(len(text.splitlines()) for text in texts),
        tuple(other for other in flow if other in found - {name}),
    )


def room_named(full: str, flow: tuple[str, ...]) -> str | None:
    """Return the room that holds what has this full name; None if it is elsewhere."""
    parts = full.split(".")
    names = (".".join(parts[:2]), parts[0])
    return next((name for name in names if name in flow), None)


def imported(path: Path, source: Path = SOURCE) -> set[str]:
    """Return the full names that a file imports, also within functions."""
    package = ".".join(path.relative_to(source).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        found |= set(names(node, package))
    return found


def names(node: ast.AST, package: str) -> Iterable[str]:
    """Return the full names that a statement of a package imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = resolve_name("." * node.level + (node.module or ""), package)
        return [f"{module}.{alias.name}" for alias in node.names]
    return []
