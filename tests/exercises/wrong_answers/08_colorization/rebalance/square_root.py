# hint: No square root here
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / np.sqrt((1 - mixed) * shares + mixed / len(shares))
    return weights / np.sum(shares * weights)
