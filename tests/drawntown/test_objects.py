"""The drawn town's ten objects: the same everywhere, and varied."""

import os
import subprocess
import sys
import warnings
from pathlib import Path
from random import Random

import numpy as np
import pytest

import drawntown
from drawntown.drawing.canvas import Canvas, Pen, Pose
from drawntown.pictures import series
from drawntown.pictures.portrait import LEAST_VISIBLE, SUBJECT, paint_portrait

SOURCE = str(Path(drawntown.__file__).resolve().parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": SOURCE}
NAMES = drawntown.OBJECTS


@pytest.fixture(scope="module")
def small():
    return drawntown.draw_objects(100, 40, seed=3)


def same(first, second):
    pairs = zip(first[0] + first[1], second[0] + second[1], strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def test_arrays_have_cifar10s_layout(small):
    (x_train, y_train), (x_test, y_test) = small
    assert x_train.shape == (100, 32, 32, 3) and x_test.shape == (40, 32, 32, 3)
    assert y_train.shape == (100,) and y_test.shape == (40,)
    assert {a.dtype for a in (x_train, y_train, x_test, y_test)} == {np.dtype("uint8")}


def test_every_class_is_equally_frequent_and_the_order_is_mixed(small):
    for _, labels in small:
        assert set(np.bincount(labels, minlength=10)) == {len(labels) // 10}
    assert not np.array_equal(small[0][1][:10], small[0][1][10:20])


def test_the_same_seed_draws_the_same_pictures_and_another_seed_others(small):
    assert same(drawntown.draw_objects(100, 40, seed=3), small)
    (other, _), _ = drawntown.draw_objects(100, 0, seed=4)
    assert not (other == small[0][0]).all(axis=(1, 2, 3)).any()


def test_a_smaller_set_is_the_beginning_of_a_larger_one(small):
    (x_train, y_train), (x_test, y_test) = drawntown.draw_objects(37, 11, seed=3)
    assert np.array_equal(x_train, small[0][0][:37])
    assert np.array_equal(y_train, small[0][1][:37])
    assert np.array_equal(x_test, small[1][0][:11])
    assert np.array_equal(y_test, small[1][1][:11])


def test_no_picture_comes_twice_within_or_across_the_splits(small):
    pictures = [picture.tobytes() for images, _ in small for picture in images]
    assert len(set(pictures)) == len(pictures)


def test_several_processes_draw_what_one_draws(monkeypatch, small):
    monkeypatch.setattr(series, "_worker_count", lambda count: 3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(drawntown.draw_objects(100, 40, seed=3), small)


def test_a_worker_that_fails_is_named_and_replaced(monkeypatch, small):
    monkeypatch.setattr(series, "_worker_count", lambda count: 2)
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # no Python starts there
    with pytest.warns(RuntimeWarning, match="drawing process ended early"):
        assert same(drawntown.draw_objects(100, 40, seed=3), small)


def test_drawing_from_a_script_without_a_main_guard_runs_it_once():
    script = (
        "from drawntown.pictures import series\n"
        "series._worker_count = lambda count: 2\n"
        "import drawntown\n"
        "print('sum', drawntown.draw_objects(20, 10)[0][0].sum())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("sum") == 1


def test_importing_the_town_loads_neither_keras_nor_the_course():
    script = (
        "import sys, drawntown\n"
        "sys.exit(bool({'keras', 'pixelwise'} & set(sys.modules)))\n"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT).returncode == 0
    )


@pytest.mark.parametrize("name", ["num_train", "num_test", "seed"])
@pytest.mark.parametrize("value", [-1, 2.0, "7", None, True])
def test_a_bad_size_or_seed_is_named(name, value):
    with pytest.raises(ValueError, match=name) as error:
        drawntown.draw_objects(**{"num_train": 10, "num_test": 0, name: value})
    assert repr(value) in str(error.value)


def test_one_object_can_be_drawn_by_name_or_index():
    named = drawntown.draw_object("bus", np.random.default_rng(5))
    numbered = drawntown.draw_object(NAMES.index("bus"), np.random.default_rng(5))
    assert named.shape == (32, 32, 3) and named.dtype == np.uint8
    assert np.array_equal(named, numbered)


@pytest.mark.parametrize("wrong", ["zebra", 10, -1, None])
def test_an_unknown_class_is_named(wrong):
    with pytest.raises(ValueError, match="expected one of") as error:
        drawntown.draw_object(wrong, np.random.default_rng(0))
    assert repr(wrong) in str(error.value)


def portraits(name, count=40):
    for k in range(count):
        canvas = Canvas(32, 32)
        visible = paint_portrait(canvas, name, Random(f"{name}/{k}"))
        yield canvas, visible


@pytest.mark.parametrize("name", NAMES)
def test_the_subject_stays_visible_at_many_places_and_sizes(name):
    places, sizes = [], []
    for canvas, visible in portraits(name):
        assert LEAST_VISIBLE <= visible <= 1
        rows, columns = np.nonzero(canvas.labels() == SUBJECT)
        places.append((rows.mean() / 4, columns.mean() / 4))
        sizes.append(len(rows) / 16)
    assert min(sizes) > 10  # pixels of the finished picture
    assert max(sizes) > 1.8 * min(sizes)
    assert (np.ptp(places, axis=0) > 3).all()


def test_a_colour_does_not_give_the_class_away():
    def mean_colour(name):
        pairs = (
            (canvas.photo(), canvas.labels()[::4, ::4]) for canvas, _ in portraits(name)
        )
        return np.array([photo[mask == SUBJECT].mean(axis=0) for photo, mask in pairs])

    car, bus, truck = (mean_colour(name) for name in ("car", "bus", "truck"))
    for first, second in ((car, bus), (bus, truck), (car, truck)):
        apart = np.abs(first.mean(axis=0) - second.mean(axis=0))
        assert (apart < first.std(axis=0)).all()


def test_a_stroke_writes_the_colour_and_the_label_of_the_same_pixels():
    canvas = Canvas(8, 8, detail=4)
    pen = Pen(canvas, Pose(x=4, y=8, scale=4), label=7)
    pen.box(-0.5, 0, 0.5, 1, (200, 100, 50))
    expected = np.zeros((8, 8), dtype=bool)
    expected[4:, 2:6] = True
    labels = canvas.labels()[2::4, 2::4]
    assert np.array_equal(labels == 7, expected)
    assert (canvas.photo()[5:, 3:5] == (200, 100, 50)).all()


def test_what_is_drawn_later_covers_the_label_too():
    canvas = Canvas(8, 8)
    Pen(canvas, Pose(4, 8, 1), label=1).box(-4, 0, 4, 8, (255, 255, 255))
    before = canvas.snapshot()
    Pen(canvas, Pose(4, 8, 1)).box(-4, 0, 0, 8, (0, 0, 0))
    assert canvas.share(1) == pytest.approx(0.5, abs=0.04)
    canvas.restore(before)
    assert canvas.share(1) == 1
