"""Chapter 8: the colorizer with and without skips, on bins, and on CIFAR-10."""

import functools

import keras
import numpy as np

from pixelwise import models, training
from pixelwise.data import colour, colour_bins
from pixelwise.metrics import colour as colour_metrics
from pixelwise.training.pair_augmentation import flip
from tools.makers.measure.experiment import (
    COLORIZATION,
    SEEDS,
    UNTRAINED,
    Experiment,
    Pictures,
    fit,
    fit_for,
)
from tools.makers.measure.resnet import whole

CIFAR10 = "08_colorization_cifar10"  # a ledger of its own, since its data are others
WIDTH = 16  # what two cores train in minutes
BATCH, CIFAR10_BATCH = 8, 64
PEAK = 1e-3
SECONDS, CIFAR10_SECONDS = 400, 120  # after that the validation photos gain nothing
ON_THE_WAY = "on the way: "  # begins the names of runs that are validated
SKIPS = {"with skips": True, "without skips": False}
LOSSES = {"absolute": "mean_absolute_error", "squared": "mean_squared_error"}


def split_photos(pictures: Pictures) -> Pictures:
    """Return (lightness, chroma) of each part in place of photos and masks."""
    parts = (pictures.train, pictures.validation, pictures.test)
    return Pictures(*(part and colour.split_lightness(part[0]) for part in parts))


def split_all_photos(pictures: Pictures) -> Pictures:
    """Return the same, with those for validation among those to train on."""
    return split_photos(whole(pictures))


def say(model, lightness, mirror: bool) -> np.ndarray:
    """Return what a network says of pictures, or of them and the mirrored ones."""
    said = model.predict_on_batch(lightness)
    if not mirror:
        return said
    return (said + model.predict_on_batch(lightness[:, :, ::-1])[:, :, ::-1]) / 2


def paint(model, lightness, mirror: bool = False) -> np.ndarray:
    """Return painted pictures, uint8 (n, h, w, 3); bins are read at T = 0.38.

    With `mirror` they are painted by the mean of what is said of both views.
    """
    decode, painted = getattr(model, "decode", np.asarray), []
    for first in range(0, len(lightness), 32):  # logits of all would be too large
        part = lightness[first : first + 32]
        chroma = decode(say(model, part, mirror))
        painted.append(colour.join_chroma(part, np.clip(chroma, -1, 1)))
    return np.concatenate(painted)


def measures(truth: np.ndarray, guess: np.ndarray) -> dict[str, float]:
    """Return the measures of painted pictures by name, those that are defined."""
    differences = colour_metrics.ciede2000(truth, guess)
    contrast, sharpness = colour_metrics.chroma_edges(truth, guess)
    found = {
        "psnr": colour_metrics.psnr(truth, guess),
        "ciede2000": differences.mean(dtype="float64"),
        "ciede2000_p95": np.quantile(differences, 0.95),
        "colourfulness": colour_metrics.colourfulness(guess).mean(),
        "contrast": contrast,
        "sharpness": sharpness,
    }
    return {name: float(value) for name, value in found.items() if np.isfinite(value)}


def colours(model, lightness, chroma, views: int = 1) -> dict[str, float]:
    """Return the measures of what a model paints, and the mean of two views' paint."""
    truth = colour.join_chroma(lightness, chroma)
    found = measures(truth, paint(model, lightness))
    both = colour_metrics.ciede2000(truth, paint(model, lightness, mirror=True))
    return found | {"ciede2000_mirrored": float(both.mean(dtype="float64"))}


def mean_difference(model, validation) -> float:
    """Return the mean CIEDE2000 on the validation pictures."""
    lightness, chroma = validation
    truth = colour.join_chroma(lightness, chroma)
    guess = paint(model, lightness)
    return float(colour_metrics.ciede2000(truth, guess).mean(dtype="float64"))


def baseline(name, experiment, pictures):
    """Return a network that says one colour everywhere: grey, or the mean."""
    lightness, chroma = pictures.train
    pixels = keras.Input(lightness.shape[1:])
    layer = keras.layers.Conv2D(2, 1, kernel_initializer="zeros", dtype="float32")
    model = keras.Model(pixels, layer(pixels))
    if name == "mean colour":
        layer.bias.assign(chroma.mean(axis=(0, 1, 2)))
    return model, UNTRAINED, {}


def timed(
    experiment, pictures, skips=True, loss="absolute", seconds=SECONDS, batch=BATCH
):
    """Train a colorizer for so many seconds; scores on the way are validation's."""
    lightness, chroma = pictures.train
    model = models.build_colorizer(lightness.shape[1:], WIDTH, skips, batch_norm=True)
    batches = training.Batches(lightness, chroma, batch, experiment.seed, flip)
    return race_one(model, batches, pictures, seconds, LOSSES[loss])


