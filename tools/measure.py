"""Train the longer runs that RESULTS.md reports, and write it from their ledgers.

usage: python -m tools.measure [--only NAME]

Needs the real CIFAR-10 (`make data`). A run that its ledger holds already is not done
again, and one that was stopped goes on from its last finished epoch.
"""

import argparse
import datetime
import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
from tqdm import tqdm

from pixelwise import metrics, models, results, run, training
from pixelwise.data import cifar10, streets
from tools import report

RECORDED = Path(run.__file__).parent / "recorded"
SEEDS = (0, 1, 2)
TRIALS = 12
TRIAL_EPOCHS = 4
TOWN = "drawn_town"


@dataclass(frozen=True)
class Experiment:
    """One run: a model trained with one seed by one recipe."""

    chapter: str
    model: str
    seed: int
    minutes: float  # on two CPU cores
    train: Callable
    prepare: Callable = lambda pictures: pictures

    @property
    def ledger(self) -> Path:
        """The file that keeps this run's result."""
        return RECORDED / f"{self.chapter}.jsonl"

    @property
    def data(self) -> str:
        """What the tables call the data of this run."""
        return "drawn town" if self.chapter == TOWN else cifar10.source().name

    def done(self) -> bool:
        """Return whether the ledger holds this run on this data."""
        wanted = (self.model, self.seed, self.data)
        return wanted in {
            (entry["model"], entry["seed"], entry["data"])
            for entry in results.read(self.ledger)
        }


@dataclass(frozen=True)
class Pictures:
    """CIFAR-10 in three disjoint parts; the last of `train` are for validation."""

    train: tuple[np.ndarray, np.ndarray]
    validation: tuple[np.ndarray, np.ndarray]
    test: tuple[np.ndarray, np.ndarray]


@functools.cache
def load_pictures(chapter: str) -> Pictures:
    """Return what a chapter's runs are measured on."""
    if chapter == TOWN:
        cache = run.data_folder() / "drawn"
        return split(*streets.objects(num_train=11_000, cache=cache), 1_000)
    return split(*cifar10.load(), 5_000)


def split(train, test, validation: int) -> Pictures:
    """Take the last pictures of `train` for validation."""
    images, labels = train
    return Pictures(
        train=(images[:-validation], labels[:-validation]),
        validation=(images[-validation:], labels[-validation:]),
        test=test,
    )


def fit(experiment, model, batches, pictures, epochs):
    """Train a compiled model, resumable, and return its `Resume`."""
    name = f"{experiment.model} {experiment.seed}".replace(" ", "-").replace(",", "")
    folder = run.runs_folder() / "measured" / experiment.chapter
    resume = training.Resume(folder / name, model, batches, epochs)
    model.fit(
        batches,
        validation_data=pictures.validation,
        validation_batch_size=500,
        epochs=epochs,
        initial_epoch=resume.epoch,
        callbacks=[resume],
        verbose=2,
    )
    return resume


def cross_entropy(smoothing: float = 0.0) -> keras.losses.Loss:
    if smoothing:
        return keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=smoothing
        )
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def shuffle_pixels(pictures: Pictures) -> Pictures:
    """Return pictures whose pixels are all moved by one fixed permutation."""
    permutation = np.random.default_rng(7).permutation(32 * 32)

    def shuffle(images, labels):
        pixels = images.reshape(len(images), 32 * 32, 3)
        return pixels[:, permutation].reshape(images.shape), labels

    parts = (pictures.train, pictures.validation, pictures.test)
    return Pictures(*(shuffle(*part) for part in parts))


def published(build, experiment, pictures, epochs=10):
    """Train by the published recipe: SGD 0.01, momentum 0.9, batches of 32."""
    model = build()
    optimizer = keras.optimizers.SGD(learning_rate=0.01, momentum=0.9)
    model.compile(optimizer, cross_entropy(), metrics=["accuracy"])
    batches = training.Batches(*pictures.train, batch_size=32, seed=experiment.seed)
    return model, fit(experiment, model, batches, pictures, epochs), {}


def linear(experiment, pictures, epochs=20):
    """Train one linear layer on standardised pixels: logistic regression."""
    mean, variance = channel_statistics(pictures.train[0])
    standardise = keras.layers.Normalization(mean=mean, variance=variance)
    model = models.build_mlp(units=(), preprocessing=standardise)
    model.compile(keras.optimizers.Adam(3e-4), cross_entropy(), metrics=["accuracy"])
    batches = training.Batches(*pictures.train, batch_size=64, seed=experiment.seed)
    return model, fit(experiment, model, batches, pictures, epochs), {}


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
    resume = fit(experiment, model, batches, pictures, epochs)
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


def channel_statistics(images: np.ndarray) -> tuple[list[float], list[float]]:
    """Return mean and variance of each channel, in grey levels, as plain numbers."""
    mean, variance = images.mean((0, 1, 2)), images.var((0, 1, 2))
    return mean.round(2).tolist(), variance.round(2).tolist()


