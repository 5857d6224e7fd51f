# hint: at (size - 1) / 2
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - factor % 2
    distance = np.abs(np.arange(size) - (factor - 1))
    line = 1 - distance / factor
    return np.outer(line, line)
