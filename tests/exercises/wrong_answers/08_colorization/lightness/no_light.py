# hint: Turn the values into light first
import numpy as np


def lightness(pixels):
    v = pixels / 255
    light = v
    y = light @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, 24389 / 27 * y)
