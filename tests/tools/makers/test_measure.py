"""What the recorded runs are made of."""

import keras
import numpy as np
import pytest

from pixelwise import models, results, run, training
from pixelwise.data import colour
from tools.makers.measure import (
    colorization,
    experiment,
    experiments,
    resnet,
    streets,
    transfer,
)


class Linear:
    """A stand-in for a model: logits are fixed sums of pixels."""

    def __init__(self, shape):
        self.weights = np.random.default_rng(1).normal(size=(np.prod(shape), 10))

    def predict(self, images, batch_size, verbose):
        return images.reshape(len(images), -1) @ self.weights


def moved(images, rows, columns):
    """Move pictures by whole pixels; the edge is filled by mirroring."""
    height, width = images.shape[1:3]
    above = np.abs(np.arange(height) + rows)
    left = np.abs(np.arange(width) + columns)
    above = np.where(above > height - 1, 2 * (height - 1) - above, above)
    left = np.where(left > width - 1, 2 * (width - 1) - left, left)
    return images[:, above][:, :, left]


@pytest.mark.parametrize("views", [1, 2, 6])
def test_views_of_a_picture_are_averaged_with_their_weights(views):
    images = np.random.default_rng(0).integers(0, 256, (200, 5, 7, 3)).astype(float)
    model = Linear(images.shape[1:])
    weighted = [(images, 1.0), (images[:, :, ::-1], 1.0)][:views]
    if views == 6:
        for step in (-1, 1):
            shifted = moved(images, step, step)
            weighted += [(shifted, 0.5), (shifted[:, :, ::-1], 0.5)]
    logits = sum(share * model.predict(view, 500, 0) for view, share in weighted)
    labels = logits.argmax(axis=1)
    assert experiment.accuracy(model, images, labels, views) == 1.0
    other = 1 if views != 1 else 2
    assert experiment.accuracy(model, images, labels, other) < 0.95


def test_halved_pictures_are_means_of_two_by_two():
    images = np.arange(2 * 4 * 6 * 1, dtype="uint8").reshape(2, 4, 6, 1)
    part = images, np.array([0, 1])
    halved = resnet.halved(experiment.Pictures(part, part, part)).train[0]
    assert halved.shape == (2, 2, 3, 1)
    corner = np.mean(
        [images[1, 2, 4], images[1, 2, 5], images[1, 3, 4], images[1, 3, 5]]
    )
    assert halved[1, 1, 2, 0] == np.round(corner)


def test_the_whole_is_the_training_and_the_validation_pictures():
    parts = [(np.full((n, 2, 2, 3), n), np.full(n, n)) for n in (3, 2, 4)]
    whole = resnet.whole(experiment.Pictures(*parts))
    assert whole.train[0][:, 0, 0, 0].tolist() == whole.train[1].tolist()
    assert whole.train[1].tolist() == [3, 3, 3, 2, 2]
    assert whole.validation is None
    assert whole.test is parts[2]


def test_the_search_has_the_published_rows():
    assert len(resnet.PUBLISHED) == 11
    assert max(resnet.PUBLISHED, key=resnet.PUBLISHED.get) == "Adam 0.0001/16/15"
    assert len({row for row in resnet.SEARCH if row[0] == "SGD"}) == 3


def test_each_step_of_the_recipe_changes_the_training_before_it():
    names = [e.model for e in resnet.steps() if e.seed == 0]
    assert [int(name.split()[1][:-1]) for name in names] == list(range(10))
    kinds = [type(resnet.recipe_optimizer(n, 10)).__name__ for n in range(8)]
    assert kinds == ["Adam"] * 6 + ["Muon"] * 2
    assert resnet.recipe_optimizer(7, 10).use_ema
    assert not resnet.recipe_optimizer(6, 10).use_ema


class Said:
    """A stand-in for a segmenter: each picture's first channel is its category."""

    def predict(self, images, batch_size, verbose):
        return np.eye(streets.NUM_CLASSES)[images[..., 0]]


