# hint: no neighbour of the last one
import numpy as np


def near_border(mask, radius):
    near = np.zeros(mask.shape, bool)
    for down in range(-radius, radius + 1):
        for right in range(-radius, radius + 1):
            moved = np.roll(mask, (down, right), axis=(0, 1))
            near |= (moved != mask) & (moved != 255)
    return near & (mask != 255)
