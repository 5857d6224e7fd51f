# hint: not by what was predicted
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    occurs = said > 0
    scores = both[occurs] / said[occurs]
    return scores.mean(), (there[occurs] * scores).sum() / there.sum()
