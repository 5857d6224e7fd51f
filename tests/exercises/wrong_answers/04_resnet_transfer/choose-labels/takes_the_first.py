# hint: seed has no effect
import numpy as np


def choose_labels(labels, count, seed):
    generator = np.random.default_rng(seed)
    chosen = [
        np.flatnonzero(labels == label)[:count]
        for label in np.unique(labels)
    ]
    return np.concatenate(chosen)
