"""A kernel in a room of its own, and what became of the cells that it ran."""

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib
import psutil
import zmq
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from tools.instructors.isolation import Isolation, Room, seen_by_python

LARGEST_MESSAGE = 16 << 20  # bytes; a larger one is dropped unread
SHOWN = 100_000  # characters of one cell's output; the rest is counted
FLOOD = 50_000_000  # characters of output after which a cell is stopped
FILES = 64 << 20  # bytes in the folder that is shared with the kernel
PROCESSES = 200
START = 180  # seconds for a kernel to answer, and for the course's imports
# Errors whose words are a whole sentence.
SPEAKING = {"NotYet", "Refused", "Stopped", "Undefined"}
OUTPUTS = {"stream", "display_data", "execute_result", "error"}


@dataclass(frozen=True)
class Limits:
    """What a submission may use.

    Attributes:
        cell: seconds for one cell.
        notebook: seconds for all cells together.
        memory: bytes for all processes together.
    """

    cell: float = 60
    notebook: float = 600
    memory: int = 4 << 30


@dataclass
class Outcome:
    """What became of one cell.

    Attributes:
        outputs: as a notebook holds them, cut to a size that can be looked at.
        stopped: why the kernel is gone; empty where the cell came to its end.
    """

    outputs: list[NotebookNode] = field(default_factory=list)
    stopped: str = ""

    @property
    def error(self) -> str:
        """What went wrong, in the error's words, or an empty text."""
        for output in self.outputs:
            if output.output_type == "error":
                known = output.ename in SPEAKING
                return output.evalue if known else f"{output.ename}: {output.evalue}"
        return ""

    @property
    def printed(self) -> str:
        """All that was printed."""
        return "".join(o.text for o in self.outputs if o.output_type == "stream")


class InRoom(KernelSpecManager):
    """Hands out this very Python, started in a room; a notebook's kernel is not."""

    def __init__(self, isolation: Isolation, room: Room):
        super().__init__()
        self.isolation, self.room = isolation, room

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel; its errors do not show the lines of the check."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f"]
        command += ["{connection_file}", "--InteractiveShell.xmode=Minimal"]
        command += ["--HistoryManager.enabled=False"]
        clean = ["env", "-i", *(f"{k}={v}" for k, v in environment(self.room).items())]
        return KernelSpec(
            argv=self.isolation(self.room, [*clean, *command]),
            display_name="Python 3",
            language="python",
        )


def environment(room: Room) -> dict[str, str]:
    """Return all that the kernel learns of the environment."""
    package = room.readable[-1].parent
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(package),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLCONFIGDIR": str(room.writable / "matplotlib"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PIXELWISE_PROFILE": "smoke",
        "PIXELWISE_DATA": "drawn",
        "PIXELWISE_RUNS": "/tmp/runs",
    }


