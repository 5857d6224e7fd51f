"""Training for a given time, so that networks can race whose steps take unlike long."""

import math
import time
from collections.abc import Callable

import keras
import numpy as np

from pixelwise import training

NO_END = 1_000_000  # rounds: the time decides


class Rounds(training.Batches):
    """Batches in rounds of a few steps, which `fit` takes for epochs.

    Each round goes on where the one before it has stopped: all pictures are seen in a
    random order, then all again in another one.

    Args:
        images: (n, h, w, c), any dtype.
        labels: (n, …), one for each image.
        batch_size: images in a batch.
        seed: what fixes the order and the augmentation.
        augment: called as augment(images, labels, generator) on each batch.
        steps: batches in a round.
    """

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        batch_size: int = 32,
        seed: int = 0,
        augment: training.Augmentation | None = None,
        steps: int = 10,
    ):
        super().__init__(images, labels, batch_size, seed, augment)
        self.steps, self.round = steps, 0

    def on_epoch_end(self) -> None:
        """Go on to the next round (Keras calls this)."""
        self.round += 1

    def __len__(self) -> int:
        """Return the number of batches in a round."""
        return self.steps

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Return batch `index` of this round: (images, labels)."""
        batch = self.round * self.steps + index
        epoch, place = divmod(batch, -(-len(self.images) // self.batch_size))
        if epoch != self.epoch:
            self.start_epoch(epoch)
        return super().__getitem__(place)


class TimeBudget(keras.callbacks.Callback):
    """Train for so many seconds, with a rate that falls to 0 as they end.

    The rate rises in the first tenth of the time and falls along half a cosine in the
    rest of it. A first round, with rate 0, changes no weight and is not counted: in it
    the network is compiled. Neither is what `score` takes.

        rounds = Rounds(images, labels, batch_size=8)
        budget = TimeBudget(rounds, seconds=60, peak=1e-3, score=score)
        model.compile(keras.optimizers.AdamW(1e-3), loss)
        model.fit(rounds, epochs=NO_END, callbacks=[budget])

    Args:
        rounds: what the model is trained on.
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
        rounds: Rounds,
        seconds: float,
        peak: float,
        score: Callable[[], float] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ):
        super().__init__()
        self.rounds, self.budget, self.peak = rounds, seconds, peak
        self.score, self.clock = score, clock
        self.seconds, self.steps = 0.0, 0
        self.scores, self.history = [], {"loss": []}

    @property
    def epoch(self) -> float:
        """Return how often all pictures were seen, to a tenth."""
        seen = self.steps * self.rounds.batch_size
        return round(seen / len(self.rounds.images), 1)

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
        self.steps += len(self.rounds)
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
