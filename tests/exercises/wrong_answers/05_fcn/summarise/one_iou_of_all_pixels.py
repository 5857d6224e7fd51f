# hint: First an IoU for each category
import numpy as np


def summarise(counts):
    there, said, both = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    either = there + said - both
    iou = both.sum() / either.sum()
    return iou, (either * iou).sum() / either.sum()
