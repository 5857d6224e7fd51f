# hint: temperature has no effect
import numpy as np


def annealed_mean(logits, centres, temperature):
    scaled = logits
    shares = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return (shares / shares.sum(axis=-1, keepdims=True)) @ centres
