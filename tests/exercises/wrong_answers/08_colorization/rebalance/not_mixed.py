# hint: Mix in the equal shares
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / np.maximum(shares, 1e-12)
    return weights / np.sum(shares * weights)