def better_cnn(experiment, pictures, epochs=9):
    """Train chapter 2's network by chapter 2's recipe."""
    mean, variance = channel_statistics(pictures.train[0])
    model = models.build_cnn(
        preprocessing=keras.layers.Normalization(mean=mean, variance=variance)
    )
    batches = training.Batches(
        *pictures.train,
        batch_size=128,
        seed=experiment.seed,
        augment=training.flip_and_shift,
    )
    schedule = training.warmup_cosine(1.5e-3, steps=epochs * len(batches))
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=0.05, beta_2=0.97)
    model.compile(optimizer, cross_entropy(), metrics=["accuracy"])
    return model, fit(experiment, model, batches, pictures, epochs), {}


def experiments() -> list[Experiment]:
    """Return every run, in the order in which they are done."""
    mlp = functools.partial(published, models.build_mlp)
    better_mlp = functools.partial(published, models.build_better_mlp)
    cnn = functools.partial(published, models.build_cnn, epochs=9)
    listed = []
    for seed in SEEDS:
        listed += [
            Experiment("01_mlp", "MLP as published", seed, 1.2, mlp),
            Experiment("01_mlp", "better MLP as published", seed, 1.3, better_mlp),
        ]
    norm = functools.partial(models.build_better_mlp, dropout=0.0)
    drop = functools.partial(models.build_better_mlp, batch_norm=False)
    for seed in SEEDS:
        for name, build in (("batch norm", norm), ("dropout", drop)):
            train = functools.partial(published, build)
            listed.append(Experiment("01_mlp", f"MLP with {name}", seed, 1.3, train))
        name = "MLP, pixels shuffled"
        listed.append(Experiment("01_mlp", name, seed, 1.2, mlp, shuffle_pixels))
    listed += [
        Experiment("01_mlp", "search trial", n, 0.7, trial) for n in range(TRIALS)
    ]
    name = "better MLP, recipe of the search"
    for seed in SEEDS:
        listed.append(Experiment("01_mlp", "MLP found by search", seed, 2, found))
        listed.append(Experiment("01_mlp", name, seed, 1.5, plain_settings))
    listed.append(Experiment("02_cnn", "CNN, published recipe", 0, 12, cnn))
    for seed in SEEDS:
        listed.append(Experiment("02_cnn", "CNN, better recipe", seed, 12, better_cnn))
    quick_cnn = functools.partial(better_cnn, epochs=8)
    for seed in SEEDS:
        listed += [
            Experiment(TOWN, "logistic regression", seed, 0.2, linear),
            Experiment(TOWN, "MLP as published", seed, 0.3, mlp),
            Experiment(TOWN, "CNN, better recipe", seed, 2.2, quick_cnn),
        ]
    return listed


def measure(experiment: Experiment) -> None:
    """Do one run and add it to its ledger; the test set is read here, once."""
    convolves = "CNN" in experiment.model
    policy = training.choose_precision() if convolves else "float32"
    keras.config.set_dtype_policy(policy)
    keras.utils.set_random_seed(experiment.seed)
    pictures = experiment.prepare(load_pictures(experiment.chapter))
    model, resume, details = experiment.train(experiment, pictures)
    values = {"validation_accuracy": resume.history["val_accuracy"][-1]}
    if experiment.model != "search trial":
        logits = model.predict(pictures.test[0], batch_size=500, verbose=0)
        guesses = logits.argmax(axis=-1)
        values["test_accuracy"] = metrics.accuracy(pictures.test[1], guesses)
    chapter = run.Run(experiment.chapter, "recorded", experiment.data, None)
    results.record(
        chapter, experiment.model, model, values, resume,
        ledger=experiment.ledger,
        seed=experiment.seed, history=resume.history,
        precision=policy, **details,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="a part of the runs' names")
    arguments = parser.parse_args()
    run_all(arguments.only)
    print(f"written: {report.write()} and {report.write_readme()}")


def run_all(only: str) -> None:
    """Do every run that is missing, behind one bar, with the minutes told first."""
    if not cifar10.source().is_real:
        sys.exit(f"CIFAR-10 is not in {run.data_folder()}: `make data` puts it there.")
    chosen = [e for e in experiments() if only in f"{e.chapter}: {e.model}"]
    open_runs = [e for e in chosen if not e.done()]
    minutes = sum(experiment.minutes for experiment in open_runs)
    end = datetime.datetime.now() + datetime.timedelta(minutes=minutes)
    print(f"{len(open_runs)} runs, about {minutes:.0f} min on two cores: {end:%H:%M}")
    bar = tqdm(open_runs, unit="run")
    for experiment in bar:
        bar.set_description(f"{experiment.model}, seed {experiment.seed}")
        measure(experiment)


if __name__ == "__main__":
    main()
