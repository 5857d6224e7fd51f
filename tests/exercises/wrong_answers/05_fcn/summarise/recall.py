# hint: not by the truth
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    occurs = there > 0
    scores = both[occurs] / there[occurs]
    return scores.mean(), (there[occurs] * scores).sum() / there.sum()
