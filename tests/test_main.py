"""`python -m pixelwise` tells a student what is here, and what mends what is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pixelwise import __main__, run


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("PIXELWISE_PROFILE", "smoke")
    return tmp_path


@pytest.fixture
def precision(monkeypatch):
    """Nothing is measured where it does not matter what comes out."""
    monkeypatch.setattr(run, "choose_precision", lambda: print("precision: float32"))


def report_without(module: str, folder: Path) -> subprocess.CompletedProcess:
    """Return the report of a Python in which `module` cannot be imported."""
    block = (
        "import runpy, sys\n"
        f"sys.modules[{module!r}] = None\n"
        "runpy.run_module('pixelwise', run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", block],
        env={**os.environ, "PIXELWISE_PROFILE": ""},
        capture_output=True,
        text=True,
        cwd=folder,
    )


def test_a_complete_installation_is_told_as_such(folders, capsys):
    assert __main__.main() == 0
    said = capsys.readouterr().out
    versions = "python", "keras", "numpy", "backend"
    for fact in (*versions, "device", "precision", "data", "streets"):
        assert f"{fact} " in said
    for chapter in run.SIZES:
        assert chapter in said
    assert str(folders / "runs") in said
    assert "Nothing is missing" in said


@pytest.mark.parametrize(
    ("module", "remedy"),
    [("keras", "pip install 'keras>=3.10,<4'"), ("tensorflow", "pip install")],
)
def test_what_cannot_be_imported_is_named_with_its_remedy(folders, module, remedy):
    if module == "tensorflow" and os.environ.get("KERAS_BACKEND", module) != module:
        pytest.skip("another backend is in use")
    answer = report_without(module, folders)
    assert answer.returncode == 1, answer.stderr
    assert remedy in answer.stdout
    assert str(folders / "data") in answer.stdout
    assert "Traceback" not in answer.stderr


def test_an_old_keras_is_named(folders, precision, monkeypatch, capsys):
    import keras

    monkeypatch.setattr(keras, "__version__", "3.9.2")
    assert __main__.main() == 1
    assert "Keras 3.9.2 is too old: pip install" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_to_is_named(
    folders, precision, monkeypatch, capsys
):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert __main__.main() == 1
    said = capsys.readouterr().out
    assert "set PIXELWISE_DATA" in said
    assert "set PIXELWISE_RUNS" in said


def test_little_room_on_the_disk_is_told(folders, precision, monkeypatch, capsys):
    usage = type("Usage", (), {"free": 0.4e9})
    monkeypatch.setattr(__main__.shutil, "disk_usage", lambda path: usage)
    assert __main__.main() == 1
    assert "0.4 GB are free" in capsys.readouterr().out


def test_an_unknown_profile_is_told_in_words(folders, precision, monkeypatch, capsys):
    monkeypatch.setenv("PIXELWISE_PROFILE", "huge")
    assert __main__.main() == 1
    assert "'huge'" in capsys.readouterr().out


def test_versions_are_compared_as_numbers():
    assert __main__.version_tuple("3.10.0") > __main__.version_tuple("3.9.2")
