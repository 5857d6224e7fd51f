"""The learning rate of a training, held to Keras' own."""

import keras
import numpy as np
import pytest

from pixelwise import training
from pixelwise.training import schedule


@pytest.mark.parametrize("steps, rising", [(100, 20), (100, 1), (7, 6), (40, 0)])
def test_rates_are_those_of_keras(steps, rising):
    peak = 0.4
    own = schedule.WarmupCosine(peak, steps, rising)
    theirs = keras.optimizers.schedules.CosineDecay(
        peak / 20 if rising else peak,
        decay_steps=steps - rising,
        warmup_target=peak if rising else None,
        warmup_steps=rising,
    )
    for step in range(steps + 3):
        assert float(own(step)) == pytest.approx(float(theirs(step)), abs=1e-6)


def test_a_schedule_is_made_again_from_its_settings():
    made = schedule.WarmupCosine(1e-3, 50, 5)
    again = keras.saving.deserialize_keras_object(
        keras.saving.serialize_keras_object(made)
    )
    assert [float(again(s)) for s in (0, 5, 30)] == [float(made(s)) for s in (0, 5, 30)]


def test_every_step_of_a_training_has_its_rate():
    rates = []

    class Note(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            rates.append(float(self.model.optimizer.learning_rate))

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    falling = training.warmup_cosine(0.1, steps=8, warmup=0.25)
    model.compile(keras.optimizers.AdamW(falling), "mse")
    model.fit(np.ones((8, 2)), np.ones(8), 1, verbose=0, callbacks=[Note()])
    assert rates == pytest.approx([float(falling(step)) for step in range(1, 9)])
