# hint: take its root
import numpy as np


def he_spread(shape):
    return 2 / np.prod(shape[:-1])
