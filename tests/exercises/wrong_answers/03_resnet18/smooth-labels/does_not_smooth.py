# hint: Nothing is smoothed
import numpy as np


def smooth_labels(labels, num_classes, amount):
    hard = np.eye(num_classes)[labels]
    return hard
