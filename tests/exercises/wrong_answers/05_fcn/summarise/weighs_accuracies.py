# hint: Weigh the IoUs, not the accuracies
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    occurs = there + said > 0
    ious = both[occurs] / (there + said - both)[occurs]
    recall = both / np.maximum(there, 1)
    return ious.mean(), (there * recall).sum() / there.sum()
