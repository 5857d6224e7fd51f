# hint: not needed
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - factor % 2 + 2
    distance = np.abs(np.arange(size) - (size - 1) / 2)
    line = np.maximum(1 - distance / factor, 0)
    return np.outer(line, line)
