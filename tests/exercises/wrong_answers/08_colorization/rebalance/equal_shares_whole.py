# hint: equal shares count with λ
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / ((1 - mixed) * shares + 1 / len(shares))
    return weights / np.sum(shares * weights)
