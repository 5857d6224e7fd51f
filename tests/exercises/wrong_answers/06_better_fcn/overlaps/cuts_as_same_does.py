# hint: Nothing is cut off
import numpy as np


def overlaps(size, kernel, stride):
    counts = np.zeros((size - 1) * stride + kernel, int)
    for place in range(size):
        counts[place * stride : place * stride + kernel] += 1
    before = max(kernel - stride, 0) // 2
    return counts[before:][: size * stride]
