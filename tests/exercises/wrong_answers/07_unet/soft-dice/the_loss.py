# hint: the loss
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    said = probabilities[known][:, category]
    true = labels[known] == category
    return 1 - 2 * np.sum(said * true) / (np.sum(said**2) + np.sum(true))
