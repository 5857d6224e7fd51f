# hint: is missing
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / np.full(len(shares), mixed / len(shares))
    return weights / np.sum(shares * weights)
