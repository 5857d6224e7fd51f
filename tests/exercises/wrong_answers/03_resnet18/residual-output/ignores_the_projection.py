# hint: projection is missing
import numpy as np


def residual_output(x, inner, projection=None, strides=1):
    return np.maximum(inner + x[:, ::strides, ::strides], 0)
