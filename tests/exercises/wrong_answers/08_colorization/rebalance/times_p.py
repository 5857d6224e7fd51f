# hint: Those are p w
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / ((1 - mixed) * shares + mixed / len(shares))
    return shares * weights / np.sum(shares * weights)
