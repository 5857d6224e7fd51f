# hint: middle is between places
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - factor % 2
    rising = np.arange(1, size + 1) / factor
    line = np.minimum(rising, rising[::-1])
    return np.outer(line, line)
