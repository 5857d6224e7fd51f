"""A training's first step is traced once, whatever optimizer and metrics keep."""

import keras
import numpy as np
import pytest

from pixelwise import training
from pixelwise.training.first_step import create_variables

IMAGES = np.random.default_rng(0).integers(0, 256, (12, 8, 8, 3), np.uint8)
LABELS = np.arange(12) % 4


class Counted(keras.Model):
    """A model that counts how often its training step is written as a graph."""

    traced = 0

    def train_step(self, *arguments):
        self.traced += 1
        return super().train_step(*arguments)


@pytest.fixture
def model():
    keras.utils.set_random_seed(0)
    pixels = keras.Input((8, 8, 3))
    logits = keras.layers.Dense(4)(keras.layers.Flatten()(pixels))
    model = Counted(pixels, logits)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(1e-3), loss, metrics=["accuracy"])
    return model


def resumed(model, batches, folder):
    return training.Resume(folder / "counted", model, batches, epochs=1)


def timed(model, batches, folder):
    ticks = iter(range(100))
    return training.TimeBudget(batches, 1, 1e-3, clock=lambda: next(ticks))


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="others trace once")
@pytest.mark.parametrize("kind", [resumed, timed])
def test_the_step_is_traced_once(model, tmp_path, kind):
    batches = training.Batches(IMAGES, LABELS, batch_size=4)
    callback = kind(model, batches, tmp_path)
    model.fit(
        batches,
        steps_per_epoch=3,
        epochs=2,
        callbacks=[callback],
        shuffle=False,
        verbose=0,
    )
    assert model.traced == 1


def test_neither_weights_nor_what_is_measured_are_changed(model):
    before = model.get_weights()
    create_variables(model, IMAGES[:1], LABELS[:1])
    assert all(map(np.array_equal, model.get_weights(), before))
    assert int(model.optimizer.iterations) == 0
    assert all(float(value) == 0 for value in model.get_metrics_result().values())


def test_a_model_with_several_answers_is_prepared_too():
    pixels = keras.Input((8, 8, 3))
    flat = keras.layers.Flatten()(pixels)
    answers = {name: keras.layers.Dense(4, name=name)(flat) for name in "ab"}
    model = keras.Model(pixels, answers)
    model.compile("sgd", dict.fromkeys("ab", "sparse_categorical_crossentropy"))
    create_variables(model, IMAGES[:1], dict.fromkeys("ab", LABELS[:1]))
    assert model.optimizer.built
