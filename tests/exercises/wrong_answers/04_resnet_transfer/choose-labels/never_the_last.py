# hint: never chosen
import numpy as np


def choose_labels(labels, count, seed):
    generator = np.random.default_rng(seed)
    chosen = [
        generator.choice(np.flatnonzero(labels[:-1] == label), count, replace=False)
        for label in np.unique(labels)
    ]
    return np.concatenate(chosen)
