"""The drawn town as the course's data sets: kept safely, and drawn once."""

import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import drawntown
from pixelwise.data import drawn, palette

SOURCE = str(Path(drawntown.__file__).resolve().parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": SOURCE}


@pytest.fixture(scope="module")
def small():
    return drawntown.draw_objects(100, 40)


def same(first, second):
    pairs = zip(first[0] + first[1], second[0] + second[1], strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def test_what_is_drawn_for_the_course_is_the_towns_first_seed(tmp_path, small):
    assert same(drawn.objects(100, 40, tmp_path), small)


def test_the_town_paints_its_masks_in_the_palettes_colours():
    for name, colour in zip(drawntown.CLASSES, drawntown.COLOURS, strict=True):
        assert palette.colour_of(name) == tuple(colour)


def test_street_pairs_of_a_split_are_drawn_into_a_folder_of_their_version(tmp_path):
    found = drawn.street_pairs("val", 1, tmp_path)
    version = drawntown.STREETS_VERSION
    assert found == tmp_path / f"streets-v{version}" / "val"
    assert [file.name for file in found.iterdir()] == ["1.jpg"]


def test_the_cache_keeps_the_arrays(tmp_path, monkeypatch):
    first = drawn.objects(20, 10, tmp_path / "drawn")
    monkeypatch.setattr(drawntown, "draw_objects", None)  # drawing again would fail
    assert same(drawn.objects(20, 10, tmp_path / "drawn"), first)
    assert len(list((tmp_path / "drawn").iterdir())) == 1


def test_other_sizes_and_versions_are_kept_apart(tmp_path, monkeypatch):
    for num_train, num_test in ((20, 10), (10, 20)):
        (x_train, _), _ = drawn.objects(num_train, num_test, tmp_path)
        assert len(x_train) == num_train
    monkeypatch.setattr(drawntown, "OBJECTS_VERSION", 99)
    drawn.objects(20, 10, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def half_file(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flipped_byte(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 255
    file.write_bytes(content)


def other_arrays(file):
    with file.open("wb") as opened:
        np.savez(opened, x_train=np.zeros(3))


def arrays_of_another_shape(file):
    with file.open("wb") as opened:
        labels = np.zeros(20, dtype="uint8")
        pictures = np.zeros((20, 8, 8, 3), dtype="uint8")
        halves = {"x_train": pictures, "x_test": pictures[:10]}
        np.savez(opened, **halves, y_train=labels, y_test=labels[:10])


def emptied(file):
    file.write_bytes(b"")


def pickled_arrays(file):
    with file.open("wb") as opened:
        np.savez(opened, **dict.fromkeys(("x_train", "y_train"), np.array([None])))


@pytest.mark.parametrize(
    "damage",
    [
        half_file,
        flipped_byte,
        other_arrays,
        arrays_of_another_shape,
        pickled_arrays,
        emptied,
    ],
)
def test_a_broken_cache_is_named_and_drawn_again(tmp_path, damage):
    first = drawn.objects(20, 10, tmp_path)
    (file,) = tmp_path.iterdir()
    damage(file)
    with pytest.warns(RuntimeWarning, match=file.name):
        assert same(drawn.objects(20, 10, tmp_path), first)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(drawn.objects(20, 10, tmp_path), first)


def test_the_cache_leaves_the_folders_other_files_alone(tmp_path):
    other = tmp_path / "objects-mine.npz"
    other.write_text("kept")
    drawn.objects(10, 0, tmp_path)
    assert other.read_text() == "kept"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_second_writer_in_between_does_no_harm(tmp_path, monkeypatch, small):
    file, savez = tmp_path / "kept.npz", np.savez

    def savez_after_another(opened, **arrays):
        monkeypatch.setattr(np, "savez", savez)
        drawn._write(file, small)
        savez(opened, **arrays)

    monkeypatch.setattr(np, "savez", savez_after_another)
    drawn._write(file, small)
    assert same(drawn._read(file, 100, 40), small)
    assert [kept.name for kept in tmp_path.iterdir()] == ["kept.npz"]


def test_two_processes_may_fill_one_cache_at_once(tmp_path):
    script = (
        "import pathlib, sys\n"
        "from pixelwise.data import drawn\n"
        "arrays = drawn.objects(60, 20, pathlib.Path(sys.argv[1]))\n"
        "print(arrays[0][0].sum(dtype='int64'), arrays[1][0].sum(dtype='int64'))\n"
    )
    command = [sys.executable, "-W", "error", "-c", script, str(tmp_path)]

    def draw(_):
        return subprocess.check_output(command, env=ENVIRONMENT, text=True)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(draw, range(2))
    assert first == second
    assert [file.suffix for file in tmp_path.iterdir()] == [".npz"]
