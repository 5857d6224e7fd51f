"""The precision that trains fastest here: 16 or 32 bits."""

import functools
import timeit
from collections.abc import Callable

import numpy as np

from pixelwise.run.machine import accelerators


def choose_precision(shape: tuple[int, int, int] = (32, 32, 64)) -> str:
    """Return the faster Keras policy on this device, measured in a few seconds.

    Two convolutions are trained for some steps in float32 and in bfloat16 (on a GPU
    float16 too), in turns, so that other work on the machine slows all alike. 16 bits
    must win by a fifth, since float32 is simpler. Nothing is set: hand the answer to
    `keras.config.set_dtype_policy`.

    Args:
        shape: (h, w, c) of the feature maps that are convolved.
    """
    policies = ["float32", "mixed_bfloat16"]
    if any("gpu" in name.lower() for name in accelerators()):
        policies.append("mixed_float16")
    steps = {policy: convolution_step(policy, shape) for policy in policies}
    seconds = dict.fromkeys(policies, float("inf"))
    for _ in range(12):
        for policy, step in steps.items():
            taken = timeit.timeit(step, number=1)
            seconds[policy] = min(seconds[policy], taken)
    fastest = min(seconds, key=seconds.get)
    chosen = fastest if seconds[fastest] < 0.8 * seconds["float32"] else "float32"
    timings = ", ".join(f"{name} {1e3 * s:.0f} ms" for name, s in seconds.items())
    print(f"precision: {chosen} (one training step: {timings})")
    return chosen


def convolution_step(policy: str, shape: tuple[int, int, int]) -> Callable[[], object]:
    """Return a function that trains two convolutions for one step, compiled already."""
    import keras

    model = keras.Sequential([keras.Input(shape)])
    for _ in range(2):
        model.add(keras.layers.Conv2D(shape[-1], 3, padding="same", dtype=policy))
    model.add(keras.layers.GlobalAveragePooling2D(dtype=policy))
    model.compile(optimizer="sgd", loss="mse")
    images = np.zeros((32, *shape), "float32")
    targets = np.zeros((32, shape[-1]), "float32")
    step = functools.partial(model.train_on_batch, images, targets)
    step()
    return step
