"""Where the course's functional networks begin."""

import keras
from keras import layers


def add_pixels(input_shape: tuple[int, int, int], preprocessing: keras.Layer | None):
    """Return pixels 0 to 255 (n, h, w, c) as a network's input, and the scaled ones.

    Without `preprocessing` they are divided by 255.
    """
    pixels = keras.Input(input_shape, name="pixels")
    scale = preprocessing or layers.Rescaling(1 / 255, name="scale")
    return pixels, scale(pixels)
