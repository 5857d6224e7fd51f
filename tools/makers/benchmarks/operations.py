"""Count the multiplications and additions that training a network takes."""

import math

import keras

from pixelwise import training

# One way forward; one back to the weights, one back to the layer's input.
PASSES = 3


def training_operations(model: keras.Model) -> int:
    """Return the multiplications and additions of a training step for one picture.

    Those of convolutions and dense layers are counted, which are nearly all. A frozen
    layer is passed forward only: what is frozen lies before what is trained.
    """
    total = 0
    for layer in training.innermost_layers(model):
        passes = PASSES if layer.trainable else 1
        total += 2 * passes * multiply_adds(layer)
    return total


def multiply_adds(layer: keras.Layer) -> int:
    """Return a layer's multiplications on the way forward, for one picture.

    Raises:
        TypeError: the layer has a kernel, and how often it is used is not known here.
    """
    if not hasattr(layer, "kernel"):
        return 0
    if isinstance(layer, keras.layers.Conv2DTranspose):
        positions = layer.input.shape[1:-1]
    elif isinstance(layer, keras.layers.Conv2D | keras.layers.Dense):
        positions = layer.output.shape[1:-1]
    else:
        raise TypeError(
            "multiply_adds: expected Conv2D, Conv2DTranspose or Dense among the layers "
            f"with a kernel, found {type(layer).__name__} {layer.name!r}"
        )
    return math.prod(layer.kernel.shape) * math.prod(positions)
