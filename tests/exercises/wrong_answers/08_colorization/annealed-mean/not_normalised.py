# hint: do not sum to 1 yet
import numpy as np


def annealed_mean(logits, centres, temperature):
    return np.exp(logits / temperature) @ centres
