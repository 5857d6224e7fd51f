# hint: Sum over all pictures before you divide
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    said = probabilities[..., category] * known
    true = (labels == category) * known
    both, axes = 2 * (said * true).sum((1, 2)), (1, 2)
    return np.mean(both / ((said**2).sum(axes) + true.sum(axes)))
