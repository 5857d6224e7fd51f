# hint: That is an IoU
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    said = probabilities[known][:, category]
    true = labels[known] == category
    both = np.sum(said * true)
    return both / (np.sum(said**2) + np.sum(true) - both)
