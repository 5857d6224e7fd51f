# hint: under the root
import numpy as np


def he_spread(shape):
    return 2 / np.sqrt(np.prod(shape[:-1]))
