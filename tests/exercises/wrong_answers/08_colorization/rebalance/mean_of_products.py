# hint: a sum, not a mean
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / ((1 - mixed) * shares + mixed / len(shares))
    return weights / np.mean(shares * weights)
