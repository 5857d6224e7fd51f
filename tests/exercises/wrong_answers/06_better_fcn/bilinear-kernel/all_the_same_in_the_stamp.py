# hint: Nearer places get more
import numpy as np


def bilinear_kernel(factor):
    size = 2 * factor - factor % 2
    return np.ones((size, size))
