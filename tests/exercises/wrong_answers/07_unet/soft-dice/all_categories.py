# hint: Of this category, not of each
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    found = []
    for each in range(probabilities.shape[-1]):
        said, true = probabilities[known][:, each], labels[known] == each
        found.append(2 * np.sum(said * true) / (np.sum(said**2) + np.sum(true)))
    return found
