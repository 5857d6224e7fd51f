# hint: shortcut is missing
import numpy as np


def residual_output(x, inner, projection=None, strides=1):
    return np.maximum(inner, 0)
