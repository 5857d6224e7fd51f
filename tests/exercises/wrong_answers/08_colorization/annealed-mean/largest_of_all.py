# hint: divide, then subtract the largest
import numpy as np


def annealed_mean(logits, centres, temperature):
    scaled = logits / temperature
    shares = np.exp(scaled - scaled.max())
    return (shares / shares.sum(axis=-1, keepdims=True)) @ centres
