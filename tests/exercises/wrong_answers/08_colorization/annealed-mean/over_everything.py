# hint: softmax is of each pixel
import numpy as np


def annealed_mean(logits, centres, temperature):
    shares = np.exp(logits / temperature)
    return shares / shares.sum() @ centres
