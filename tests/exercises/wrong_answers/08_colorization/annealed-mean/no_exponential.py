# hint: exponential first
import numpy as np


def annealed_mean(logits, centres, temperature):
    return logits / temperature @ centres
