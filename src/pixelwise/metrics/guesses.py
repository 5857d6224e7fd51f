"""Blind guesses, which a segmenter has to beat."""

import numpy as np

from pixelwise.data.labels import VOID, check_labels


def frequent_everywhere(
    masks: np.ndarray, num_classes: int, void: int = VOID
) -> np.ndarray:
    """Return the guess (h, w) uint8 that has the most frequent category everywhere.

    Args:
        masks: integers (n, h, w), those of training.
        num_classes: categories are 0 to num_classes - 1.
        void: the label that is not counted.

    Raises:
        ValueError: no mask, another shape, or a label that is no category.
    """
    counts = position_counts(masks, num_classes, void)
    return np.full(counts.shape[1:], counts.sum(axis=(1, 2)).argmax(), np.uint8)


def frequent_by_position(
    masks: np.ndarray, num_classes: int, void: int = VOID
) -> np.ndarray:
    """Return the guess (h, w) uint8 that has each place's most frequent category.

    Where all masks are void it is the most frequent category of all places. Arguments
    and errors are those of `frequent_everywhere`.
    """
    counts = position_counts(masks, num_classes, void)
    overall = counts.sum(axis=(1, 2)).argmax()
    return np.where(counts.any(axis=0), counts.argmax(axis=0), overall).astype(np.uint8)


def position_counts(masks: np.ndarray, num_classes: int, void: int) -> np.ndarray:
    """Return how often each place has each category, (num_classes, h, w)."""
    masks = np.asarray(masks)
    if masks.ndim != 3 or len(masks) == 0:
        raise ValueError(f"masks: expected (n, h, w), n >= 1, found {masks.shape}")
    check_labels("masks", masks[masks != void], num_classes)
    return np.stack([(masks == label).sum(axis=0) for label in range(num_classes)])
