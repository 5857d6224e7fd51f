# hint: Void pixels do not count
import numpy as np


def soft_dice(probabilities, labels, category):
    said, true = probabilities[..., category], labels == category
    return 2 * np.sum(said * true) / (np.sum(said**2) + np.sum(true))
