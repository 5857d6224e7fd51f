# hint: Void is not category 0
import numpy as np


def soft_dice(probabilities, labels, category):
    labels = np.where(labels == 255, 0, labels)
    said, true = probabilities[..., category], labels == category
    return 2 * np.sum(said * true) / (np.sum(said**2) + np.sum(true))
