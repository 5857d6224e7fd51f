# hint: seed has no effect
import numpy as np


def choose_labels(labels, count, seed):
    generator = np.random.default_rng(0)
    chosen = [
        generator.choice(np.flatnonzero(labels == label), count, replace=False)
        for label in np.unique(labels)
    ]
    return np.concatenate(chosen)
