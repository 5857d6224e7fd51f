"""The learning rate of most of the course's trainings, step by step."""

import math

import keras
from keras import ops


@keras.saving.register_keras_serializable("pixelwise")
class WarmupCosine(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that rises along a line to its peak, then falls to 0 along half a cosine.

    Its values are those of Keras' `CosineDecay` with `warmup_target`. That branches,
    which is slow to compile, because an optimizer with weight decay asks for the rate
    once for every weight.

    Args:
        peak: the highest rate; the first is a twentieth of it.
        steps: optimizer steps of the whole training.
        rising: those among them in which the rate rises.
    """

    def __init__(self, peak: float, steps: int, rising: int):
        self.peak = peak
        self.steps = steps
        self.rising = rising

    def __call__(self, step):
        """Return the rate, a float32 scalar, of a step counted from 0."""
        step = ops.cast(step, "float32")
        risen = ops.clip(step / max(self.rising, 1), 0.0, 1.0)
        left = max(self.steps - self.rising, 1)
        fallen = ops.clip((step - self.rising) / left, 0.0, 1.0)
        up = 1 / 20 + 19 / 20 * risen
        down = (1 + ops.cos(math.pi * fallen)) / 2
        return self.peak * ops.where(step < self.rising, up, down)

    def get_config(self) -> dict:
        """Return the arguments (Keras calls this)."""
        return {"peak": self.peak, "steps": self.steps, "rising": self.rising}


def warmup_cosine(peak: float, steps: int, warmup: float = 0.15) -> WarmupCosine:
    """Return a schedule that rises to `peak`, then falls to 0 along half a cosine.

    Loshchilov and Hutter 2017, arXiv:1608.03983; warm-up: Goyal et al. 2017,
    arXiv:1706.02677.

    Args:
        peak: the highest learning rate.
        steps: optimizer steps of the whole training.
        warmup: share of the steps that the rise takes.
    """
    return WarmupCosine(peak, steps, rising=int(warmup * steps))
