"""Chapter 2: the CNN by the published recipe and by the chapter's."""

import functools

import keras

from pixelwise import models, training
from tools.makers.measure.experiment import (
    SEEDS,
    Experiment,
    channel_statistics,
    cross_entropy,
    fit,
    published,
)


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
    return model, fit(experiment, model, batches, epochs, pictures.validation), {}


def experiments() -> list[Experiment]:
    """Return chapter 2's runs, in the order in which they are done."""
    cnn = functools.partial(published, models.build_cnn, epochs=9)
    listed = [Experiment("02_cnn", "CNN, published recipe", 0, 12, cnn)]
    for seed in SEEDS:
        listed.append(Experiment("02_cnn", "CNN, better recipe", seed, 12, better_cnn))
    return listed
