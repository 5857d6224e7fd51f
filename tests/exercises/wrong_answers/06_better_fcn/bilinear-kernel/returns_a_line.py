# hint: product of a line with itself
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - factor % 2
    distance = np.abs(np.arange(size) - (size - 1) / 2)
    line = 1 - distance / factor
    return line
