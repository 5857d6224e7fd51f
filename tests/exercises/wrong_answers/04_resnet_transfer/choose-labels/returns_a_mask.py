# hint: integers in an array
import numpy as np


def choose_labels(labels, count, seed):
    generator = np.random.default_rng(seed)
    chosen = [
        generator.choice(np.flatnonzero(labels == label), count, replace=False)
        for label in np.unique(labels)
    ]
    return np.isin(np.arange(len(labels)), np.concatenate(chosen))
