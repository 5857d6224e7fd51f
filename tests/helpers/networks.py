"""What a network answers and learns, without the seconds that compiling takes."""

import keras
import numpy as np


def answers(model: keras.Model, pixels: np.ndarray):
    """Return what a model makes of pixels at inference: an array, or one an output."""
    outputs = model(pixels, training=False)
    return keras.tree.map_structure(keras.ops.convert_to_numpy, outputs)


def take_step(model: keras.Model, pixels: np.ndarray, labels: np.ndarray) -> float:
    """Train a model of logits for one step; return the loss before it."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.01), loss, run_eagerly=True)
    return float(model.train_on_batch(pixels, labels))
