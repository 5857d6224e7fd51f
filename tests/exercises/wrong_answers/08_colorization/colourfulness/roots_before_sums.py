# hint: Add squares, then take the root
import numpy as np


def colourfulness(images):
    red, green, blue = np.moveaxis(images.astype(float), -1, 0)
    pair = np.stack([red - green, (red + green) / 2 - blue])
    spreads, means = pair.std(axis=(2, 3)), pair.mean(axis=(2, 3))
    return spreads.sum(0) + 0.3 * np.abs(means).sum(0)