def binned(rebalanced, experiment, pictures):
    """Train a colorizer on bins for as many seconds."""
    lightness, chroma = pictures.train
    centres = colour_bins.centres_of(chroma)
    labels = colour_bins.nearest(chroma, centres)
    model = models.build_colorizer(
        lightness.shape[1:], WIDTH, batch_norm=True, num_bins=len(centres)
    )
    model.decode = functools.partial(colour_bins.annealed_mean, centres=centres)
    batches = training.Batches(lightness, labels, BATCH, experiment.seed, flip)
    loss = bins_loss(labels, centres, rebalanced)
    model, clock, details = race_one(model, batches, pictures, SECONDS, loss)
    return model, clock, details | {"bins": len(centres)}


def bins_loss(labels: np.ndarray, centres: np.ndarray, rebalanced: bool):
    """Return the cross-entropy of bins, each with its weight if they are rebalanced."""
    if not rebalanced:
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    counts = np.bincount(labels.ravel(), minlength=len(centres))
    shares = colour_bins.smooth(counts / counts.sum(), centres)
    weights = colour_bins.rebalance(shares)

    def weighted_cross_entropy(truth, logits):
        truth = keras.ops.cast(truth, "int32")
        each = keras.ops.sparse_categorical_crossentropy(
            truth, logits, from_logits=True
        )
        return keras.ops.mean(keras.ops.take(weights, truth) * each)

    return weighted_cross_entropy


def race_one(model, batches, pictures, seconds, loss):
    """Train a model for so many seconds by the chapter's recipe."""
    score = functools.partial(mean_difference, model, pictures.validation)
    model.compile(keras.optimizers.AdamW(PEAK, weight_decay=0.05), loss)
    clock = fit_for(
        seconds, model, batches, PEAK, score if pictures.validation else None
    )
    return model, clock, {"scores": clock.scores, "steps": clock.steps}


def published(skips, experiment, pictures, epochs=5):
    """Train for 5 epochs with Adam at 1e-4, without batch norm."""
    lightness, chroma = pictures.train
    model = models.build_colorizer(lightness.shape[1:], WIDTH, skips)
    model.compile(keras.optimizers.Adam(1e-4), LOSSES["absolute"])
    batches = training.Batches(lightness, chroma, BATCH, experiment.seed)
    return model, fit(experiment, model, batches, epochs), {}


def planned(
    model,
    seed,
    minutes,
    train,
    chapter=COLORIZATION,
    prepare=split_all_photos,
    **others,
) -> Experiment:
    """Return a run that is measured as a colorizer."""
    return Experiment(
        chapter, model, seed, minutes, train, prepare=prepare, scores=colours, **others
    )


def experiments() -> list[Experiment]:
    """Return chapter 8's runs, in the order in which they are done."""
    first = [*guesses(COLORIZATION), *skips(), *as_published(), *bins()]
    return [*first, *on_the_way(), *on_cifar10()]


def guesses(chapter: str) -> list[Experiment]:
    """Return the two baselines, which take no training."""
    return [
        planned(name, 0, 0.2, functools.partial(baseline, name), chapter)
        for name in ("grey", "mean colour")
    ]


def skips() -> list[Experiment]:
    """Return the comparison of the chapter: with and without skips, equal time.

    Like all that are tested, they train on the validation photos, too: the recipe was
    chosen before, by the runs on the way.
    """
    return [
        planned(name, seed, SECONDS / 60 + 1, functools.partial(timed, skips=joined))
        for seed in SEEDS
        for name, joined in SKIPS.items()
    ]


def on_the_way() -> list[Experiment]:
    """Return the same on the training photos alone, with validation on the way."""
    return [
        planned(
            f"{ON_THE_WAY}{name}",
            seed,
            SECONDS / 60 + 1,
            functools.partial(timed, skips=joined),
            prepare=split_photos,
            tested=False,
        )
        for seed in SEEDS
        for name, joined in SKIPS.items()
    ]


def as_published() -> list[Experiment]:
    """Return the published recipe, five epochs of each."""
    return [
        planned(
            f"published recipe: {name}", seed, 1, functools.partial(published, joined)
        )
        for seed in SEEDS
        for name, joined in SKIPS.items()
    ]


def bins() -> list[Experiment]:
    """Return what is put beside regression: its other loss, and bins."""
    squared = functools.partial(timed, loss="squared")
    kinds = {
        "squared error": squared,
        "bins": functools.partial(binned, False),
        "bins, rebalanced": functools.partial(binned, True),
    }
    return [
        planned(name, seed, SECONDS / 60 + 1, train)
        for seed in SEEDS
        for name, train in kinds.items()
    ]


def on_cifar10() -> list[Experiment]:
    """Return both networks on CIFAR-10, and what they have to beat."""
    settings = {"seconds": CIFAR10_SECONDS, "batch": CIFAR10_BATCH}
    trained = [
        planned(
            name,
            seed,
            CIFAR10_SECONDS / 60 + 1,
            functools.partial(timed, skips=joined, **settings),
            CIFAR10,
        )
        for seed in SEEDS
        for name, joined in SKIPS.items()
    ]
    return [*guesses(CIFAR10), *trained]
