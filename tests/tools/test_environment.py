"""An environment is installed once, and again where needed; what cannot be is said."""

import importlib.util
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tools import environment


@pytest.fixture(params=["posix", "nt"])
def root(request, tmp_path, monkeypatch):
    """Return a checkout whose environments are a system's, and have no real Python."""
    root = tmp_path / "with space"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\n")
    python_of = partial(environment.python_of, system=request.param)
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "python_of", python_of)
    monkeypatch.setattr(environment, "works", lambda folder: python_of(folder).exists())
    return root


def make_environment(folder: Path) -> None:
    """Make what looks like an environment."""
    python = environment.python_of(folder)
    python.parent.mkdir(parents=True)
    python.touch()


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

    def fail(command, **_):
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(environment.subprocess, "run", fail)
    with pytest.raises(SystemExit, match="needs the network") as ended:
        environment.bring(".venv", "course")
    assert str(environment.python_of(root / ".venv")) in ended.value.code
    assert not environment.stamp_of(root / ".venv").exists()
    assert not environment.unfinished_of(root / ".venv").exists()


def test_an_old_python_gets_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 6, "final", 0))
    with pytest.raises(SystemExit, match=r"3\.11, 3\.12 or 3\.13; this one is 3\.9"):
        environment.check_python()


def test_an_old_python_makes_no_environment_but_may_use_one(root, monkeypatch):
    make_installed(root, "course")
    monkeypatch.setattr(sys, "version_info", (3, 9, 6, "final", 0))
    environment.bring(".venv", "course")
    monkeypatch.setattr(environment, "same_python", lambda folder: False)
    with pytest.raises(SystemExit, match=r"this one is 3\.9"):
        environment.bring(".venv", "course", exactly=True)
    assert environment.stamp_of(root / ".venv").exists()


def test_a_python_lies_where_its_system_puts_it():
    folder = Path("with space", ".venv")
    assert environment.python_of(folder, "posix") == folder / "bin" / "python"
    assert environment.python_of(folder, "nt") == folder / "Scripts" / "python.exe"


def test_an_environment_works_if_its_python_runs_and_has_pip(tmp_path, monkeypatch):
    assert not environment.works(tmp_path)
    monkeypatch.setattr(environment, "python_of", lambda folder: sys.executable)
    assert environment.works(tmp_path) == bool(importlib.util.find_spec("pip"))
