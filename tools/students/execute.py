"""Execute one chapter after the other, each in a kernel of its own."""

import asyncio
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from tqdm import tqdm

# Longer than any cell should take, so that a stalled one cannot hold up the rest.
LONGEST_CELL = {"smoke": 300, "laptop": 1800, "full": 3600}


class ThisPython(KernelSpecManager):
    """Hands out this very interpreter, whatever kernel a notebook's metadata name."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel that runs in this environment."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f"]
        return KernelSpec(
            argv=[*command, "{connection_file}"],
            display_name="Python 3",
            language="python",
        )


@dataclass
class Chapter:
    """One chapter, executed or still to be.

    Attributes:
        name: the notebook's name without its ending.
        notebook: the notebook with the outputs of the cells that were executed.
        seconds: how long it took so far.
        failure: which cell failed with which error; empty where none did.
    """

    name: str
    notebook: nbformat.NotebookNode
    seconds: float
    failure: str

    @property
    def title(self) -> str:
        """The notebook's first heading, else its name."""
        for cell in self.notebook.cells:
            if cell.cell_type == "markdown" and cell.source.startswith("# "):
                return cell.source.splitlines()[0].removeprefix("# ")
        return self.name


def find(folder: Path, wanted: list[str]) -> list[Path]:
    """Return the chapters in order: all, or those whose names begin as wanted.

    Raises:
        ValueError: there are none, or none begins like one of `wanted`.
    """
    paths = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    names = ", ".join(path.stem for path in paths) or "none"
    for start in wanted:
        if not any(path.name.startswith(start) for path in paths):
            raise ValueError(f"no chapter begins with {start!r}; there are: {names}")
    if not paths:
        raise ValueError(f"no chapters in {folder}")
    return [path for path in paths if path.name.startswith(tuple(wanted) or "")]


def read(path: Path) -> Chapter:
    """Return a chapter of which nothing was executed yet."""
    return Chapter(path.stem, nbformat.read(path, as_version=4), 0.0, "")


def execute(path: Path, longest_cell: float, log: Path) -> Chapter:
    """Execute a chapter with a progress bar over its code cells and return it.

    Args:
        path: the notebook; it is not written to.
        longest_cell: seconds after which a cell counts as stalled.
        log: file for what the kernel says beside the cells' outputs, and at its end
            for what failed.
    """
    notebook = read(path).notebook
    began = time.monotonic()
    bar = tqdm(
        desc=path.stem,
        total=sum(is_code(cell) for cell in notebook.cells),
        bar_format="{desc:<20} {bar:24} {n_fmt}/{total_fmt} cells {elapsed}",
        ascii=not sys.stderr.isatty(),
    )
    client = client_for(notebook, path.parent, longest_cell, bar)
    with bar, log.open("w", encoding="utf-8") as words:
        failure = asyncio.run(execute_cells(client, bar, words))
        if failure:
            print(failure, file=words)
    return Chapter(path.stem, notebook, time.monotonic() - began, failure)


def client_for(
    notebook: nbformat.NotebookNode, folder: Path, longest_cell: float, bar: tqdm
) -> NotebookClient:
    """Return what executes the notebook in `folder` and moves the bar."""
    return NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=ThisPython()),
        timeout=longest_cell,
        resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True,
        shutdown_kernel="immediate",
        on_cell_start=restore_interrupt,
        on_cell_executed=lambda **_: bar.update(),
    )


async def execute_cells(client: NotebookClient, bar: tqdm, log: TextIO) -> str:
    """Execute the cells until one fails; return what failed, or an empty text."""
    clock = asyncio.create_task(keep_moving(bar))
    try:
        await client.async_execute(stderr=log, cleanup_kc=True)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return describe(error, client, bar.n) + log_hint(error, log)
    finally:
        clock.cancel()
    return ""


def restore_interrupt(**_) -> None:
    """Let Ctrl-C end the build; nbclient would end the kernel and let us go on."""
    loop = asyncio.get_running_loop()
    loop.remove_signal_handler(signal.SIGINT)
    loop.remove_signal_handler(signal.SIGTERM)


async def keep_moving(bar: tqdm) -> None:
    """Show the minutes also while one long cell is training."""
    while sys.stderr.isatty():
        await asyncio.sleep(1)
        bar.refresh()


def describe(error: Exception, client: NotebookClient, done: int) -> str:
    """Return which code cell failed, its first line, and the error's own words."""
    # A cell that raises counts as executed, one that stalls or dies does not.
    number = done if isinstance(error, CellExecutionError) else done + 1
    source = [cell.source for cell in client.nb.cells if is_code(cell)][number - 1]
    if isinstance(error, CellExecutionError):
        words = f"{error.ename}: {error.evalue}"
    elif isinstance(error, CellTimeoutError):
        words = f"stopped after {client.timeout:.0f} s: nothing came back"
    else:
        words = "the kernel died: there may have been too little memory"
    return f"code cell {number} ({source.splitlines()[0]}): {words}"


def log_hint(error: Exception, log: TextIO) -> str:
    """Return where to read on, if the notebook itself cannot tell."""
    return f" (its log: {log.name})" if isinstance(error, DeadKernelError) else ""


def is_code(cell: nbformat.NotebookNode) -> bool:
    """Return whether the cell gets executed (nbclient skips empty ones)."""
    return cell.cell_type == "code" and bool(cell.source.strip())
