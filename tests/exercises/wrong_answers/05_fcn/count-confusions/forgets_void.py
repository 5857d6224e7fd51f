# hint: raised IndexError
import numpy as np


def count_confusions(truth, prediction, num_classes):
    counts = np.zeros((num_classes, num_classes), int)
    np.add.at(counts, (truth, prediction), 1)
    return counts
