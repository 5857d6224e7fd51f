# hint: from place to place
import numpy as np


def overlaps(size, kernel, stride):
    return np.full((size - 1) * stride + kernel, -(-kernel // stride))
