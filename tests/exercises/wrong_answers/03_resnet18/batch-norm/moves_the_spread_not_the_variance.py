# hint: expected
import numpy as np


def batch_norm(
    maps, gamma, beta, mean, variance, training, momentum=0.9, epsilon=1e-5
):
    used, spread = mean, variance
    if training:
        used, spread = maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))
        mean = momentum * mean + (1 - momentum) * used
        variance = momentum * variance + (1 - momentum) * np.sqrt(spread)
    scaled = (maps - used) / np.sqrt(spread + epsilon)
    return gamma * scaled + beta, mean, variance
