# hint: Not one for each picture
import numpy as np


def soft_dice(probabilities, labels, category):
    known = labels != 255
    said = probabilities[..., category] * known
    true = (labels == category) * known
    both, axes = 2 * (said * true).sum((1, 2)), (1, 2)
    return both / ((said**2).sum(axes) + true.sum(axes))
