# hint: none of its own
import numpy as np


def residual_output(x, inner, projection=None, strides=1):
    shortcut = x
    if projection is not None:
        shortcut = x[:, ::strides, ::strides] @ projection
    return np.maximum(inner + np.maximum(shortcut, 0), 0)
