# hint: Across void, too
import numpy as np


def near_border(mask, radius):
    padded = np.pad(mask, 1, constant_values=255)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    other = (windows != mask[:, :, None, None]) & (windows != 255)
    line = other.any(axis=(2, 3)) & (mask != 255)
    side = 2 * radius - 1
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(line, radius - 1), (side, side)
    )
    return windows.any(axis=(2, 3)) & (mask != 255)
