# hint: That is Dice
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    occurs = there + said > 0
    scores = 2 * both[occurs] / (there + said)[occurs]
    return scores.mean(), (there[occurs] * scores).sum() / there.sum()
