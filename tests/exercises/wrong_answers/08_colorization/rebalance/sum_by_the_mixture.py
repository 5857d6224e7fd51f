# hint: Weigh by p, not by the mixture
import numpy as np


def rebalance(shares, mixed):
    mixture = (1 - mixed) * shares + mixed / len(shares)
    weights = 1 / mixture
    return weights / np.sum(mixture * weights)
