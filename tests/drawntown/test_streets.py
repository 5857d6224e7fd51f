"""The drawn streets: pairs in Kaggle's format, true masks, the same everywhere."""

import os
import subprocess
import sys
import warnings
from dataclasses import replace
from math import cos, pi, sin
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image

import drawntown
from drawntown.drawing.canvas import Canvas, Pen
from drawntown.drawing.labels import LABEL, NAMES
from drawntown.drawing.solids import Solid
from drawntown.light.shadows import Block, shadow_of
from drawntown.pictures import pairs
from drawntown.street.camera import Camera, Course, Surface
from pixelwise.data import palette

SOURCE = str(Path(drawntown.__file__).resolve().parents[1])
CATEGORY = {entry.name: entry.category for entry in palette.CLASSES}
SIZES = {"train": 3, "val": 2}


@pytest.fixture(scope="module")
def scenes():
    return [drawntown.draw_scene(np.random.default_rng(seed)) for seed in range(40)]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("streets")
    return drawntown.write_pairs(folder, SIZES, seed=5, progress=False)


def contents(folder):
    files = sorted(folder.rglob("*.*"))
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_a_scene_is_a_photo_and_a_mask_of_class_numbers(scenes):
    for photo, mask in scenes:
        assert photo.shape == (256, 256, 3) and photo.dtype == np.uint8
        assert mask.shape == (256, 256) and mask.dtype == np.uint8
        assert mask.max() < len(drawntown.CLASSES)


def test_every_class_is_one_of_the_palettes():
    assert set(drawntown.CLASSES) <= set(CATEGORY)
    assert len(set(drawntown.CLASSES)) == len(drawntown.CLASSES)


def test_scenes_hold_all_categories_and_at_least_twelve_classes(scenes):
    counts = sum(np.bincount(mask.ravel(), minlength=len(NAMES)) for _, mask in scenes)
    seen = [name for name, count in zip(NAMES, counts, strict=True) if count > 200]
    categories = {CATEGORY[name] for name in seen}
    assert set(range(7)) <= categories and palette.VOID in categories
    assert len(seen) >= 12


def test_categories_are_about_as_frequent_as_in_real_streets(scenes):
    # Of CamVid's 367 training pairs: flat 36 %, construction 26, object 1.9, nature 9,
    # sky 16, human 0.5, vehicle 7. Within a factor of two, and no one-sided scenes.
    real = np.array([36, 26, 1.9, 9, 16, 0.55, 6.6])
    number = np.array([CATEGORY[name] for name in NAMES])
    shares = np.zeros(7)
    for _, mask in scenes:
        of_each = number[mask]
        shares += [100 * (of_each == k).mean() / len(scenes) for k in range(7)]
    assert (shares > real / 2).all() and (shares < real * 2).all()


def test_the_same_generator_draws_the_same_scene_and_every_scene_differs(scenes):
    photo, mask = drawntown.draw_scene(np.random.default_rng(7))
    assert np.array_equal(photo, scenes[7][0]) and np.array_equal(mask, scenes[7][1])
    assert len({photo.tobytes() for photo, _ in scenes}) == len(scenes)
    assert len({mask.tobytes() for _, mask in scenes}) == len(scenes)


@pytest.mark.parametrize("size", [32, 100, 128])
def test_a_scene_has_the_size_that_is_asked_for(size):
    photo, mask = drawntown.draw_scene(np.random.default_rng(0), size)
    assert photo.shape == (size, size, 3) and mask.shape == (size, size)


@pytest.mark.parametrize("size", [31, 0, -256, 256.0, "256", None, True])
def test_a_bad_size_is_named(size):
    with pytest.raises(ValueError, match="expected size as a whole number") as error:
        drawntown.draw_scene(np.random.default_rng(0), size)
    assert repr(size) in str(error.value)


def contrast_at_edges(photo, mask, down, right):
    """Return the photo's mean step between two pixels that the mask, moved, parts."""
    grey = photo.mean(axis=2)
    moved = np.roll(mask, (down, right), axis=(0, 1))
    inner = slice(8, -8), slice(8, -8)
    steps = np.abs(np.diff(grey, axis=1))[inner], np.abs(np.diff(grey, axis=0))[inner]
    edges = (np.diff(moved.astype(int), axis=k)[inner] != 0 for k in (1, 0))
    parted = [step[edge] for step, edge in zip(steps, edges, strict=True)]
    return np.concatenate(parted).mean()


def test_the_masks_edges_lie_on_the_photos_edges(scenes):
    shifts = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    for start in range(0, 40, 10):
        contrast = {
            shift: np.mean(
                [
                    contrast_at_edges(*pair, *shift)
                    for pair in scenes[start : start + 10]
                ]
            )
            for shift in shifts
        }
        assert max(contrast, key=contrast.get) == (0, 0)


