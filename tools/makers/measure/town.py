"""The drawn town: whether it is worth learning from."""

import functools

import keras

from pixelwise import models, training
from tools.makers.measure.cnn import better_cnn
from tools.makers.measure.experiment import (
    SEEDS,
    TOWN,
    Experiment,
    channel_statistics,
    cross_entropy,
    fit,
    published,
)


def linear(experiment, pictures, epochs=20):
    """Train one linear layer on standardised pixels: logistic regression."""
    mean, variance = channel_statistics(pictures.train[0])
    standardise = keras.layers.Normalization(mean=mean, variance=variance)
    model = models.build_mlp(units=(), preprocessing=standardise)
    model.compile(keras.optimizers.Adam(3e-4), cross_entropy(), metrics=["accuracy"])
    batches = training.Batches(*pictures.train, batch_size=64, seed=experiment.seed)
    return model, fit(experiment, model, batches, epochs, pictures.validation), {}


def experiments() -> list[Experiment]:
    """Return the runs on the drawn objects, in the order in which they are done."""
    mlp = functools.partial(published, models.build_mlp)
    cnn = functools.partial(better_cnn, epochs=8)
    listed = []
    for seed in SEEDS:
        name = "logistic regression"
        listed += [
            Experiment(TOWN, name, seed, 0.2, linear, convolves=False),
            Experiment(TOWN, "MLP as published", seed, 0.3, mlp, convolves=False),
            Experiment(TOWN, "CNN, better recipe", seed, 2.2, cnn),
        ]
    return listed
