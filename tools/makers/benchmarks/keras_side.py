"""Training steps in Keras, as the chapters' `fit` runs them."""

import itertools
import time
import timeit
from collections.abc import Callable

import keras

from pixelwise import models, results
from pixelwise.training import Batches
from tools.makers.benchmarks import networks, operations


class Clock(keras.callbacks.Callback):
    """Keep the seconds from the end of each batch to the end of the next."""

    def __init__(self):
        super().__init__()
        self.ends = []

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Keep the time."""
        self.ends.append(time.perf_counter())

    @property
    def seconds(self) -> list[float]:
        """One number a step, the first step left out."""
        return [end - begin for begin, end in itertools.pairwise(self.ends)]


def prepare(name: str, precision: str) -> tuple[dict, Callable[[int], list[float]]]:
    """Return what is known of a network, and a function that trains it n steps.

    The function returns each step's seconds.
    """
    network = networks.NETWORKS[name]
    policy = "mixed_bfloat16" if precision == "bfloat16" else precision
    keras.config.set_dtype_policy(policy)
    build = getattr(models, name)
    model = build(input_shape=network.input_shape, **network.arguments)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), loss)
    known = facts() | {
        "parameters": model.count_params(),
        "operations": operations.training_operations(model),
    }

    def train(steps: int) -> list[float]:
        images, labels = networks.random_pictures(
            network, model.output_shape[1:], (steps + 1) * network.batch
        )
        clock = Clock()
        batches = Batches(images, labels, network.batch)
        model.fit(
            batches,
            steps_per_epoch=len(batches),
            callbacks=[clock],
            shuffle=False,
            verbose=0,
        )
        return clock.seconds

    return known, train


def prepare_matmul(precision: str) -> tuple[dict, Callable[[int], list[float]]]:
    """Return versions, and a function that multiplies square matrices n times."""
    size = networks.MATMUL_SIZE
    matrix = keras.ops.ones((size, size), precision)

    def multiply() -> None:
        float(keras.ops.matmul(matrix, matrix)[0, 0])  # waits until it is there

    return facts(), lambda times: timeit.repeat(multiply, repeat=times, number=1)


def facts() -> dict:
    """Return what computes here: device and versions."""
    return {"device": results.device_name(), "versions": results.versions()}
