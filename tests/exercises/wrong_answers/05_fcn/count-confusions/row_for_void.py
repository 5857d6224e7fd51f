# hint: no row and no column for void
import numpy as np


def count_confusions(truth, prediction, num_classes):
    counts = np.zeros((num_classes + 1, num_classes + 1), int)
    np.add.at(counts, (np.minimum(truth, num_classes), prediction), 1)
    return counts
