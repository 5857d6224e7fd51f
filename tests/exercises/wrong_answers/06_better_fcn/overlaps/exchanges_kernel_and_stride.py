# hint: are exchanged
import numpy as np


def overlaps(size, kernel, stride):
    counts = np.zeros((size - 1) * kernel + stride, int)
    for place in range(size):
        counts[place * kernel : place * kernel + stride] += 1
    return counts
