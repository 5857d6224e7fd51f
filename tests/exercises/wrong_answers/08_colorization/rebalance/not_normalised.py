# hint: so that the average is 1
import numpy as np


def rebalance(shares, mixed):
    weights = 1 / ((1 - mixed) * shares + mixed / len(shares))
    return weights
