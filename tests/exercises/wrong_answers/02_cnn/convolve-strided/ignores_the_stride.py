# hint: stride has no effect
import numpy as np


def convolve_strided(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(image, padding), kernel.shape
    )
    return np.sum(windows * kernel, axis=(2, 3))
