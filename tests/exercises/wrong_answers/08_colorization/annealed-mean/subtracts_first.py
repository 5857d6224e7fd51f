# hint: divide, then subtract the largest
import numpy as np


def annealed_mean(logits, centres, temperature):
    shares = np.exp(logits / temperature - logits.max(axis=-1, keepdims=True))
    return (shares / shares.sum(axis=-1, keepdims=True)) @ centres
