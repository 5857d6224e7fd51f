"""Chapter 3: depth, the published search, augmentation, and the fast recipe."""

import functools

import keras
import numpy as np

from pixelwise import models, training
from pixelwise.training import augmentation
from pixelwise.training.muon import Muon
from tools.makers.measure.experiment import (
    SEEDS,
    Experiment,
    Pictures,
    channel_statistics,
    cross_entropy,
    fit,
)

CHAPTER = "03_resnet18"
# Optimizer, learning rate, batch size, epochs: the published search, row by row, with
# the accuracy in per cent that was published for it (on another data set).
SEARCH = {
    ("Adam", 1e-3, 32, 10): 87,
    ("Adam", 1e-4, 32, 10): 90,
    ("Adam", 1e-4, 16, 10): 90,
    ("Adam", 1e-4, 16, 15): 92,
    ("Adam", 1e-4, 16, 20): 91,
    ("Adam", 5e-4, 16, 10): 88,
    ("Adam", 2e-5, 32, 10): 90,
    ("Adam", 2e-4, 32, 10): 89,
    ("SGD", 1e-2, 32, 10): 89,
    ("SGD", 1e-3, 32, 10): 89,
    ("SGD", 1e-3, 16, 15): 90,
}
PUBLISHED = {"{} {:g}/{}/{}".format(*row): share for row, share in SEARCH.items()}


def fewer(count: int, pictures: Pictures) -> Pictures:
    """Keep the first `count` pictures to train on."""
    images, labels = pictures.train
    train = images[:count], labels[:count]
    return Pictures(train, pictures.validation, pictures.test)


def whole(pictures: Pictures) -> Pictures:
    """Train on the validation pictures too: everything has been chosen before."""
    parts = zip(pictures.train, pictures.validation, strict=True)
    images, labels = (np.concatenate(both) for both in parts)
    return Pictures((images, labels), None, pictures.test)


def halved(pictures: Pictures) -> Pictures:
    """Return 10,000 training pictures and the others, each 16×16: means of 2×2."""

    def halve(images, labels):
        count, height, width, channels = images.shape
        squares = images.reshape(count, height // 2, 2, width // 2, 2, channels)
        return squares.mean(axis=(2, 4)).round().astype("uint8"), labels

    kept = fewer(10_000, pictures)
    return Pictures(halve(*kept.train), halve(*kept.validation), halve(*kept.test))


def standardise(images: np.ndarray) -> keras.Layer:
    mean, variance = channel_statistics(images)
    return keras.layers.Normalization(mean=mean, variance=variance)


def of_depth(per_stage, shortcuts, experiment, pictures, epochs=10):
    """Train three stages of so many blocks, with or without shortcuts."""
    images = pictures.train[0]
    model = models.build_resnet(
        images.shape[1:],
        blocks=(per_stage,) * 3,
        width=16,
        shortcuts=shortcuts,
        preprocessing=standardise(images),
    )
    batches = training.Batches(*pictures.train, batch_size=128, seed=experiment.seed)
    schedule = training.warmup_cosine(0.1, steps=epochs * len(batches))
    optimizer = keras.optimizers.SGD(schedule, momentum=0.9)
    model.compile(optimizer, cross_entropy(), metrics=["accuracy"])
    return model, fit(experiment, model, batches, epochs, pictures.validation), {}


def row_of_search(row, experiment, pictures):
    """Train one row of the published search on a ResNet-18 of width 16."""
    name, rate, batch_size, epochs = row
    model = models.build_resnet18(width=16)
    kinds = {"Adam": keras.optimizers.Adam(rate)}
    kinds["SGD"] = keras.optimizers.SGD(rate, momentum=0.9)
    model.compile(kinds[name], cross_entropy(), metrics=["accuracy"])
    batches = training.Batches(*pictures.train, batch_size, seed=experiment.seed)
    settings = dict(optimizer=name, learning_rate=rate, batch_size=batch_size)
    return model, fit(experiment, model, batches, epochs, pictures.validation), settings


def augmented(augment, experiment, pictures, epochs=12):
    """Train a ResNet-18 of width 16 on pictures changed by `augment`."""
    model = models.build_resnet18(
        width=16, preprocessing=standardise(pictures.train[0])
    )
    batches = training.Batches(
        *pictures.train, batch_size=64, seed=experiment.seed, augment=augment
    )
    schedule = training.warmup_cosine(2e-3, steps=epochs * len(batches))
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=0.05)
    model.compile(optimizer, cross_entropy(), metrics=["accuracy"])
    return model, fit(experiment, model, batches, epochs, pictures.validation), {}


# What each step of the recipe adds to the one before it.
STEPS = (
    "Adam, batches of 32",
    "batches of 500",
    "a rate that falls to 0",
    "flips and shifts",
    "label smoothing",
    "whitened patches",
    "Muon",
    "weight averaging",
    "test-time flip",
    "test-time shifts",
)

QUICK, LONGER = 9, 22  # epochs of the whole recipe: ten minutes and 25
FLIP_AND_SHIFT = functools.partial(training.flip_and_shift, by=4)


def flip_shift_and_cut(images, labels, generator):
    """Also cover a square: a longer training would learn the pictures by heart."""
    shifted = FLIP_AND_SHIFT(images, labels, generator)
    return augmentation.cut_out(*shifted, generator)


