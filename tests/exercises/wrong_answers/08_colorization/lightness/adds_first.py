# hint: Bend each value, then add
import numpy as np


def lightness(pixels):
    value = pixels / 255 @ np.array([0.2126, 0.7152, 0.0722])
    y = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, 24389 / 27 * y)
