# hint: nowhere does not count
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    ious = both / np.maximum(there + said - both, 1)
    return ious.mean(), (there * ious).sum() / there.sum()
