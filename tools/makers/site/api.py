"""The package's public names, as chapters call them, without importing it."""

import ast
import re
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from tools import ROOT

DOCUMENTED = re.compile(r"^\.\. automodule:: ([\w.]+)$", re.M)


def documented(folder: Path = ROOT / "docs" / "api") -> list[str]:
    """Return the modules that have a section on an API page, such as pixelwise.run."""
    return [
        module
        for path in sorted(folder.glob("*.md"))
        for module in DOCUMENTED.findall(path.read_text("utf-8"))
    ]


@cache
def names() -> set[str]:
    """Return the full names of all that is documented, such as pixelwise.run.start."""
    return {f"{module}.{name}" for module in documented() for name in public(module)}


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
    found = imported(code)
    for local, name in set(re.findall(r"\b([a-z_]\w*)\.(\w+)\b", code)):
        if local in found:
            found[f"{local}.{name}"] = f"{found[local]}.{name}"
    return sorted(names() & set(found.values()))


def imported(code: str) -> dict[str, str]:
    """Return what a chapter imports of the package: full names by those in its code."""
    plain = re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", code)
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(plain))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("pixelwise")
        for alias in node.names
    }


def links(notebook: NotebookNode) -> str:
    """Return a chapter's last section: what it used of the package, as links."""
    shown = [
        f"{{py:obj}}`{full.removeprefix('pixelwise.')} <{full}>`"
        for full in used(notebook)
    ]
    return "## From the package\n\nUsed in this chapter: " + ", ".join(shown) + "."
