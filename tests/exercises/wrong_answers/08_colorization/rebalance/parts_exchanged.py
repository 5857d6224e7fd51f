# hint: λ is the part of the equal shares
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / (mixed * shares + (1 - mixed) / len(shares))
    return weights / np.sum(shares * weights)
