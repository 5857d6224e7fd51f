"""Training for a given time, so that networks can race whose steps take unlike long."""

import math
import time
from collections.abc import Callable

import keras

from pixelwise.training.batches import Batches
from pixelwise.training.first_step import create_variables

NO_END = 1_000_000  # epochs: the time decides


class TimeBudget(keras.callbacks.Callback):
    """Train for so many seconds, with a rate that falls to 0 as they end.

    The rate rises in the first tenth of the time and falls along half a cosine in the
    rest of it. A first round, with rate 0, changes no weight and is not counted: in it
    the network is compiled. Neither is what `score` takes. A round is what `fit` takes
    for an epoch, here ten steps:

        batches = training.Batches(images, labels, batch_size=8)
        budget = TimeBudget(batches, seconds=60, peak=1e-3, score=score)
        model.compile(keras.optimizers.AdamW(1e-3), loss)
        model.fit(
            batches,
            steps_per_epoch=10,
            epochs=NO_END,
            callbacks=[budget],
            shuffle=False,
        )

    Args:
        batches: what the model is trained on, from the first epoch's first batch on.
        seconds: how long.
        peak: the highest learning rate; the model's optimizer must have a plain number
            as its own rate, no schedule.
        score: called without arguments every eighth of the time, and at its end.
        clock: seconds that only grow.

    Attributes:
        seconds: seconds of training so far.
        steps: optimizer steps so far.
        scores: pairs (seconds, what `score` returned).
        history: the mean loss of each round, as in Keras' History.
    """

    def __init__(
        self,
        batches: Batches,
        seconds: float,
        peak: float,
        score: Callable[[], float] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ):
        super().__init__()
        self.batches = batches
        self.budget = seconds
        self.peak = peak
        self.score = score
        self.clock = clock
        self.seconds = 0.0
        self.steps = 0
        self.scores = []
        self.history = {"loss": []}

    @property
    def epoch(self) -> float:
        """Return how often all pictures were seen, to a tenth."""
        seen = self.steps * self.batches.batch_size
        return round(seen / len(self.batches.images), 1)

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Set the batches to their first epoch."""
        self.batches.begin_fit(0, self.params["steps"])
        create_variables(self.model, *self.batches.sample())

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Set the rate of this round and start the clock."""
        share = share_of_peak(self.seconds / self.budget) if epoch else 0.0
        self.model.optimizer.learning_rate = self.peak * share
        self._began = self.clock()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Stop the clock, take the score if it is time to, end if time is up."""
        if epoch == 0:
            return
        self.seconds += self.clock() - self._began
        self.steps += self.params["steps"]
        self.history["loss"].append(float((logs or {}).get("loss", math.nan)))
        due = (len(self.scores) + 1) * self.budget / 8
        over = self.seconds >= self.budget
        if self.score and (over or self.seconds >= due):
            self.scores.append((self.seconds, float(self.score())))
        if over:
            self.model.stop_training = True


def share_of_peak(progress: float, warmup: float = 0.1) -> float:
    """Return the share of the highest rate, 0 to 1, at a share of the time.

    It begins at a twentieth, so that the first steps are not lost.

    Args:
        progress: share of the time that is over, 0 or more; from 1 on the rate is 0.
        warmup: share of the time in which the rate rises.
    """
    if progress < warmup:
        return max(progress / warmup, 0.05)
    falling = min((progress - warmup) / (1 - warmup), 1.0)
    return (1 + math.cos(math.pi * falling)) / 2
