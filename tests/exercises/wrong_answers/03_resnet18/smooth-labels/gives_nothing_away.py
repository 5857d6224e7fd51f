# hint: given away again
import numpy as np


def smooth_labels(labels, num_classes, amount):
    hard = np.eye(num_classes)[labels]
    return (1 - amount) * hard
