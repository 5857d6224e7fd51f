"""Run a command without network, and without sight of any file that is not named.

On Linux by bubblewrap, else by `unshare` (util-linux), which need no set-up and no
rights of an administrator where the system lets users make namespaces. Which of them
works is found out by trying: many systems have the command and forbid its use, and
bubblewrap leaves an administrator's command the right to change the machine.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

NOBODY = "65534"
SCRATCH = 1 << 30  # bytes that can be written to the room's /tmp

# What a Python needs of the system, where it is there.
SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache")

# Says "isolated" alone where no network is seen, nor the secret that is named, and
# where neither the packages nor the machine's own settings can be written to.
PROBE = """
import os, socket, sys
networks = {name for _, name in socket.if_nameindex()} - {"lo"}
kept = [sys.prefix, "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger"]
open("/tmp/written", "w").close()
seen = [path for path in sys.argv[1:] if os.path.exists(path)]
print("isolated", *networks, *seen, *(path for path in kept if os.access(path, 2)))
"""


@dataclass(frozen=True)
class Room:
    """What a command can see and use.

    Attributes:
        readable: files and folders that it can read.
        writable: the one folder outside of its own /tmp that it can write to.
        memory: bytes that each of its processes can ask for.
    """

    readable: tuple[Path, ...]
    writable: Path
    memory: int


Isolation = Callable[[Room, Sequence[str]], list[str]]


def bubblewrap(room: Room, command: Sequence[str]) -> list[str]:
    """Return the command as bubblewrap runs it in the room."""
    options = ["--unshare-all", "--die-with-parent", "--new-session"]
    options += ["--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev"]
    for scratch in ("/tmp", "/dev/shm"):
        options += ["--size", str(SCRATCH), "--tmpfs", scratch]
    for path in map(str, room.readable):
        options += ["--ro-bind", path, path]
    options += ["--bind", str(room.writable), str(room.writable), "--chdir", "/tmp"]
    options += ["--remount-ro", "/", "--remount-ro", "/dev"]
    return ["bwrap", *options, "--", *limited(room, command)]


def unshare(room: Room, command: Sequence[str]) -> list[str]:
    """Return the command as `unshare` and room.sh run it in the room.

    An administrator's command becomes that of nobody; a user's is already harmless.
    """
    options = ["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]
    end_with_us = ["--pdeathsig", "KILL"]
    drop = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", *end_with_us]
    if os.geteuid() == 0:
        drop += ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    else:
        options += ["--user", "--map-root-user"]
    paths = [f"ro:{path}" for path in room.readable] + [f"rw:{room.writable}"]
    script = str(Path(__file__).with_name("room.sh"))
    start = ["unshare", *options, "sh", script, str(SCRATCH), *paths, "--"]
    command = ["setpriv", *drop, *limited(room, command)]
    return ["setpriv", *end_with_us, *start, *command]


def trust(room: Room, command: Sequence[str]) -> list[str]:
    """Return the command as it is: it sees all that you see."""
    return list(command)


def limited(room: Room, command: Sequence[str]) -> list[str]:
    """Return the command with limits on memory and files, and without core dumps."""
    limits = [f"--data={room.memory}", f"--fsize={SCRATCH}", "--core=0"]
    return ["prlimit", *limits, *command]


def seen_by_python() -> tuple[Path, ...]:
    """Return what this Python, its packages and the course's packages consist of."""
    packages = [folder_of(name) for name in ("drawntown", "pixelwise")]
    system = [Path(path) for path in SYSTEM if Path(path).exists()]
    pythons = [Path(sys.prefix), Path(sys.base_prefix)]
    return (*system, *dict.fromkeys([*pythons, *packages]))


def folder_of(name: str) -> Path:
    """Return where a package is; raise ValueError where it is not installed."""
    package = importlib.util.find_spec(name)
    if package is None or package.origin is None:
        raise ValueError(
            f"the package {name} is not installed: run `python -m tools grade`"
        )
    return Path(package.origin).parent


def find() -> Isolation | None:
    """Return the first isolation that works here, or None."""
    for isolation in (bubblewrap, unshare):
        if works(isolation):
            return isolation
    return None


def works(isolation: Isolation) -> bool:
    """Return whether a command is isolated indeed, by running one that looks around."""
    if sys.platform != "linux":
        return False
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder, "secret", "solution")
        secret.parent.mkdir()
        secret.touch()
        writable = Path(folder, "room")
        writable.mkdir(mode=0o777)
        room = Room(seen_by_python(), writable, 1 << 30)
        command = isolation(room, [sys.executable, "-c", PROBE, str(secret)])
        if shutil.which(command[0]) is None:
            return False
        try:
            tried = subprocess.run(command, capture_output=True, text=True, timeout=60)
        except subprocess.TimeoutExpired:
            return False
        return tried.returncode == 0 and tried.stdout.split() == ["isolated"]
