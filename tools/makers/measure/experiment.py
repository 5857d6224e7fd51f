"""What one measured run is: its pictures, its training, its line in a ledger."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np

from pixelwise import metrics, results, run, training
from pixelwise.data import cifar10, cityscapes, drawn, streets

RECORDED = Path(results.__file__).parent / "recorded"
SEEDS = (0, 1, 2)
TOWN = "drawn_town"
DRAWN_STREETS = "drawn_streets"
OF_PAIRS = ("05_fcn", "06_better_fcn", "07_unet")  # measured on street pairs
COLORIZATION = "08_colorization"  # measured on their photos
# What stands for the training of a guess, in place of a `Resume`.
UNTRAINED = SimpleNamespace(epoch=0, seconds=0.0, history={})


@dataclass(frozen=True)
class Experiment:
    """One run: a model trained with one seed by one recipe."""

    chapter: str
    model: str
    seed: int
    minutes: float  # on two CPU cores
    train: Callable
    prepare: Callable = lambda pictures: pictures
    convolves: bool = True  # then 16 bits are used where they are faster
    tested: bool = True  # else only the validation pictures are read
    trained_as: str = ""  # the model whose training this one shares, if any
    views: int = 1  # of each picture, whose logits are averaged: 1, 2 or 6
    scores: Callable | None = None  # of a part; by default its accuracy alone
    size: int = 128  # pixels of a street's side

    @property
    def ledger(self) -> Path:
        """The file that keeps this run's result."""
        return RECORDED / f"{self.chapter}.jsonl"

    @property
    def data(self) -> str:
        """What the tables call the data of this run."""
        if self.chapter in (*OF_PAIRS, COLORIZATION):
            return streets.source().name
        drawn = {TOWN: "drawn town", DRAWN_STREETS: "drawn streets"}
        return drawn.get(self.chapter) or cifar10.source().name

    def done(self) -> bool:
        """Return whether the ledger holds this run on this data."""
        wanted = (self.model, self.seed, self.data)
        return wanted in {
            (entry["model"], entry["seed"], entry["data"])
            for entry in results.read(self.ledger)
        }


@dataclass(frozen=True)
class Pictures:
    """Pictures in three disjoint parts, or in two: then nothing is validated."""

    train: tuple[np.ndarray, np.ndarray]
    validation: tuple[np.ndarray, np.ndarray] | None
    test: tuple[np.ndarray, np.ndarray]


@functools.cache
def load_pictures(chapter: str, size: int) -> Pictures:
    """Return what a chapter's runs are measured on."""
    if chapter == TOWN:
        folder = run.data_folder() / "drawn"
        return split(*drawn.objects(11_000, 2_000, folder), 1_000)
    if chapter in (*OF_PAIRS, COLORIZATION):
        return Pictures(*(streets.load(part, size) for part in streets.SPLITS))
    if chapter == DRAWN_STREETS:
        return Pictures(*(draw_pairs(part) for part in cityscapes.DRAWN))
    return split(*cifar10.load(), 5_000)


