# hint: reaches beyond its cell
import numpy as np


def bilinear_kernel(factor):
    return np.ones((factor, factor))
