# hint: temperature has no effect
import numpy as np


def annealed_mean(logits, centres, temperature):
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True)) / temperature
    return (shares / shares.sum(axis=-1, keepdims=True)) @ centres
