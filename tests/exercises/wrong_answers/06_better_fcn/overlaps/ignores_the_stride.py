# hint: a stride apart
import numpy as np


def overlaps(size, kernel, stride):
    counts = np.zeros((size - 1) * stride + kernel, int)
    for place in range(size):
        counts[place : place + kernel] += 1
    return counts
