# hint: need not be square
import numpy as np


def he_spread(shape):
    return np.sqrt(2 / (shape[0] ** 2 * shape[-2])) if len(shape) == 4 else np.sqrt(2 / shape[0])
