"""A race gives each network the same time, whatever its steps take."""

import itertools
import math

import keras
import numpy as np
import pytest

from pixelwise.race import NO_END, Rounds, TimeBudget, share_of_peak
from pixelwise.training import Batches


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


def test_rounds_go_on_where_the_one_before_has_stopped(pictures):
    rounds, batches = Rounds(*pictures, 4, seed=5, steps=2), Batches(*pictures, 4, 5)
    found, expected = [], []
    for _ in range(6):
        found += [rounds[index][1].tolist() for index in range(len(rounds))]
        rounds.on_epoch_end()
    for _ in range(4):
        expected += [batches[index][1].tolist() for index in range(len(batches))]
        batches.on_epoch_end()
    assert found == expected


def test_training_ends_when_the_time_is_up(pictures):
    rounds, model = Rounds(*pictures, 4, steps=3), build()
    ticks = itertools.count()  # each look at the clock is a second later
    budget = TimeBudget(rounds, 8, 1e-3, score=lambda: 0.5, clock=lambda: next(ticks))
    model.fit(rounds, epochs=NO_END, callbacks=[budget], verbose=0)
    assert budget.seconds == 8
    assert budget.steps == 8 * 3
    assert budget.epoch == round(24 * 4 / 10, 1)
    assert budget.scores == [(second, 0.5) for second in range(1, 9)]
    assert len(budget.history["loss"]) == 8


def test_the_round_that_compiles_changes_no_weight(pictures):
    rounds, model = Rounds(*pictures, 4, steps=3), build()
    before = model.get_weights()
    budget = TimeBudget(rounds, 8, 1e-3)
    model.fit(rounds, epochs=1, callbacks=[budget], verbose=0)
    assert (budget.seconds, budget.steps) == (0, 0)
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_rate_follows_the_clock(pictures):
    rounds, model = Rounds(*pictures, 4, steps=1), build()
    ticks, rates = itertools.count(), []

    class Watch(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            rates.append(float(self.model.optimizer.learning_rate.value))

    budget = TimeBudget(rounds, 20, 0.4, clock=lambda: next(ticks))
    model.fit(rounds, epochs=NO_END, callbacks=[budget, Watch()], verbose=0)
    expected = [0.0, *(0.4 * share_of_peak(second / 20) for second in range(20))]
    np.testing.assert_allclose(rates, expected, rtol=1e-5)


def test_the_rate_rises_then_falls_to_nothing():
    assert share_of_peak(0.0) == 0.05
    assert share_of_peak(0.05) == pytest.approx(0.5)
    assert share_of_peak(0.1) == 1
    assert share_of_peak(0.55) == pytest.approx(0.5)
    assert share_of_peak(0.325) == pytest.approx((1 + math.sqrt(0.5)) / 2)
    assert share_of_peak(1.0) == share_of_peak(1.7) == 0
