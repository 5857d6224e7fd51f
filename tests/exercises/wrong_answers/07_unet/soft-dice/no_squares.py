# hint: Square the probabilities
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    said = probabilities[known][:, category]
    true = labels[known] == category
    return 2 * np.sum(said * true) / (np.sum(said) + np.sum(true))
