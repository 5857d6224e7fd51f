"""A race gives each network the same time, whatever its steps take."""

import itertools
import math

import keras
import numpy as np
import pytest

from pixelwise.training import Batches
from pixelwise.training.timed import NO_END, TimeBudget, share_of_peak


@pytest.fixture
def pictures():
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, (10, 2, 2, 1)).astype("float32")
    return images, np.arange(10)


def build():
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((2, 2, 1)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(10))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(1.0, weight_decay=0.1), loss)
    return model


def race(model, batches, budget, steps, epochs=NO_END, callbacks=()):
    """Train as a chapter does, in rounds of so many steps."""
    model.fit(
        batches,
        steps_per_epoch=steps,
        epochs=epochs,
        callbacks=[budget, *callbacks],
        shuffle=False,
        verbose=0,
    )


def test_rounds_may_be_longer_than_what_all_pictures_make(pictures):
    batches, model = Batches(*pictures, 4), build()
    ticks = itertools.count()
    budget = TimeBudget(batches, 3, 1e-3, clock=lambda: next(ticks))
    race(model, batches, budget, steps=40)
    assert budget.steps == 3 * 40


def test_a_race_without_an_end_to_its_rounds_is_refused(pictures):
    batches, model = Batches(*pictures, 4), build()
    with pytest.raises(ValueError, match="found no steps_per_epoch"):
        race(model, batches, TimeBudget(batches, 8, 1e-3), steps=None)


def test_training_ends_when_the_time_is_up(pictures):
    batches, model = Batches(*pictures, 4), build()
    ticks = itertools.count()  # each look at the clock is a second later
    budget = TimeBudget(batches, 8, 1e-3, score=lambda: 0.5, clock=lambda: next(ticks))
    race(model, batches, budget, steps=3)
    assert budget.seconds == 8
    assert budget.steps == 8 * 3
    assert budget.epoch == round(24 * 4 / 10, 1)
    assert budget.scores == [(second, 0.5) for second in range(1, 9)]
    assert len(budget.history["loss"]) == 8


def test_the_round_that_compiles_changes_no_weight(pictures):
    batches, model = Batches(*pictures, 4), build()
    before = model.get_weights()
    budget = TimeBudget(batches, 8, 1e-3)
    race(model, batches, budget, steps=3, epochs=1)
    assert (budget.seconds, budget.steps) == (0, 0)
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_rate_follows_the_clock(pictures):
    batches, model = Batches(*pictures, 4), build()
    ticks, rates = itertools.count(), []

    class Watch(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            rates.append(float(self.model.optimizer.learning_rate.value))

    budget = TimeBudget(batches, 20, 0.4, clock=lambda: next(ticks))
    race(model, batches, budget, steps=1, callbacks=[Watch()])
    expected = [0.0, *(0.4 * share_of_peak(second / 20) for second in range(20))]
    np.testing.assert_allclose(rates, expected, rtol=1e-5)


def test_the_rate_rises_then_falls_to_nothing():
    assert share_of_peak(0.0) == 0.05
    assert share_of_peak(0.05) == pytest.approx(0.5)
    assert share_of_peak(0.1) == 1
    assert share_of_peak(0.55) == pytest.approx(0.5)
    assert share_of_peak(0.325) == pytest.approx((1 + math.sqrt(0.5)) / 2)
    assert share_of_peak(1.0) == share_of_peak(1.7) == 0
