# hint: No smoothing term
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    said = probabilities[known][:, category]
    true = labels[known] == category
    both = 2 * np.sum(said * true) + 1
    return both / (np.sum(said**2) + np.sum(true) + 1)
