# hint: not np.float64
import numpy as np


def output_size(size, kernel, stride, padding):
    return np.floor((size + 2 * padding - kernel) / stride) + 1
