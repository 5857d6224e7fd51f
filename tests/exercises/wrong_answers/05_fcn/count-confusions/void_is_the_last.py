# hint: not the last category
import numpy as np


def count_confusions(truth, prediction, num_classes):
    counts = np.zeros((num_classes, num_classes), int)
    np.add.at(counts, (np.minimum(truth, num_classes - 1), prediction), 1)
    return counts
