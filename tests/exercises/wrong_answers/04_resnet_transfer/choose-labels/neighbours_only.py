# hint: never chosen
import numpy as np


def choose_labels(labels, count, seed):
    generator = np.random.default_rng(seed)
    chosen = []
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        first = generator.integers(0, max(1, len(places) // 2 - count))
        chosen.append(places[first : first + count])
    return np.concatenate(chosen)
