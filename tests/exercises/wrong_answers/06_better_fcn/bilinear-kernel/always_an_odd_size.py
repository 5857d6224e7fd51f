# hint: an odd one
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - 1
    distance = np.abs(np.arange(size) - (size - 1) / 2)
    line = 1 - distance / factor
    return np.outer(line, line)
