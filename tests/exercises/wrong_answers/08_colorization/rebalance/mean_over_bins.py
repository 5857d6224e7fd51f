# hint: mean over shares is 1, not over bins
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / ((1 - mixed) * shares + mixed / len(shares))
    return weights / np.mean(weights)
