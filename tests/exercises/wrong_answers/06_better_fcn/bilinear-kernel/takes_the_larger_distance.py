# hint: along each axis apart
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - factor % 2
    distance = np.abs(np.arange(size) - (size - 1) / 2)
    return 1 - np.maximum.outer(distance, distance) / factor
