"""What is run in isolation sees no network and no files, and cannot change any."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import ROOT
from tools.instructors import isolation

LOOK = """
import os, socket, sys
print("networks", *(name for _, name in socket.if_nameindex() if name != "lo"))
print("seen", *(path for path in sys.argv[2:] if os.path.exists(path)))
print("imports", __import__("numpy").__name__)
machine = "/proc/sys/kernel/core_pattern"
for path in (sys.prefix, "/usr", machine, "/proc/sysrq-trigger"):
    if os.access(path, os.W_OK):
        print("writable", path)
with open(sys.argv[1], "w") as file:
    file.write("from the room")
try:
    bytearray(2 << 30)
except MemoryError:
    print("limited")
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
except OSError as error:
    print("refused", type(error).__name__)
"""


@pytest.fixture(params=[isolation.bubblewrap, isolation.unshare])
def isolated(request):
    if not isolation.works(request.param):
        pytest.skip(f"{request.param.__name__} does not work here")
    return request.param


def look(how, tmp_path, *paths):
    """Return what LOOK prints in a room: a list of words for each first word."""
    room = tmp_path / "room"
    room.mkdir()
    room.chmod(0o777)
    readable = isolation.seen_by_python()
    command = how(
        isolation.Room(readable, room, 1 << 30),
        [sys.executable, "-c", LOOK, str(room / "written"), *map(str, paths)],
    )
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return {first: rest for first, *rest in lines}


def test_a_room_shows_what_is_named_and_nothing_else(isolated, tmp_path):
    secret = tmp_path / "solution.ipynb"
    secret.touch()
    hidden = [secret, ROOT / "notebooks", ROOT / "tests", Path("/etc/passwd")]
    said = look(isolated, tmp_path, *hidden)
    assert said["networks"] == []
    assert said["seen"] == []
    assert said["refused"] == ["OSError"]  # at once: network is unreachable
    assert said["imports"] == ["numpy"]


def test_only_the_shared_folder_can_be_written_to(isolated, tmp_path):
    said = look(isolated, tmp_path)
    assert "writable" not in said
    assert (tmp_path / "room" / "written").read_text() == "from the room"


def test_memory_is_limited(isolated, tmp_path):
    assert "limited" in look(isolated, tmp_path)


def test_a_command_that_is_not_isolated_is_noticed():
    assert not isolation.works(isolation.trust)


def test_where_no_command_is_there_nothing_is_found(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert isolation.find() is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="not on this system")
def test_an_administrator_s_command_becomes_nobody_s(monkeypatch, tmp_path):
    room = isolation.Room((), tmp_path, 1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "--reuid" in isolation.unshare(room, ["true"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "--map-root-user" in isolation.unshare(room, ["true"])
