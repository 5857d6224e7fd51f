# hint: divide λ by the number of bins
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / ((1 - mixed) * shares + mixed)
    return weights / np.sum(shares * weights)
