# hint: Take the probabilities, not the decisions
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    said = probabilities[known].argmax(axis=-1) == category
    true = labels[known] == category
    return 2 * np.sum(said * true) / (np.sum(said) + np.sum(true))
