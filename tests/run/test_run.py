import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers import ROOT
from pixelwise import run
from pixelwise.run import folders, sizes


class Source:
    name = "CIFAR-10, a note"

    @staticmethod
    def describe():
        return "from somewhere"


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in ("PROFILE", "DATA", "RUNS"):
        monkeypatch.delenv(f"PIXELWISE_{name}", raising=False)


def test_profile_is_the_one_asked_for(monkeypatch):
    monkeypatch.setenv("PIXELWISE_PROFILE", "smoke")
    assert run.profile() == "smoke"


@pytest.mark.parametrize(("found", "expected"), [([], "laptop"), (["gpu:0"], "full")])
def test_profile_suits_the_machine(monkeypatch, found, expected):
    monkeypatch.setattr(sizes, "accelerators", lambda: found)
    assert run.profile() == expected


def test_unknown_profile_is_named(monkeypatch):
    monkeypatch.setenv("PIXELWISE_PROFILE", "huge")
    with pytest.raises(ValueError, match=r"'full', 'laptop', 'smoke'.* 'huge'"):
        run.profile()


def test_folders_follow_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("PIXELWISE_DATA", str(tmp_path / "d"))
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path / "r"))
    assert run.data_folder() == (tmp_path / "d").resolve()
    assert run.runs_folder() == (tmp_path / "r").resolve()
    assert not run.drawn_asked()


def test_drawn_is_no_folder(monkeypatch):
    monkeypatch.setenv("PIXELWISE_DATA", "drawn")
    assert run.drawn_asked()
    assert run.data_folder() == ROOT / "data"


def test_outside_a_checkout_the_users_cache_is_used(monkeypatch):
    monkeypatch.setattr(folders, "checkout", lambda: None)
    assert run.data_folder() == folders.user_cache() / "data"
    assert run.runs_folder() == folders.user_cache() / "runs"


def test_every_chapter_has_every_profile_with_the_same_sizes():
    for chapter, profiles in run.SIZES.items():
        assert tuple(profiles) == run.PROFILES, chapter
        assert len({frozenset(table) for table in profiles.values()}) == 1, chapter
        for table in profiles.values():
            assert {"minutes", "memory"} <= table.keys()


def test_laptop_takes_25_minutes_at_most():
    minutes = sum(profiles["laptop"]["minutes"] for profiles in run.SIZES.values())
    assert minutes <= 25 * len(run.SIZES) / 8


def test_start_says_what_the_student_should_know(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("PIXELWISE_PROFILE", "smoke")
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    started = run.start("01_mlp", Source)
    said = capsys.readouterr().out
    for word in ("profile smoke", "min", "GB", "from somewhere", "Keras", "kept in"):
        assert word in said
    assert started.folder == tmp_path / "01_mlp" / "smoke-cifar-10-a-note"
    assert started.sizes.epochs == run.SIZES["01_mlp"]["smoke"]["epochs"]


def test_what_start_says_fits_a_cell_of_eighty_characters(
    monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    words = "a long-winded story of pictures " * 8 + "/one/folder" * 9
    told = SimpleNamespace(name="CIFAR-10", describe=lambda: words)
    run.start("01_mlp", told)
    said = capsys.readouterr().out.partition("data")[2].partition("device")[0]
    assert said.split() == words.split()
    first, *following = said.splitlines()
    assert all(line.startswith(" " * 8) for line in following)
    assert max(map(len, ["data" + first, *following[:-1]])) <= 80


def test_unknown_chapter_is_named():
    with pytest.raises(ValueError, match="09_none"):
        run.start("09_none", Source)


def test_drive_is_for_colab_only():
    with pytest.raises(RuntimeError, match="PIXELWISE_RUNS"):
        run.keep_on_drive()


def test_drive_keeps_the_runs(monkeypatch):
    mounted = []
    colab = type(sys)("google.colab")
    colab.drive = SimpleNamespace(mount=mounted.append)
    monkeypatch.setitem(sys.modules, "google", type(sys)("google"))
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    monkeypatch.setenv("PIXELWISE_RUNS", "")
    run.keep_on_drive()
    assert mounted == ["/content/drive"]
    assert Path("/content/drive/MyDrive").resolve() in run.runs_folder().parents


def test_a_smaller_data_set_takes_more_epochs():
    started = run.Run("01_mlp", "laptop", "x", SimpleNamespace(epochs=5, train=18_000))
    assert [started.epochs(n) for n in (18_000, 8_000, 90_000_000)] == [5, 11, 1]