def draw_pairs(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Return (images, masks) of a part of the drawn streets, whatever is in `data`."""
    return cityscapes.load_folder(cityscapes.draw(part, None))


def split(train, test, validation: int) -> Pictures:
    """Take the last pictures of `train` for validation."""
    images, labels = train
    return Pictures(
        train=(images[:-validation], labels[:-validation]),
        validation=(images[-validation:], labels[-validation:]),
        test=test,
    )


def measure(experiment: Experiment) -> None:
    """Do one run and add it to its ledger; the test set is read here, once."""
    policy = precision(experiment)
    keras.config.set_dtype_policy(policy)
    keras.utils.set_random_seed(experiment.seed)
    pictures = experiment.prepare(load_pictures(experiment.chapter, experiment.size))
    model, resume, details = experiment.train(experiment, pictures)
    parts = {}
    if pictures.validation:
        parts["validation"] = pictures.validation
    if experiment.tested:
        parts["test"] = pictures.test
    scores = experiment.scores or accuracy_alone
    values = {
        f"{name}_{measure}": value
        for name, part in parts.items()
        for measure, value in scores(model, *part, experiment.views).items()
    }
    chapter = run.Run(experiment.chapter, "recorded", experiment.data, None)
    results.record(
        chapter,
        experiment.model,
        model,
        values,
        resume,
        ledger=experiment.ledger,
        seed=experiment.seed,
        history=resume.history,
        precision=policy,
        **details,
    )


def precision(experiment: Experiment) -> str:
    """Return the policy that the ledger's runs had on this device, else a measured one.

    Rows that are compared must not differ in it because the machine was busy. What was
    not trained, such as a guess, says nothing on it.
    """
    if not experiment.convolves:
        return "float32"
    here = experiment.data, results.device_name()
    used = {
        entry["precision"]
        for entry in results.read(experiment.ledger)
        if (entry["data"], entry["device"]) == here and entry["epochs"]
    }
    return used.pop() if len(used) == 1 else run.choose_precision()


def accuracy_alone(model, images, labels, views: int = 1) -> dict[str, float]:
    """Return a classifier's accuracy by name."""
    return {"accuracy": accuracy(model, images, labels, views)}


def accuracy(model, images, labels, views: int = 1) -> float:
    """Return the share of pictures that the model names rightly."""
    logits = mirrored_logits(model, images, views >= 2)
    if views == 6:
        padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="reflect")
        for moved in (padded[:, :-2, :-2], padded[:, 2:, 2:]):
            logits = logits + mirrored_logits(model, moved, mirror=True) / 2
    return metrics.accuracy(labels, logits.argmax(axis=-1))


def mirrored_logits(model, images, mirror: bool) -> np.ndarray:
    """Return the logits of pictures, plus those of the mirrored ones if asked."""
    logits = model.predict(images, batch_size=500, verbose=0)
    if mirror:
        logits = logits + model.predict(images[:, :, ::-1], batch_size=500, verbose=0)
    return logits


def fit(experiment, model, batches, epochs, validation=None, folder=None):
    """Train a compiled model, resumable, and return its `Resume`.

    Checkpoints are kept in a folder of the chapter's, or in one that chapters share.
    """
    name = f"{experiment.trained_as or experiment.model} {experiment.seed}"
    name = re.sub("[^a-z0-9.]+", "-", name.lower())
    kept = run.runs_folder() / "measured" / (folder or experiment.chapter)
    resume = training.Resume(kept / name, model, batches, epochs)
    model.fit(
        batches,
        steps_per_epoch=len(batches),
        validation_data=validation,
        validation_batch_size=500,
        epochs=epochs,
        initial_epoch=resume.epoch,
        callbacks=[resume],
        shuffle=False,
        verbose=2,
    )
    return resume


def fit_for(seconds, model, batches, peak, score):
    """Train a compiled model for so many seconds and return its `TimeBudget`.

    The score is taken on the way, unless it is None.
    """
    clock = training.TimeBudget(batches, seconds, peak, score)
    model.fit(
        batches,
        steps_per_epoch=10,
        epochs=training.NO_END,
        callbacks=[clock],
        shuffle=False,
        verbose=0,
    )
    return clock


def cross_entropy(smoothing: float = 0.0, one_hot: bool = False) -> keras.losses.Loss:
    if one_hot:
        return keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=smoothing
        )
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def channel_statistics(images: np.ndarray) -> tuple[list[float], list[float]]:
    """Return mean and variance of each channel, in grey levels, as plain numbers."""
    mean, variance = images.mean((0, 1, 2)), images.var((0, 1, 2))
    return mean.round(2).tolist(), variance.round(2).tolist()


def published(build, experiment, pictures, epochs=10):
    """Train by the published recipe: SGD 0.01, momentum 0.9, batches of 32."""
    model = build()
    optimizer = keras.optimizers.SGD(learning_rate=0.01, momentum=0.9)
    model.compile(optimizer, cross_entropy(), metrics=["accuracy"])
    batches = training.Batches(*pictures.train, batch_size=32, seed=experiment.seed)
    return model, fit(experiment, model, batches, epochs, pictures.validation), {}
