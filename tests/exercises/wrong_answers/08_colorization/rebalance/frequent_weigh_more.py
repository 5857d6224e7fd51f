# hint: Rare bins weigh more
import numpy as np


def rebalance(shares, mixed):
    weights = (1 - mixed) * shares + mixed / len(shares)
    return weights / np.sum(shares * weights)
