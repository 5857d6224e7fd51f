# hint: Pixels go from 0 to 255
import numpy as np


def colourfulness(images):
    red, green, blue = np.moveaxis(images / 255, -1, 0)
    pair = np.stack([red - green, (red + green) / 2 - blue])
    variances, means = pair.var(axis=(2, 3)), pair.mean(axis=(2, 3))
    return np.sqrt(variances.sum(0)) + 0.3 * np.sqrt((means**2).sum(0))
