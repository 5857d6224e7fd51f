# hint: makes no difference
import numpy as np


def he_spread(shape):
    return np.sqrt(2 / np.prod(shape))
