"""`make` installs once, again where that is needed, and says plainly what it cannot."""

import os
import sys
from pathlib import Path

import pytest

from tools import environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="`make` is not for Windows")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a checkout in which pip is never called."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


def make_environment(folder: Path) -> None:
    """Make what looks like an environment: its Python does nothing, and well."""
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)


def make_installed(root: Path, extras: str) -> Path:
    folder = root / ".venv"
    make_environment(folder)
    stamp = environment.fingerprint(extras, None)
    environment.stamp_of(folder).write_text(stamp)
    return folder


def is_ready(folder: Path, extras: str) -> bool:
    return environment.is_ready(folder, environment.fingerprint(extras, None), False)


def test_what_is_installed_is_not_installed_again(root):
    folder = make_installed(root, "tensorflow,course,test")
    assert is_ready(folder, "tensorflow,course,test")
    assert is_ready(folder, "tensorflow,course")


def test_more_is_installed_where_more_is_wanted(root):
    assert not is_ready(make_installed(root, "tensorflow"), "tensorflow,test")


def test_a_changed_project_is_installed_again_but_a_touched_one_is_not(root):
    folder = make_installed(root, "tensorflow")
    (root / "pyproject.toml").touch()
    assert is_ready(folder, "tensorflow")
    (root / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    assert not is_ready(folder, "tensorflow")


def test_a_checkout_that_was_moved_is_installed_again(root, monkeypatch):
    folder = make_installed(root, "tensorflow")
    moved = root / "moved"
    moved.mkdir()
    (moved / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(environment, "ROOT", moved)
    assert not is_ready(folder, "tensorflow")


def test_an_interrupted_installation_is_made_again(root, monkeypatch):
    folder = make_installed(root, "tensorflow")
    (folder / "leftover").touch()
    environment.unfinished_of(folder).touch()
    assert not is_ready(folder, "tensorflow")

    made = []
    monkeypatch.setattr(
        environment.subprocess, "run", lambda command, **_: made.append(command)
    )
    monkeypatch.setattr(environment, "works", lambda folder: True)
    environment.prepare(folder, exactly=False)
    assert made[0][1:] == ["-m", "venv", str(folder)]
    assert not (folder / "leftover").exists()
    assert environment.unfinished_of(folder).exists()


def test_an_environment_that_works_is_kept(root):
    folder = make_installed(root, "tensorflow")
    (folder / "mine").touch()
    environment.prepare(folder, exactly=False)
    assert (folder / "mine").exists()


def test_a_failed_installation_says_what_to_do_and_leaves_no_stamp(root, monkeypatch):
    make_environment(root / ".venv")
    failing = root / ".venv" / "bin" / "python"
    failing.write_text('#!/bin/sh\n[ "$1" = -c ]\n')
    monkeypatch.setattr(sys, "argv", ["environment.py", ".venv", "--extras", "course"])
    with pytest.raises(SystemExit, match="needs the network"):
        environment.main()
    assert not environment.stamp_of(root / ".venv").exists()
    assert not environment.unfinished_of(root / ".venv").exists()


def test_an_old_python_gets_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 6, "final", 0))
    with pytest.raises(SystemExit, match=r"3\.11, 3\.12 or 3\.13; this one is 3\.9"):
        environment.check_python()
