# hint: no plain power
import numpy as np


def lightness(pixels):
    y = (pixels / 255) ** 2.2 @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, 24389 / 27 * y)
