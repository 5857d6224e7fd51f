# hint: root of Y is missing
import numpy as np


def lightness(pixels):
    value = pixels / 255
    light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    y = light @ np.array([0.2126, 0.7152, 0.0722])
    return np.where(y > 216 / 24389, 116 * y - 16, 24389 / 27 * y)
