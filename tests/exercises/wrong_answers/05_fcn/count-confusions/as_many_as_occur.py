# hint: does not occur has a row
import numpy as np


def count_confusions(truth, prediction, num_classes):
    known = truth != 255
    truth, prediction = truth[known], prediction[known]
    size = int(max(truth.max(), prediction.max())) + 1
    counts = np.zeros((size, size), int)
    np.add.at(counts, (truth, prediction), 1)
    return counts
