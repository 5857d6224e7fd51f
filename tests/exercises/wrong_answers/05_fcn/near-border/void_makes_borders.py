# hint: Void makes no border
import numpy as np


def near_border(mask, radius):
    padded = np.pad(mask, radius, mode="edge")
    square = (2 * radius + 1, 2 * radius + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, square)
    other = windows != mask[:, :, None, None]
    return other.any(axis=(2, 3)) & (mask != 255)
