# hint: the right one too
import numpy as np


def smooth_labels(labels, num_classes, amount):
    hard = np.eye(num_classes)[labels]
    return np.where(hard == 1, 1 - amount, amount / (num_classes - 1))
