# hint: Up to 0.04045
import numpy as np


def lightness(pixels):
    v = pixels / 255
    light = ((v + 0.055) / 1.055) ** 2.4
    y = light @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, 24389 / 27 * y)
