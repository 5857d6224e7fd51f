# hint: expected two results
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    occurs = there + said > 0
    ious = both[occurs] / (there + said - both)[occurs]
    return ious.mean()
