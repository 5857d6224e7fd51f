# hint: not the probabilities
import numpy as np


def annealed_mean(logits, centres, temperature):
    p = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    shares = np.exp(p / temperature)
    return shares / shares.sum(axis=-1, keepdims=True) @ centres
