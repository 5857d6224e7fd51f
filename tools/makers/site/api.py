"""The package's public names, as chapters call them, without importing it."""

import ast
import re
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = re.compile(r"^\.\. automodule:: ([\w.]+)$", re.M)


def documented(folder: Path = ROOT / "docs" / "api") -> list[str]:
    """Return the modules that have a section on an API page, such as pixelwise.run."""
    return [
        module
        for path in sorted(folder.glob("*.md"))
        for module in DOCUMENTED.findall(path.read_text("utf-8"))
    ]


@cache
def names() -> dict[str, str]:
    """Return full names by those in chapters: run.start is pixelwise.run.start."""
    return {
        f"{module.rpartition('.')[2]}.{name}": f"{module}.{name}"
        for module in documented()
        for name in public(module)
    }


def public(module: str) -> list[str]:
    """Return a module's functions and classes: those of its `__all__`, else all."""
    tree = ast.parse(file_of(module).read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            listed = ast.literal_eval(node.value)
            return [name for name in listed if not name.isupper()]  # constants
    defined = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    return [node.name for node in defined if not node.name.startswith("_")]


def file_of(module: str) -> Path:
    """Return where a module's source is."""
    path = ROOT / "src" / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def used(notebook: NotebookNode) -> list[str]:
    """Return the full names that a chapter's code uses, sorted."""
    code = "\n".join(c.source for c in notebook.cells if c.cell_type == "code")
    found = list(re.findall(r"\b[a-z_]\w*\.\w+\b", code))
    for module, name in re.findall(
        r"^from pixelwise\.([\w.]+) import (\w+)$", code, re.M
    ):
        found.append(f"{module.rpartition('.')[2]}.{name}")
    return sorted({names()[name] for name in found if name in names()})


def links(notebook: NotebookNode) -> str:
    """Return a chapter's last section: what it used of the package, as links."""
    shown = [
        f"{{py:obj}}`{full.removeprefix('pixelwise.')} <{full}>`"
        for full in used(notebook)
    ]
    return "## From the package\n\nUsed in this chapter: " + ", ".join(shown) + "."
