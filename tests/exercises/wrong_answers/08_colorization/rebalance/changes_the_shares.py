# hint: changed the shares
import numpy as np


def rebalance(shares, mixed):
    before = shares.copy()
    shares *= 1 - mixed
    shares += mixed / len(shares)
    return 1 / shares / np.sum(before / shares)
