"""Chapter 1: the published MLPs, what their parts do, and the random search."""

import functools

import keras
import numpy as np

from pixelwise import models, results, training
from tools.makers.measure.experiment import (
    RECORDED,
    SEEDS,
    Experiment,
    Pictures,
    channel_statistics,
    cross_entropy,
    fit,
    published,
)

TRIALS = 12
TRIAL_EPOCHS = 4


def shuffle_pixels(pictures: Pictures) -> Pictures:
    """Return pictures whose pixels are all moved by one fixed permutation."""
    permutation = np.random.default_rng(7).permutation(32 * 32)

    def shuffle(images, labels):
        pixels = images.reshape(len(images), 32 * 32, 3)
        return pixels[:, permutation].reshape(images.shape), labels

    parts = (pictures.train, pictures.validation, pictures.test)
    return Pictures(*(shuffle(*part) for part in parts))


def draw_settings(generator: np.random.Generator) -> dict:
    """Return one point of chapter 1's search space, drawn at random."""
    widths = ((256, 128, 64, 32), (512, 256, 128, 64), (1024, 512, 256, 128))
    return {
        "units": widths[generator.integers(len(widths))],
        "dropout": float(generator.choice([0.0, 0.1, 0.2, 0.4])),
        "l2": float(10 ** generator.uniform(-6, -3)),
        "learning_rate": float(10 ** generator.uniform(-2.5, -1)),
        "batch_size": int(generator.choice([32, 64, 128])),
    }


def searched(settings, epochs, experiment, pictures):
    """Train the better MLP with the settings of one trial."""
    settings = settings | {"units": tuple(settings["units"])}
    x_train = pictures.train[0]
    mean, variance = channel_statistics(x_train)
    model = models.build_better_mlp(
        units=settings["units"],
        dropout=settings["dropout"],
        l2=settings["l2"],
        preprocessing=keras.layers.Normalization(mean=mean, variance=variance),
    )
    batches = training.Batches(
        *pictures.train, batch_size=settings["batch_size"], seed=experiment.seed
    )
    schedule = training.warmup_cosine(
        settings["learning_rate"], steps=epochs * len(batches)
    )
    optimizer = keras.optimizers.SGD(schedule, momentum=0.9, nesterov=True)
    model.compile(optimizer, cross_entropy(), metrics=["accuracy"])
    resume = fit(experiment, model, batches, epochs, pictures.validation)
    return model, resume, {"settings": settings}


def trial(experiment, pictures):
    """Train trial number `experiment.seed` of the random search."""
    settings = draw_settings(np.random.default_rng([2026, experiment.seed]))
    return searched(settings, TRIAL_EPOCHS, experiment, pictures)


def plain_settings(experiment, pictures, epochs=10):
    """Train the published settings by the search's recipe: what it gains alone."""
    settings = {
        "units": models.mlp.UNITS,
        "dropout": 0.2,
        "l2": 0.0,
        "learning_rate": 0.01,
        "batch_size": 32,
    }
    return searched(settings, epochs, experiment, pictures)


def found(experiment, pictures, epochs=10):
    """Train the settings of the trial that did best on the validation pictures."""
    trials = [
        entry
        for entry in results.read(RECORDED / "01_mlp.jsonl")
        if entry["model"] == "search trial"
    ]
    best = max(trials, key=lambda entry: entry["metrics"]["validation_accuracy"])
    return searched(best["settings"], epochs, experiment, pictures)


def experiments() -> list[Experiment]:
    """Return chapter 1's runs, in the order in which they are done."""
    return [*as_published(), *parts(), *trials(), *best()]


def run_of(model, seed, minutes, train, **others) -> Experiment:
    return Experiment("01_mlp", model, seed, minutes, train, convolves=False, **others)


def as_published() -> list[Experiment]:
    mlp = functools.partial(published, models.build_mlp)
    better = functools.partial(published, models.build_better_mlp)
    listed = []
    for seed in SEEDS:
        listed.append(run_of("MLP as published", seed, 1.2, mlp))
        listed.append(run_of("better MLP as published", seed, 1.3, better))
    return listed


def parts() -> list[Experiment]:
    """Return the runs with one part of the better MLP alone, and without order."""
    norm = functools.partial(models.build_better_mlp, dropout=0.0)
    drop = functools.partial(models.build_better_mlp, batch_norm=False)
    mlp = functools.partial(published, models.build_mlp)
    listed = []
    for seed in SEEDS:
        for name, build in (("batch norm", norm), ("dropout", drop)):
            train = functools.partial(published, build)
            listed.append(run_of(f"MLP with {name}", seed, 1.3, train))
        name = "MLP, pixels shuffled"
        listed.append(run_of(name, seed, 1.2, mlp, prepare=shuffle_pixels))
    return listed


def trials() -> list[Experiment]:
    return [
        run_of("search trial", number, 0.7, trial, tested=False)
        for number in range(TRIALS)
    ]


def best() -> list[Experiment]:
    listed = []
    for seed in SEEDS:
        listed.append(run_of("MLP found by search", seed, 2, found))
        name = "better MLP, recipe of the search"
        listed.append(run_of(name, seed, 1.5, plain_settings))
    return listed
