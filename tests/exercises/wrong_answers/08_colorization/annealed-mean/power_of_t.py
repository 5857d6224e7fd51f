# hint: the power of the probabilities is 1/T
import numpy as np


def annealed_mean(logits, centres, temperature):
    p = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    shares = p**temperature
    return shares / shares.sum(axis=-1, keepdims=True) @ centres
