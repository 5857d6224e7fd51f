# hint: last stamp counts
import numpy as np


def overlaps(size, kernel, stride):
    counts = np.zeros((size - 1) * stride + kernel, int)
    for place in range(size - 1):
        counts[place * stride : place * stride + kernel] += 1
    return counts
