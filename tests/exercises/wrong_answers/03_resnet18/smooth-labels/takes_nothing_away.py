# hint: adds up to 1
import numpy as np


def smooth_labels(labels, num_classes, amount):
    hard = np.eye(num_classes)[labels]
    return hard + amount / num_classes
