"""The real pictures are fetched before a build, unless it is told to do without."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from helpers import folders, street_pairs
from pixelwise import run
from tools.students import fetch, machine


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder, in profile `laptop`."""
    return folders.use_data(tmp_path, monkeypatch)


@pytest.fixture
def started(monkeypatch):
    """The modules that are run, each with the exit code that `codes` has for it."""
    made = SimpleNamespace(modules=[], codes={}, slow=set())

    def start(command, timeout):
        assert command[:2] == [sys.executable, "-m"]
        made.modules.append(command[2])
        if command[2] in made.slow:
            raise subprocess.TimeoutExpired(command, timeout)
        return SimpleNamespace(returncode=made.codes.get(command[2], 0))

    monkeypatch.setattr(fetch.subprocess, "run", start)
    return made


def test_what_is_missing_is_fetched_with_its_size_told(folder, started, capsys):
    assert fetch.fetch_missing() == []
    assert started.modules == ["pixelwise.data.cifar10", "pixelwise.data.camvid"]
    printed = capsys.readouterr().out
    assert "fetching CIFAR-10 (170 MB), for 10 minutes at most" in printed
    assert "fetching CamVid (187 MB), for 10 minutes at most" in printed


def test_what_is_there_is_not(folder, started):
    (folder / "cifar10.npz").touch()
    street_pairs.write_set(folder / "cityscapes_data")
    assert fetch.fetch_missing() == []
    assert not started.modules


def test_a_slow_server_and_a_failed_download_are_told(folder, started, capsys):
    started.slow = {"pixelwise.data.cifar10"}
    started.codes = {"pixelwise.data.camvid": 1}
    assert fetch.fetch_missing() == ["CIFAR-10", "CamVid"]
    assert "CIFAR-10 is slow to come: what was received is" in capsys.readouterr().out


def test_nothing_is_fetched_for_smoke_or_when_drawn_pictures_are_asked_for(
    folder, started, monkeypatch
):
    monkeypatch.setattr(run, "profile", lambda: "smoke")
    assert fetch.fetch_missing() == []
    monkeypatch.setattr(run, "profile", lambda: "full")
    monkeypatch.setattr(run, "drawn_asked", lambda: True)
    assert fetch.fetch_missing() == []
    assert not started.modules


@pytest.mark.parametrize("profile", ["laptop", "full"])
def test_the_build_goes_on_without_them(monkeypatch, tmp_path, capsys, profile):
    monkeypatch.setenv("PIXELWISE_DATA", str(tmp_path))
    monkeypatch.setenv("PIXELWISE_PROFILE", profile)
    facts = {"profile": profile, "device": "none"}
    monkeypatch.setattr(machine, "ask_machine", lambda: dict(facts))
    monkeypatch.setenv("PIXELWISE_GIVEN_UP", "")
    monkeypatch.setattr(fetch, "fetch_missing", lambda: ["CamVid"])
    (tmp_path / "cifar10.npz").touch()
    found = machine.settle(None)
    assert found["no data"] == "CamVid could not be fetched"
    assert found["streets"].startswith("drawn streets")
    assert os.environ["PIXELWISE_DATA"] == str(tmp_path)
    assert found["data"].startswith("CIFAR-10, from")  # which is there
    assert "no data  CamVid could not be fetched" in capsys.readouterr().out
