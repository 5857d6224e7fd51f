# hint: changed the labels
import numpy as np


def choose_labels(labels, count, seed):
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    generator = np.random.default_rng(seed)
    chosen = [
        order[generator.choice(np.flatnonzero(ordered == label), count, replace=False)]
        for label in np.unique(labels)
    ]
    labels.sort()
    return np.concatenate(chosen)
