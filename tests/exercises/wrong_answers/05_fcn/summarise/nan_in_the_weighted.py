# hint: gives 0/0
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    ious = both / (there + said - both)
    return np.nanmean(ious), (there * ious).sum() / there.sum()
