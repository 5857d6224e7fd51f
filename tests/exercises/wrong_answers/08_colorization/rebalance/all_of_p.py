# hint: p counts with 1 - λ
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / (shares + mixed / len(shares))
    return weights / np.sum(shares * weights)
