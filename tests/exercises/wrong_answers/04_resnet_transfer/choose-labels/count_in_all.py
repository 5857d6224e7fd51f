# hint: integers in an array
import numpy as np


def choose_labels(labels, count, seed):
    generator = np.random.default_rng(seed)
    return generator.choice(len(labels), count, replace=False)
