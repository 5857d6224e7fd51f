# hint: take no log of it
import numpy as np


def loss_without_void(logits, labels):
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities = powers / powers.sum(axis=-1, keepdims=True)
    known = labels != 255
    if not known.any():
        return 0.0
    right = np.take_along_axis(
        probabilities[known], labels[known][:, None].astype(int), axis=-1
    )
    return -np.log(right).mean()
