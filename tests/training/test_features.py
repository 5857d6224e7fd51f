import keras
import numpy as np
import pytest

from pixelwise.data import few
from pixelwise.training import features


def tiny(seed=0):
    keras.utils.set_random_seed(seed)
    pixels = keras.Input((4, 4, 3), name="pixels")
    flat = keras.layers.Flatten(name="flat")(pixels)
    return keras.Model(pixels, keras.layers.Dense(5, name="dense")(flat), name="tiny")


@pytest.fixture
def pixels():
    generator = np.random.default_rng(0)
    return generator.integers(0, 256, (7, 4, 4, 3), dtype=np.uint8)


def test_features_are_what_the_model_computes(pixels, tmp_path):
    model = tiny()
    kernel, bias = model.get_weights()
    found = features.compute_features(model, pixels, batch_size=3, folder=tmp_path)
    np.testing.assert_allclose(
        found, pixels.reshape(7, 48) @ kernel + bias, rtol=1e-4, atol=1e-3
    )
    assert found.dtype == np.float32


def test_a_second_call_reads_what_the_first_has_kept(pixels, tmp_path, monkeypatch):
    first = features.compute_features(tiny(), pixels, folder=tmp_path)
    model = tiny()
    monkeypatch.setattr(model, "predict", None)  # it must not be called
    np.testing.assert_array_equal(
        features.compute_features(model, pixels, folder=tmp_path), first
    )


@pytest.mark.parametrize("changed", ["weights", "pictures"])
def test_other_weights_or_pictures_are_computed_anew(pixels, tmp_path, changed):
    first = features.compute_features(tiny(), pixels, folder=tmp_path)
    seed, step = (1, 0) if changed == "weights" else (0, 1)
    other = features.compute_features(tiny(seed), pixels + step, folder=tmp_path)
    assert not np.allclose(first, other)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_broken_file_is_computed_again_with_a_warning(pixels, tmp_path):
    first = features.compute_features(tiny(), pixels, folder=tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:50])
    with pytest.warns(RuntimeWarning, match="computing its features again"):
        again = features.compute_features(tiny(), pixels, folder=tmp_path)
    np.testing.assert_array_equal(again, first)


def test_features_are_kept_with_the_runs(pixels, tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    features.compute_features(tiny(), pixels)
    assert len(list((tmp_path / "features").iterdir())) == 1


def test_pictures_of_another_shape_are_named(tmp_path):
    with pytest.raises(ValueError, match=r"\(4, 4, 3\), found an array \(2, 8, 8, 3\)"):
        features.compute_features(tiny(), np.zeros((2, 8, 8, 3)), folder=tmp_path)


def test_few_labels_are_as_many_of_each_class():
    labels = np.random.default_rng(0).integers(0, 10, 500).astype("uint8")
    chosen = few.choose_per_class(labels, 20, seed=3)
    assert len(set(chosen)) == 200
    np.testing.assert_array_equal(np.bincount(labels[chosen]), [20] * 10)


def test_the_seed_fixes_the_choice_and_a_larger_one_holds_the_smaller():
    labels = np.repeat(np.arange(10), 30)
    few_ones = few.choose_per_class(labels, 5, seed=1)
    np.testing.assert_array_equal(few_ones, few.choose_per_class(labels, 5, seed=1))
    assert set(few_ones) != set(few.choose_per_class(labels, 5, seed=2))
    assert set(few_ones) < set(few.choose_per_class(labels, 20, seed=1))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 1, 10], "expected labels 0 to 9, found 0 to 10"),
        ([-1, 1, 2], "expected labels 0 to 9, found -1 to 2"),
        ([0.0, 1.0], "expected integers, found float64"),
        ([[0], [1]], r"expected shape \(n,\), found \(2, 1\)"),
        ([0, 0, 1, 2], "count: expected 1 to 1, the pictures of class 1, found 2"),
    ],
)
def test_wrong_labels_are_named(labels, message):
    with pytest.raises(ValueError, match=message):
        few.choose_per_class(np.array(labels), count=2)
