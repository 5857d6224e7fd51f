# hint: expected
import numpy as np


def residual_output(x, inner, projection=None, strides=1):
    shortcut = x
    if projection is not None:
        shortcut = x[:, ::strides, ::strides] @ projection
    return np.maximum(inner, 0) + np.maximum(shortcut, 0)