def test_segmenters_are_measured_on_pictures_and_mirrored_ones():
    generator = np.random.default_rng(2)
    masks = generator.integers(0, 7, (3, 16, 16)).astype("uint8")
    images = masks[..., None].copy()
    images[0, :8] = (images[0, :8] + 1) % 7
    masks[1, :4] = 255
    once, twice = (streets.segmentation(Said(), images, masks, n) for n in (1, 2))
    wrong = 8 * 16 / (3 * 256 - 4 * 16)
    assert once["pixel_accuracy"] == pytest.approx(1 - wrong)
    assert once == twice  # the stand-in says the same of the mirrored picture
    assert {"mean_iou", "weighted_iou", "near_accuracy", "human_iou"} <= set(once)


@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_accuracy_on_kept_maps_is_that_of_the_whole_model(
    policy, tmp_path, monkeypatch
):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    generator = np.random.default_rng(3)
    images = generator.integers(0, 256, (40, 32, 32, 3), dtype="uint8")
    keras.utils.set_random_seed(3)
    keras.config.set_dtype_policy(policy)
    try:
        model = models.build_transfer(backbone=transfer.BACKBONE, enlarge=2, units=())
        logits = model.predict(images, verbose=0)
        by_whole = logits.argmax(axis=1)
        found = transfer.kept_accuracy(model, images, by_whole, 1)
        again = transfer.kept_accuracy(model, images, by_whole, 1)
    finally:
        keras.config.set_dtype_policy("float32")
    assert found["accuracy"] >= 0.95  # a tie may fall either way
    assert again == found
    assert len(list(tmp_path.rglob("*.npz"))) == 1


@pytest.mark.parametrize("kind", ["FCN-8s", "better FCN"])
def test_what_is_trained_on_kept_maps_is_the_model_that_is_tested(kind, monkeypatch):
    masks = np.zeros((2, 64, 64), "uint8")
    masks[:, 32:] = 4
    images = np.repeat(masks[..., None] * 60, 3, axis=-1)
    keras.utils.set_random_seed(0)
    pictures = experiment.Pictures((images, masks), None, (images, masks))
    monkeypatch.setattr(streets, "load_pictures", lambda *_: pictures)
    streets.kept_maps.cache_clear()
    planned = streets.planned("06_better_fcn", kind, 0, 1, None, size=64)
    model, done, details = streets.on_kept_maps(kind, planned, pictures)
    streets.kept_maps.cache_clear()
    losses = done.history["loss"]
    of_the_whole = float(streets.CROSS_ENTROPY(masks, model(images)))
    assert of_the_whole == pytest.approx(losses[-1], abs=0.02)
    assert losses[0] - losses[-1] > 0.03
    assert details["trained_weights"] > 0


@pytest.mark.parametrize("chapter", [*experiment.OF_PAIRS, experiment.DRAWN_STREETS])
def test_guesses_are_measured_as_a_network_is(chapter, tmp_path, monkeypatch):
    masks = np.array([[[0, 0], [1, 1]], [[0, 1], [0, 1]], [[0, 1], [4, 1]]], "uint8")
    test = np.array([[[0, 1], [4, 255]]], "uint8")
    parts = [(np.zeros((*m.shape, 3), "uint8"), m) for m in (masks, test, test)]
    pictures = experiment.Pictures(*parts)
    monkeypatch.setattr(experiment, "load_pictures", lambda *_: pictures)
    monkeypatch.setattr(experiment, "RECORDED", tmp_path)
    for guess in streets.guesses():
        if guess.chapter == chapter:
            experiment.measure(guess)
            assert guess.done()
    everywhere, by_position = results.read(tmp_path / f"{chapter}.jsonl")
    # Category 1 has 6 of the 12 pixels; the places have mostly 0, 1, one each, 1.
    assert everywhere["model"] == "most frequent category"
    assert everywhere["metrics"]["test_pixel_accuracy"] == pytest.approx(1 / 3)
    assert everywhere["metrics"]["test_mean_iou"] == pytest.approx(1 / 3 / 3)
    assert by_position["model"] == "most frequent category per position"
    assert by_position["metrics"]["test_pixel_accuracy"] == pytest.approx(2 / 3)
    assert {e["parameters"] for e in (everywhere, by_position)} == {0}


