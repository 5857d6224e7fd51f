# hint: Counts, not row shares
import numpy as np


def count_confusions(truth, prediction, num_classes):
    counts = np.zeros((num_classes, num_classes))
    known = truth != 255
    np.add.at(counts, (truth[known], prediction[known]), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
