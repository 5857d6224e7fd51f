# hint: raised IndexError
import numpy as np


def he_spread(shape):
    return np.sqrt(2 / (shape[0] * shape[1] * shape[2]))
