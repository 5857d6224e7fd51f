"""Executed chapters, and their outputs kept by what they depend on."""

import hashlib
import json
import os
import platform
import re
import shutil
import tomllib
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from pixelwise import run
from pixelwise.run import files
from tools import ROOT
from tools.students import execute
from tools.students.execute import Chapter


def executed(path: Path, facts: dict[str, str], work: Path) -> Chapter:
    """Return a chapter with its outputs: those that are kept, or made anew.

    Args:
        path: the notebook.
        facts: what is common to all chapters, such as {"profile": "smoke"}.
        work: folder where outputs are kept.
    """
    notebook = nbformat.read(path, as_version=4)
    kept = work / "executed" / f"{path.stem}.json"
    wanted = key(notebook, facts, package_digest(ROOT, code(notebook)), versions())
    outputs = read(kept, wanted)
    if outputs is not None:
        print(f"{path.stem}: unchanged", flush=True)
        return Chapter(path.stem, with_outputs(notebook, outputs), 0, "")
    chapter = afresh(path, execute.LONGEST_CELL[facts["profile"]], work)
    if not chapter.failure:
        write(kept, wanted, chapter.notebook)
        print(f"{path.stem}: {chapter.seconds / 60:.1f} min", flush=True)
    return chapter


def afresh(path: Path, longest_cell: float, work: Path) -> Chapter:
    """Execute a chapter as if nothing had ever been trained here."""
    runs = work / "runs" / path.stem
    shutil.rmtree(runs, ignore_errors=True)
    os.environ["PIXELWISE_RUNS"] = str(runs)
    (work / "executed").mkdir(parents=True, exist_ok=True)
    log = work / "executed" / f"{path.stem}.log"
    chapter = execute.execute(path, longest_cell, log)
    places = {str(runs.resolve()): "runs", f"{ROOT}{os.sep}": ""}
    outputs = without_paths([c.outputs for c in code_cells(chapter.notebook)], places)
    with_outputs(chapter.notebook, outputs)
    return chapter


def without_paths(outputs: list, places: dict[str, str]) -> list:
    """Return outputs in which folders of this machine have the names they go by.

    Args:
        outputs: lists and dictionaries of texts, as notebooks have them.
        places: what stands in place of each path, longer paths first.
    """
    text = json.dumps(outputs)
    for path, name in places.items():
        text = text.replace(json.dumps(path)[1:-1], json.dumps(name)[1:-1])
    return json.loads(text)


def key(
    notebook: NotebookNode, facts: dict[str, str], package: str, versions: dict
) -> str:
    """Return a digest of all that a chapter's outputs depend on.

    Text is left out: it can be changed without executing anything again.
    """
    parts = json.dumps([code(notebook), facts, package, versions], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()


def code(notebook: NotebookNode) -> str:
    """Return the code of a notebook as one text."""
    return "\n\n".join(cell.source for cell in code_cells(notebook))


def package_digest(root: Path, code: str) -> str:
    """Return a digest of what a chapter may read of the package, names included.

    Args:
        root: the checkout.
        code: the chapter's.
    """
    digest = hashlib.sha256()
    packages = [root / "src" / name for name in ("drawntown", "pixelwise")]
    files = (path for package in packages for path in package.rglob("*"))
    for path in sorted(path for path in files if path.is_file()):
        if may_be_read(path, code):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def may_be_read(path: Path, code: str) -> bool:
    """Return whether a chapter with this code may read a file of the package.

    Quizzes and ledgers are asked for by name; anything else may be imported.
    """
    named = path.suffix in (".toml", ".jsonl")
    return "__pycache__" not in path.parts and (not named or path.stem in code)


def versions() -> dict[str, str]:
    """Return the versions of Python, TensorFlow and what the package needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [re.match(r"[\w-]+", wanted)[0] for wanted in project["dependencies"]]
    found = {name: run.version(name) for name in [*needed, "tensorflow"]}
    return {"python": platform.python_version()} | found


def code_cells(notebook: NotebookNode) -> Iterable[NotebookNode]:
    """Return the cells that have outputs."""
    return (cell for cell in notebook.cells if cell.cell_type == "code")


def write(path: Path, key: str, notebook: NotebookNode) -> None:
    """Keep the outputs of a notebook under a key."""
    outputs = [cell.outputs for cell in code_cells(notebook)]
    with files.written_whole(path) as part:
        part.write_text(json.dumps({"key": key, "outputs": outputs}), "utf-8")


def read(path: Path, key: str) -> list[list[dict]] | None:
    """Return the outputs that were kept under this key; None if there are none."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text("utf-8"))
    return kept["outputs"] if kept["key"] == key else None


def with_outputs(notebook: NotebookNode, outputs: list[list[dict]]) -> NotebookNode:
    """Return the notebook, each code cell with its outputs."""
    for cell, of_cell in zip(code_cells(notebook), outputs, strict=True):
        cell.outputs = [nbformat.from_dict(output) for output in of_cell]
    return notebook
