"""Few labels: the same number of pictures of every class, chosen by a seed."""

import numpy as np

from pixelwise.data.labels import check_labels


def choose_per_class(
    labels: np.ndarray, count: int, num_classes: int = 10, seed: int = 0
) -> np.ndarray:
    """Return the places of `count` pictures of each class, int64, in random order.

    With one seed, the pictures of a smaller count are among those of a larger one.

    Args:
        labels: integers (n,), 0 to num_classes - 1.
        count: pictures of each class.
        num_classes: number of classes.
        seed: what fixes the choice.

    Raises:
        ValueError: a label is not an integer of the range, or a class has too few.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1:
        raise ValueError(f"labels: expected shape (n,), found {labels.shape}")
    check_labels("labels", labels, num_classes)
    generator = np.random.default_rng(seed)
    chosen = []
    for label in range(num_classes):
        places = generator.permutation(np.flatnonzero(labels == label))
        if not 1 <= count <= len(places):
            raise ValueError(
                f"count: expected 1 to {len(places)}, the pictures of class {label}, "
                f"found {count}"
            )
        chosen.append(places[:count])
    return generator.permutation(np.concatenate(chosen))
