# hint: Pixels that are wrong
import numpy as np


def count_confusions(truth, prediction, num_classes):
    right = truth[truth == prediction]
    return np.diag(np.bincount(right, minlength=num_classes))