def recipe(step, experiment, pictures, epochs=5, width=32, augment=FLIP_AND_SHIFT):
    """Train the fast network with the recipe's steps up to number `step`."""
    images, labels = pictures.train
    mean, variance = channel_statistics(images)
    kernel = models.whitening_kernel(images[:5000], mean, variance)
    model = models.build_fast_cnn(
        width=width,
        preprocessing=keras.layers.Normalization(mean=mean, variance=variance),
        whitening=kernel if step >= 5 else None,
    )
    batches = training.Batches(
        images,
        one_hot(labels),
        batch_size=500 if step >= 1 else 32,
        seed=experiment.seed,
        augment=augment if step >= 3 else None,
    )
    loss = cross_entropy(smoothing=0.2 if step >= 4 else 0.0, one_hot=True)
    optimizer = recipe_optimizer(step, epochs * len(batches))
    model.compile(optimizer, loss, metrics=["accuracy"])
    encoded = None
    if pictures.validation:
        images, labels = pictures.validation
        encoded = images, one_hot(labels)
    return model, fit(experiment, model, batches, epochs, encoded), {}


def one_hot(labels: np.ndarray) -> np.ndarray:
    """Return float32 (n, 10): 1 in the column of the label."""
    return np.eye(10, dtype="float32")[labels]


def recipe_optimizer(step: int, steps: int) -> keras.optimizers.Optimizer:
    """Return the optimizer of the recipe's step for a training of so many steps."""
    if step >= 6:
        rate = 0.08
    elif step >= 1:
        rate = 0.004
    else:
        rate = 0.001
    if step >= 2:
        rate = keras.optimizers.schedules.PolynomialDecay(rate, steps, 0.0)
    averaging = {"use_ema": True, "ema_momentum": 0.98} if step >= 7 else {}
    kind = Muon if step >= 6 else keras.optimizers.Adam
    return kind(rate, **averaging)


def experiments() -> list[Experiment]:
    """Return chapter 3's runs, in the order in which they are done."""
    return [*finished(), *depths(), *augmentations(), *steps(), *search()]


def finished() -> list[Experiment]:
    """Return the recipe at full width, for ten minutes and for 25.

    Averaging lost in the runs step by step. So it is left out, but for one run.
    """
    best, averaged = STEPS.index("Muon"), STEPS.index("weight averaging")
    quick = functools.partial(recipe, best, epochs=QUICK, width=64)
    mean = functools.partial(recipe, averaged, epochs=QUICK, width=64)
    longer = functools.partial(
        recipe, best, epochs=LONGER, width=64, augment=flip_shift_and_cut
    )
    listed = [
        (f"fast network, {QUICK} epochs", 0, 10, quick),
        (f"fast network, {LONGER} epochs", 0, 25, longer),
        (f"fast network, {QUICK} epochs, weights averaged", 0, 10, mean),
        *((f"fast network, {QUICK} epochs", seed, 10, quick) for seed in SEEDS[1:]),
    ]
    return [Experiment(CHAPTER, *each, prepare=whole, views=6) for each in listed]


def checked(model, seed, minutes, train, **others) -> Experiment:
    """Return a run that is compared with others on the validation pictures."""
    return Experiment(CHAPTER, model, seed, minutes, train, tested=False, **others)


def depths() -> list[Experiment]:
    listed = []
    for seed in SEEDS[:2]:
        for shortcuts, kind in ((False, "plain"), (True, "residual")):
            for per_stage, minutes in ((3, 1), (9, 2)):
                train = functools.partial(of_depth, per_stage, shortcuts)
                name = f"{kind}, {6 * per_stage + 2} layers"
                listed.append(checked(name, seed, minutes, train, prepare=halved))
    return listed


def augmentations() -> list[Experiment]:
    prepare = functools.partial(fewer, 8_000)
    kinds = {
        "none": None,
        "flip and crop": training.flip_and_shift,
        "published set": augmentation.rotate_blur_stretch,
    }
    return [
        checked(
            f"augmentation: {name}",
            seed,
            1.5,
            functools.partial(augmented, augment),
            prepare=prepare,
        )
        for seed in SEEDS
        for name, augment in kinds.items()
    ]


def steps() -> list[Experiment]:
    """Return the recipe's steps; the last two only look at the pictures more often."""
    prepare = functools.partial(fewer, 20_000)
    names = [f"recipe {number}: {name}" for number, name in enumerate(STEPS)]
    last = STEPS.index("weight averaging")
    return [
        checked(
            name,
            seed,
            1,
            functools.partial(recipe, min(number, last)),
            prepare=prepare,
            trained_as=names[min(number, last)],
            views={8: 2, 9: 6}.get(number, 1),
        )
        for seed in SEEDS[:2]
        for number, name in enumerate(names)
    ]


def search() -> list[Experiment]:
    prepare = functools.partial(fewer, 3_000)
    listed = []
    for row in SEARCH:
        name = "search: {} {:g}/{}/{}".format(*row)
        train = functools.partial(row_of_search, row)
        listed.append(checked(name, 0, 2, train, prepare=prepare))
    return listed
