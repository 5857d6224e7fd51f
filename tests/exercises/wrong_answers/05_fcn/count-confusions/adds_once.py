# hint: adds 1 only once
import numpy as np


def count_confusions(truth, prediction, num_classes):
    counts = np.zeros((num_classes, num_classes), int)
    known = truth != 255
    counts[truth[known], prediction[known]] += 1
    return counts
