# hint: an odd one
import numpy as np


def bilinear_kernel(factor):
    box = np.ones(factor)
    line = np.convolve(box, box) / factor
    return np.outer(line, line)