@pytest.mark.parametrize(("rows", "expected"), [(1, "measured"), (2, "bfloat16")])
def test_a_guess_says_nothing_on_the_precision(rows, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(experiment, "RECORDED", tmp_path)
    monkeypatch.setattr(run, "choose_precision", lambda: "measured")
    race = next(e for e in streets.races(experiment.DRAWN_STREETS))
    fixed = {
        "chapter": race.chapter,
        "model": "any",
        "seed": 0,
        "data": race.data,
        "profile": "recorded",
        "metrics": {},
        "parameters": 0,
        "seconds": 0.0,
        "device": results.device_name(),
    }
    for precision, epochs in [("float32", 0), ("bfloat16", 2.5)][:rows]:
        kept = fixed | {"precision": precision, "epochs": epochs}
        results.append(race.ledger, kept)
    assert experiment.precision(race) == expected


def test_weights_are_the_median_frequency_over_the_own():
    masks = np.full((2, 2, 4), 255, "uint8")
    masks[0] = [[0, 0, 0, 1], [0, 0, 0, 1]]  # 6 of 8, 2 of 8
    masks[1, 0] = [0, 0, 2, 2]  # of 12 known pixels 0 has 8, of 4 known 2 has 2
    weights = streets.median_frequency(masks)
    expected = [0.5 / (8 / 12), 0.5 / (2 / 8), 1.0, 0, 0, 0, 0]
    np.testing.assert_allclose(weights[:7], expected, rtol=1e-6)
    assert not weights[7:].any()


def test_dice_loss_is_that_of_milletari_without_void():
    truth = np.array([[[0, 1], [1, 255]]], "uint8")
    said = np.full((1, 2, 2, streets.NUM_CLASSES), 1e-9)
    said[..., 0], said[..., 1] = 0.25, 0.75
    said /= said.sum(axis=-1, keepdims=True)
    first = 2 * 0.25 / (3 * 0.25**2 + 1)
    second = 2 * 1.5 / (3 * 0.75**2 + 2)
    found = float(streets.dice_loss(truth, np.log(said).astype("float32")))
    assert found == pytest.approx(1 - (first + second) / 2, abs=1e-5)


def small_training():
    """Return a compiled model of a single layer, and its batches."""
    pixels = keras.Input((4, 4, 1))
    model = keras.Model(pixels, keras.layers.Conv2D(2, 1)(pixels))
    model.compile(keras.optimizers.SGD(0.1), "mse")
    images = np.random.default_rng(6).normal(size=(8, 4, 4, 2)).astype("float32")
    return model, training.Batches(images[..., :1], images, batch_size=4)


@pytest.mark.parametrize(("folder", "files"), [("both", 1), (None, 2)])
def test_chapters_share_a_training_in_one_folder(folder, files, tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    weights = []
    for chapter in ("05_fcn", "06_better_fcn"):
        run = experiment.Experiment(
            chapter, f"net of {chapter}", 2, 0, None, trained_as="The net, 1.5"
        )
        model, batches = small_training()
        done = experiment.fit(run, model, batches, 1, folder=folder)
        assert done.epoch == 1 and list(done.history) == ["loss"]
        weights.append(model.get_weights()[0])
    assert np.array_equal(*weights) == (files == 1)
    kept = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.h5"))
    chapters = [folder] if folder else ["05_fcn", "06_better_fcn"]
    assert [path.parts[:2] for path in kept] == [("measured", c) for c in chapters]
    assert all(path.name.startswith("the-net-1.5-2-") for path in kept)


def test_a_fit_measures_the_validation_pictures_it_is_given(tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    model, batches = small_training()
    run = experiment.Experiment("01_mlp", "net", 0, 0, None)
    done = experiment.fit(run, model, batches, 2, (batches.images, batches.labels))
    assert len(done.history["val_loss"]) == 2


@pytest.mark.parametrize("score", [None, lambda: 0.25])
def test_a_fit_for_no_time_ends_after_the_first_round_that_counts(score):
    model, batches = small_training()
    before = model.get_weights()[0]
    clock = experiment.fit_for(1e-9, model, batches, 0.1, score)
    assert clock.steps == 10 and len(clock.history["loss"]) == 1
    assert [found for _, found in clock.scores] == ([0.25] if score else [])
    assert (model.get_weights()[0] != before).all()


def test_each_run_has_a_name_of_its_own():
    names = [(e.chapter, e.model, e.seed) for e in experiments()]
    assert len(set(names)) == len(names)


def photos(count=6, seed=5):
    """Return pictures of a few large patches, uint8 (count, 32, 32, 3)."""
    generator = np.random.default_rng(seed)
    patches = generator.integers(40, 216, (count, 4, 4, 3), dtype="uint8")
    return patches.repeat(8, axis=1).repeat(8, axis=2)


@pytest.fixture
def split():
    parts = [(photos(seed=seed), None) for seed in (1, 2, 3)]
    return colorization.split_photos(experiment.Pictures(*parts))


def test_colorizers_are_measured_on_the_photos_themselves(split):
    light, chroma = split.test
    views = [np.concatenate([all_, all_[:, :, ::-1]]) for all_ in (light, chroma)]

    class Truth:
        def predict_on_batch(self, part):
            (place,) = np.flatnonzero((views[0] == part[:1]).all(axis=(1, 2, 3)))
            return views[1][place : place + len(part)]

    found = colorization.colours(Truth(), light, chroma)
    assert found.pop("ciede2000_mirrored") == 0
    assert found.pop("contrast") == pytest.approx(1)
    assert found.pop("sharpness") == pytest.approx(1)
    assert found.pop("colourfulness") > 5
    assert found == {"ciede2000": 0, "ciede2000_p95": 0}  # an endless PSNR is left out


def test_baselines_say_one_colour(split):
    run = experiment.Experiment("08_colorization", "mean colour", 0, 0, None)
    for name, expected in (
        ("grey", (0, 0)),
        ("mean colour", split.train[1].mean(axis=(0, 1, 2))),
    ):
        model, trained, _ = colorization.baseline(name, run, split)
        said = model.predict_on_batch(split.test[0])
        np.testing.assert_allclose(said, np.broadcast_to(expected, said.shape))
        assert trained.epoch == trained.seconds == 0


def test_both_views_are_painted_by_their_mean(split):
    light, _ = split.test

    class Sided:
        """Says a of 0.2 at the left of what it is shown, and 0 at the right."""

        def predict_on_batch(self, part):
            chroma = np.zeros((*part.shape[:3], 2), "float32")
            chroma[:, :, : part.shape[2] // 2, 0] = 0.2
            return chroma

    once = colorization.say(Sided(), light, mirror=False)
    both = colorization.say(Sided(), light, mirror=True)
    assert set(np.unique(once[..., 0])) == {0, np.float32(0.2)}
    np.testing.assert_allclose(both[..., 0], 0.1)
    painted = colorization.paint(Sided(), light, mirror=True)
    np.testing.assert_array_equal(painted, colour.join_chroma(light, both))


def test_what_is_tested_was_trained_on_all_but_the_test_photos():
    parts = [(photos(seed=seed), np.zeros(6)) for seed in (1, 2, 3)]
    pictures = experiment.Pictures(*parts)
    for planned in colorization.experiments():
        prepared = planned.prepare(pictures)
        assert len(prepared.train[0]) == (12 if planned.tested else 6)
        assert (prepared.validation is None) == planned.tested
        np.testing.assert_array_equal(
            prepared.test[0], colour.split_lightness(parts[2][0])[0]
        )


def test_bins_are_weighted_as_the_paper_says():
    labels = np.array([[[0, 0], [0, 1]]], "uint8")
    centres = np.float32([[0, 0], [1, 1]])  # too far apart to be smoothed
    said = np.random.default_rng(0).normal(size=(1, 2, 2, 2)).astype("float32")
    loss = colorization.bins_loss(labels, centres, rebalanced=True)
    weights = 1 / np.array([0.5 * 0.75 + 0.25, 0.5 * 0.25 + 0.25])
    weights /= np.sum([0.75, 0.25] * weights)
    shares = np.exp(said) / np.exp(said).sum(axis=-1, keepdims=True)
    each = -np.log(np.take_along_axis(shares, labels[..., None].astype(int), -1))
    expected = np.mean(weights[labels] * each[..., 0])
    assert float(loss(labels, said)) == pytest.approx(expected, rel=1e-5)


def test_no_training_of_chapter_8_is_longer_than_eight_minutes():
    assert colorization.SECONDS < 8 * 60
    runs = {(e.chapter, e.model, e.seed) for e in colorization.experiments()}
    for seed in experiment.SEEDS:
        for name in colorization.SKIPS:
            assert ("08_colorization", name, seed) in runs
            assert ("08_colorization", f"published recipe: {name}", seed) in runs
            assert ("08_colorization_cifar10", name, seed) in runs
