# hint: ReLU takes half
import numpy as np


def he_spread(shape):
    return 1 / np.sqrt(np.prod(shape[:-1]))
