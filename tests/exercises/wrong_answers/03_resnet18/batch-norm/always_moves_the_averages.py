# hint: in training, and only then
import numpy as np


def batch_norm(
    maps, gamma, beta, mean, variance, training, momentum=0.9, epsilon=1e-5
):
    batch, batch_spread = maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))
    used, spread = (batch, batch_spread) if training else (mean, variance)
    mean = momentum * mean + (1 - momentum) * batch
    variance = momentum * variance + (1 - momentum) * batch_spread
    scaled = (maps - used) / np.sqrt(spread + epsilon)
    return gamma * scaled + beta, mean, variance
