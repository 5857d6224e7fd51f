# hint: largest value need not
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - factor % 2
    distance = np.abs(np.arange(size) - (size - 1) / 2)
    line = 1 - distance / factor
    square = np.outer(line, line)
    return square / square.max()
