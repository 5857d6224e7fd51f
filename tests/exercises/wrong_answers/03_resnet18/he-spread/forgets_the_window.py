# hint: over the whole window
import numpy as np


def he_spread(shape):
    return np.sqrt(2 / shape[-2])
