# hint: fewer stamps meet
import numpy as np


def overlaps(size, kernel, stride):
    places = np.arange((size - 1) * stride + kernel)
    return np.maximum(-(-(kernel - places % stride) // stride), 0)
