# hint: changed the logits
import numpy as np


def annealed_mean(logits, centres, temperature):
    logits /= temperature
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True) @ centres
