# hint: Not a cross
import numpy as np


def near_border(mask, radius):
    padded = np.pad(mask, radius, constant_values=255)
    square = (2 * radius + 1, 2 * radius + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, square)
    other = (windows != mask[:, :, None, None]) & (windows != 255)
    along = other[:, :, radius].any(axis=2) | other[:, :, :, radius].any(axis=2)
    return along & (mask != 255)
