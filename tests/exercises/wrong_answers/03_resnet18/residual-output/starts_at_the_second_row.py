# hint: first row and column
import numpy as np


def residual_output(x, inner, projection=None, strides=1):
    shortcut = x
    if projection is not None:
        shortcut = x[:, strides - 1 :: strides, strides - 1 :: strides] @ projection
    return np.maximum(inner + shortcut, 0)