class Kernel:
    """A running kernel; it is stopped where its room uses more than it may."""

    def __init__(self, isolation: Isolation, limits: Limits):
        # A short path: the names of sockets have at most some hundred characters.
        self.private = Path(tempfile.mkdtemp(prefix="pixelwise-"))
        folder = self.private / "room"
        folder.mkdir()
        folder.chmod(0o777)  # within a folder that is nobody else's
        copy_font_list(folder / "matplotlib")
        self.limits, self.exceeded = limits, ""
        room = Room(seen_by_python(), folder, limits.memory)
        self.manager = manager_for(folder, InRoom(isolation, room))
        self.manager.start_kernel(
            cwd=str(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.client = self.manager.client()
        self.watch = threading.Thread(target=self.keep_watch, daemon=True)
        self.closed = threading.Event()
        self.watch.start()
        self.client.start_channels()

    def wait(self) -> None:
        """Wait until the kernel answers.

        Raises:
            RuntimeError: it does not, or has ended.
        """
        self.client.wait_for_ready(timeout=START)

    def run(self, source: str, seconds: float) -> Outcome:
        """Run a cell for at most so many seconds; the kernel may be gone after it."""
        outcome, size = Outcome(), 0
        asked = self.client.execute(source, allow_stdin=False)
        until = time.monotonic() + seconds
        while not outcome.stopped:
            message = self.next_message()
            if message is None:
                outcome.stopped = self.reason_to_stop(until, seconds)
                continue
            size += size_of(message)
            if size > FLOOD:
                outcome.stopped = f"it put out more than {FLOOD // 10**6} MB"
            elif time.monotonic() > until:
                outcome.stopped = self.reason_to_stop(until, seconds)
            elif message["parent_header"].get("msg_id") != asked:
                continue
            elif message["content"].get("execution_state") == "idle":
                break
            elif message["msg_type"] in OUTPUTS and size <= SHOWN:
                outcome.outputs.append(output_from_msg(message))
        if size > SHOWN:
            words = f"(more output was left out: {size:,} characters in all)\n"
            outcome.outputs.append(printed(words))
        return outcome

    def next_message(self) -> dict | None:
        """Return the next message of the kernel, or None after some waiting."""
        try:
            return self.client.get_iopub_msg(timeout=0.5)
        except queue.Empty:
            return None
        except (ValueError, KeyError, zmq.ZMQError):
            return None  # forged, or not a message at all

    def reason_to_stop(self, until: float, seconds: float) -> str:
        """Return why the cell cannot go on, or an empty text if it can."""
        if self.exceeded:
            return self.exceeded
        if not self.manager.is_alive():
            return "the kernel died"
        if time.monotonic() > until:
            return f"it did not end within {seconds:.0f} s"
        return ""

    def keep_watch(self) -> None:
        """Stop the kernel as soon as its processes use more than they may."""
        process = psutil.Process(self.manager.provisioner.pid)
        while not self.closed.wait(0.2) and not self.exceeded:
            with contextlib.suppress(psutil.Error):
                self.exceeded = self.excess([process, *process.children(True)])
        if self.exceeded:
            with contextlib.suppress(psutil.Error):
                for each in [*process.children(True), process]:
                    each.kill()

    def excess(self, processes: list[psutil.Process]) -> str:
        """Return what these processes use too much of, or an empty text."""
        used = 0
        for process in processes:
            with contextlib.suppress(psutil.Error):
                used += process.memory_info().rss
        if used > self.limits.memory:
            return f"it used more than {self.limits.memory / 2**30:g} GB of memory"
        if len(processes) > PROCESSES:
            return f"it started more than {PROCESSES} processes"
        if sum(map(bytes_of, (self.private / "room").rglob("*"))) > FILES:
            return f"it wrote more than {FILES >> 20} MB beside its connection"
        return ""

    def close(self) -> None:
        """End the kernel with all its processes, and remove its files."""
        self.closed.set()
        self.watch.join()
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.context.destroy(linger=0)
        shutil.rmtree(self.private, ignore_errors=True)


def manager_for(folder: Path, specs: KernelSpecManager) -> KernelManager:
    """Return a manager of kernels that are spoken to through sockets in `folder`.

    So a kernel needs no network. Its key has to be readable for nobody, as whom it may
    run; the folder that `folder` is in keeps others out.
    """
    context = zmq.Context()
    context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
    context.setsockopt(zmq.RCVHWM, 20)
    file = folder / "connection.json"
    manager = KernelManager(
        context=context,
        transport="ipc",
        ip=str(folder / "kernel"),
        connection_file=str(file),
        kernel_spec_manager=specs,
    )
    manager.write_connection_file()
    file.chmod(0o644)
    return manager


def copy_font_list(folder: Path) -> None:
    """Spare the kernel some seconds: Matplotlib looks through all fonts only once."""
    folder.mkdir()
    folder.chmod(0o777)
    for path in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        shutil.copy(path, folder)


def bytes_of(path: Path) -> int:
    """Return the size of a file, 0 where it is gone by now."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def size_of(message: dict) -> int:
    """Return about how many characters a message would add to a notebook."""
    content = message["content"]
    data = content.get("data")
    words = [content.get("text", ""), content.get("evalue", "")]
    words += data.values() if isinstance(data, dict) else []
    return sum(len(str(each)) for each in words)


def printed(words: str) -> NotebookNode:
    """Return words as the output of a cell that printed them."""
    return NotebookNode(output_type="stream", name="stdout", text=words)