def test_no_colour_and_no_place_gives_the_category_away(scenes):
    number = np.array([CATEGORY[name] for name in NAMES])
    truth = np.stack([number[mask] for _, mask in scenes])
    colours = np.stack([photo for photo, _ in scenes]) >> 4
    codes = (colours.astype(int) * (256, 16, 1)).sum(axis=3)
    places = np.broadcast_to(np.arange(256 * 256).reshape(256, 256), truth.shape)
    for code in (codes, places // 64):
        guess = most_frequent(code[:30], truth[:30])[code[30:]]
        kept = truth[30:] < 7
        assert (guess == truth[30:])[kept].mean() < 0.8


def most_frequent(codes, truth):
    counts = np.zeros((codes.max() + 4096, 7), dtype=int)
    kept = truth < 7
    np.add.at(counts, (codes[kept], truth[kept]), 1)
    return counts.argmax(axis=1)


CAMERA = Camera(aside=1.5, height=1.5, turn=0.1, focal=200, middle=128, horizon=120)


def test_the_camera_sees_a_point_where_geometry_puts_it():
    camera = Camera(aside=0, height=1.5, turn=0, focal=200, middle=128, horizon=120)
    assert camera.pixel(camera.see((0, 0, 10))) == (128, 150)
    assert camera.pixel(camera.see((2, 1.5, 20))) == (148, 120)
    assert camera.pixel(camera.see((-3, 3.5, 40))) == (113, 110)


def test_what_lies_behind_the_camera_is_cut_off():
    camera = Camera(aside=0, height=1.5, turn=0, focal=200, middle=128, horizon=120)
    road = (-2, 0, -5), (2, 0, -5), (2, 0, 40), (-2, 0, 40)
    outline = camera.outline(road)
    assert len(outline) == 4 and min(y for _, y in outline) == 127.5
    assert max(y for _, y in outline) > 256  # down to below the picture's edge
    assert camera.outline([(x, y, -1) for x, y, _ in road]) == []


def test_a_street_bends_and_climbs_by_the_square_of_the_way():
    course = Course(bend=0.01, rise=0.001)
    assert course.place(2, 10) == pytest.approx((2.5, 0.05, 10))
    assert course.place(2, -10) == pytest.approx((1.5, -0.05, -10))


@pytest.mark.parametrize("heading", np.linspace(-3, 3, 7))
@pytest.mark.parametrize("aside", [-6, 0, 1.7, 8])
def test_a_turned_solid_stands_in_the_streets_perspective(heading, aside):
    pose = CAMERA.pose((aside, 0.0, 14.0), heading)
    solid = Solid(Pen(Canvas(256, 256), pose))
    mirror = -1 if pose.flip else 1
    for x, y, z in ((2, 0, 0.9), (-2, 1.4, -0.9), (0, 0.5, 0.9)):
        # x along the heading, z to the left of it (or, mirrored, to the right)
        left = mirror * z
        point = (
            aside + x * sin(heading) - left * cos(heading),
            y,
            14 + x * cos(heading) + left * sin(heading),
        )
        (found,) = pose.pixels([solid.flat(x, y, z)], detail=1)
        assert found == pytest.approx(CAMERA.pixel(CAMERA.see(point)))


@pytest.mark.parametrize("heading", np.linspace(-3, 3, 13))
@pytest.mark.parametrize("aside", [-6, 0, 1.7, 8])
def test_a_solid_shows_only_the_sides_that_face_the_camera(heading, aside):
    camera = replace(CAMERA, middle=512)
    canvas = Canvas(256, 1024, detail=1)
    solid = Solid(Pen(canvas, camera.pose((aside, 0.0, 9.0), heading), label=1))
    front, back, side = (200, 0, 0), (0, 0, 200), (0, 200, 0)
    solid.panel((2, 0), (2, 1), -1, 1, front)
    solid.panel((-2, 1), (-2, 0), -1, 1, back)
    solid.side(((-2, 0), (2, 0), (2, 1), (-2, 1)), -1, side)
    drawn = np.unique(canvas.photo().reshape(-1, 3).astype(int), axis=0)
    colours = set(map(tuple, drawn))
    # The camera, as seen from the solid: along its heading, and aside of that.
    away_x, away_z = camera.aside - aside, -9.0
    along = away_x * sin(heading) + away_z * cos(heading)
    beside = away_x * cos(heading) - away_z * sin(heading)
    expected = {
        colour
        for colour, seen in (
            (front, along > 2),
            (back, along < -2),
            (side, abs(beside) > 1),
        )
        if seen
    }
    assert colours - {(0, 0, 0)} == expected


def test_a_surface_in_space_is_drawn_smaller_far_off():
    course, canvas = Course(), Canvas(256, 256, detail=1)
    near, far = (
        Surface(0, 0, 1, camera=CAMERA, place=lambda x, y, z=z: course.place(x, z, y))
        for z in (5.0, 50.0)
    )
    for label, surface in ((1, near), (2, far)):
        Pen(canvas, surface, label).box(0, 0, 2, 2, (9, 9, 9))
    heights = [np.ptp(np.nonzero(canvas.labels() == k)[0]) for k in (1, 2)]
    assert heights[0] == pytest.approx(10 * heights[1], rel=0.15)


def test_a_shadow_reaches_from_the_block_away_from_the_sun():
    corners = shadow_of(Block(0, 10, 2, 4, height=5), sun=(1.0, 0.5))
    assert {(-1, 8), (1, 8), (-1, 12), (6, 14.5), (4, 14.5), (6, 10.5)} == set(corners)


def test_a_shadow_changes_the_colour_and_keeps_the_label():
    canvas = Canvas(4, 4, detail=1)
    canvas.draw.rectangle((0, 0, 3, 3), fill=(200, 100, 50, 9))
    canvas.darken([[(0, 0), (1, 0), (1, 3), (0, 3)]], keep=0.5)
    assert (canvas.labels() == 9).all()
    assert canvas.photo()[:, 0].tolist() == [[100, 50, 25]] * 4
    assert canvas.photo()[:, 3].tolist() == [[200, 100, 50]] * 4


def test_a_file_is_a_jpeg_with_photo_left_and_mask_right(written):
    names = set(contents(written))
    assert names == {f"train/{n}.jpg" for n in (1, 2, 3)} | {"val/1.jpg", "val/2.jpg"}
    for file in written.rglob("*.jpg"):
        with Image.open(file) as image:
            assert (image.format, image.size, image.mode) == ("JPEG", (512, 256), "RGB")


def test_before_the_jpeg_a_mask_holds_colours_of_the_palette_alone():
    colours = {entry.colour for entry in palette.CLASSES}
    for number in range(1, 6):
        mask = pairs.draw_pair(0, "train", number)[:, 256:]
        assert {tuple(colour) for colour in np.unique(mask.reshape(-1, 3), axis=0)} <= (
            colours
        )
    assert palette.colour_of("road") == (128, 64, 128)  # Cityscapes' own purple
    assert (pairs.COLOURS[LABEL["road"]] == (128, 64, 128)).all()


def test_the_jpegs_noise_leaves_the_labels_readable(written):
    for number in (1, 2, 3):
        with Image.open(written / "train" / f"{number}.jpg") as image:
            found = np.asarray(image).astype(int)
        drawn = pairs.draw_pair(5, "train", number)
        assert 0 < np.abs(found[:, :256] - drawn[:, :256]).mean() < 8
        away = ((found[:, 256:, None] - pairs.COLOURS) ** 2).sum(axis=3)
        nearest = pairs.COLOURS[away.argmin(axis=2)]
        assert (nearest == drawn[:, 256:]).all(axis=2).mean() > 0.95


def test_the_same_seed_writes_the_same_files_and_another_seed_others(written, tmp_path):
    again = drawntown.write_pairs(tmp_path / "a", SIZES, seed=5, progress=False)
    assert contents(again) == contents(written)
    other = drawntown.write_pairs(tmp_path / "b", SIZES, seed=6, progress=False)
    assert not set(contents(other).values()) & set(contents(written).values())


def test_a_smaller_set_is_the_beginning_of_a_larger_one(written, tmp_path):
    folder = tmp_path / "grows"
    drawntown.write_pairs(folder, {"train": 2}, seed=5, progress=False)
    few = contents(folder)
    assert few == {name: contents(written)[name] for name in few} and len(few) == 2
    drawntown.write_pairs(folder, SIZES, seed=5, progress=False)
    assert contents(folder) == contents(written)


def test_no_pair_comes_in_two_splits(tmp_path):
    sizes = {"train": 4, "val": 4}
    folder = drawntown.write_pairs(tmp_path, sizes, progress=False)
    photos = []
    for file in folder.rglob("*.jpg"):
        with Image.open(file) as image:
            photos.append(np.asarray(image).tobytes())
    assert len(set(photos)) == 8


def test_what_is_there_is_not_drawn_again(written, monkeypatch):
    before = {file: file.stat().st_mtime_ns for file in written.rglob("*.jpg")}
    monkeypatch.setattr(pairs, "take_scene", None)  # drawing again would fail
    drawntown.write_pairs(written, SIZES, seed=5, progress=False)
    assert {file: file.stat().st_mtime_ns for file in written.rglob("*.jpg")} == before


def grey_picture(file):
    Image.new("RGB", (512, 256)).save(file)


def text(file):
    file.write_text("mine")


def other_seed(file):
    pairs._write(file.parents[1], 6, "val", 2)


@pytest.mark.parametrize("spoil", [grey_picture, text, other_seed])
def test_a_file_that_is_something_else_is_named_and_kept(tmp_path, spoil):
    file = tmp_path / "val" / "2.jpg"
    file.parent.mkdir()
    spoil(file)
    kept = file.read_bytes()
    with pytest.raises(FileExistsError, match=r"2\.jpg: expected .* found"):
        drawntown.write_pairs(tmp_path, SIZES, seed=5, progress=False)
    assert contents(tmp_path) == {str(Path("val") / "2.jpg"): kept}


def test_an_interrupted_pair_leaves_no_file(tmp_path, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Image.Image, "save", stop)
    with pytest.raises(KeyboardInterrupt):
        drawntown.write_pairs(tmp_path, {"train": 1}, progress=False)
    assert contents(tmp_path) == {}


def test_several_processes_write_what_one_writes(monkeypatch, tmp_path, written):
    monkeypatch.setattr(pairs, "_worker_count", lambda missing: min(missing, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawntown.write_pairs(tmp_path, SIZES, seed=5, progress=False)
    assert contents(tmp_path) == contents(written)


def test_a_worker_that_fails_is_named_and_replaced(monkeypatch, tmp_path, written):
    monkeypatch.setattr(pairs, "_worker_count", lambda missing: min(missing, 2))
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # no Python starts there
    with pytest.warns(RuntimeWarning, match="drawing process ended early"):
        drawntown.write_pairs(tmp_path, SIZES, seed=5, progress=False)
    assert contents(tmp_path) == contents(written)


def test_without_an_executable_one_process_draws(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    assert pairs._worker_count(10_000) == 1


def test_writing_from_a_script_without_a_main_guard_runs_it_once(tmp_path):
    script = (
        "import sys\n"
        "from drawntown.pictures import pairs\n"
        "pairs._worker_count = lambda missing: min(missing, 2)\n"
        "import drawntown\n"
        "print('wrote', drawntown.write_pairs(sys.argv[1], {'train': 2}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": SOURCE},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("wrote") == 1 and len(contents(tmp_path)) == 2


@pytest.mark.parametrize("size", [-1, 2.0, "7", None, True])
def test_a_bad_number_of_pairs_is_named(tmp_path, size):
    with pytest.raises(ValueError, match="the size of 'val'") as error:
        drawntown.write_pairs(tmp_path, {"train": 1, "val": size}, progress=False)
    assert repr(size) in str(error.value) and contents(tmp_path) == {}


@pytest.mark.parametrize("split", ["", "../train", "a/b", ".", 3])
def test_a_bad_name_of_a_split_is_named(tmp_path, split):
    with pytest.raises(ValueError, match="expected a plain name") as error:
        drawntown.write_pairs(tmp_path, {split: 1}, progress=False)
    assert repr(split) in str(error.value) and contents(tmp_path) == {}


@pytest.mark.parametrize("seed", [-1, 1.5, None])
def test_a_bad_seed_is_named(tmp_path, seed):
    with pytest.raises(ValueError, match="expected seed"):
        drawntown.write_pairs(tmp_path, {"train": 1}, seed=seed, progress=False)


def test_nothing_near_covers_the_camera_and_far_things_lie_behind_near_ones():
    # A truck 8 m ahead hides the car 20 m ahead in the same lane, whichever came first.
    from drawntown.pictures import scene
    from drawntown.street.stage import Stage
    from drawntown.traffic import traffic

    for order in ((0, 1), (1, 0)):
        chance, canvas = Random(1), Canvas(128, 128, 3)
        layout = scene.any_layout(chance)
        camera = Camera(0, 1.5, 0, focal=120, middle=64, horizon=60)
        stage = Stage(
            canvas, camera, Course(), layout, scene.any_weather(chance), chance
        )
        added = [(traffic._TRUCK, 9.0), (traffic._CAR, 25.0)]
        for k in order:
            traffic._add(stage, added[k][0], 0.0, added[k][1], 0.0)
        stage.draw_things()
        seen = set(np.unique(canvas.labels()))
        assert LABEL["truck"] in seen and LABEL["car"] not in seen
        traffic._add(stage, traffic._CAR, 0.0, 3.0, pi)  # would reach the camera
        assert len(stage._things) == 2
