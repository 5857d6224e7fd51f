# hint: the last axis
import numpy as np


def annealed_mean(logits, centres, temperature):
    scaled = logits / temperature
    shares = np.exp(scaled - scaled.max(axis=0, keepdims=True))
    return (shares / shares.sum(axis=0, keepdims=True)) @ centres
