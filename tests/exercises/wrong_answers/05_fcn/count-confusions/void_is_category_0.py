# hint: is not category 0
import numpy as np


def count_confusions(truth, prediction, num_classes):
    counts = np.zeros((num_classes, num_classes), int)
    np.add.at(counts, (np.where(truth == 255, 0, truth), prediction), 1)
    return counts
