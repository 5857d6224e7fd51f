# hint: subtract the largest
import numpy as np


def annealed_mean(logits, centres, temperature):
    shares = np.exp(logits / temperature)
    return shares / shares.sum(axis=-1, keepdims=True) @ centres
