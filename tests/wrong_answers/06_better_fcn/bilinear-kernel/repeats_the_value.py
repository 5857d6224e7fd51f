# hint: Nearer places get more
import numpy as np


def bilinear_kernel(factor):
    return np.ones((factor, factor))
