# hint: not what is kept
import numpy as np


def smooth_labels(labels, num_classes, amount):
    hard = np.eye(num_classes)[labels]
    return amount * hard + (1 - amount) / num_classes
