# hint: use wider integers
import numpy as np


def count_confusions(truth, prediction, num_classes):
    known = truth != 255
    codes = truth[known] * np.uint8(num_classes) + prediction[known]
    counts = np.bincount(codes, minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)
