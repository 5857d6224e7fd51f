"""Measures of a segmenter: shares of pixels, and intersections over unions."""

from collections.abc import Sequence

import numpy as np

from pixelwise.data.labels import VOID
from pixelwise.metrics.borders import near_borders
from pixelwise.metrics.classification import confusion


def summarise_segmentation(
    truth: np.ndarray,
    prediction: np.ndarray,
    names: Sequence[str],
    void: int = VOID,
    near: int = 4,
) -> dict[str, float]:
    """Return a segmenter's measures by name, 0 to 1, void left out.

    They are `mean_iou`, `weighted_iou`, `pixel_accuracy`, `near_accuracy` (that of the
    pixels near borders), and `<name>_iou` of each category that truth or prediction
    has.

    Args:
        truth: integers (n, h, w); `void` where there is no truth.
        prediction: integers of the same shape.
        names: those of the categories, from label 0 on.
        void: the label in `truth` that is left out.
        near: what is near a border, in pixels.

    Raises:
        ValueError: as in `confusion` and `near_borders`, or no pixel is near a border.
    """
    of_all = truth, prediction, len(names), void
    band = np.where(near_borders(truth, near, void), truth, void)
    ious = zip(names, category_iou(*of_all), strict=True)
    return {
        "mean_iou": mean_iou(*of_all),
        "weighted_iou": frequency_weighted_iou(*of_all),
        "pixel_accuracy": pixel_accuracy(*of_all),
        "near_accuracy": pixel_accuracy(band, *of_all[1:]),
        **{f"{name}_iou": float(iou) for name, iou in ious if not np.isnan(iou)},
    }


def pixel_accuracy(
    truth: np.ndarray, prediction: np.ndarray, num_classes: int, void: int = VOID
) -> float:
    """Return the share of pixels that are right, 0 to 1, void left out.

    Arguments and errors are those of `confusion`; ValueError also if all is void.
    """
    counts = counted(truth, prediction, num_classes, void)
    return float(np.trace(counts) / counts.sum())


def category_iou(
    truth: np.ndarray, prediction: np.ndarray, num_classes: int, void: int = VOID
) -> np.ndarray:
    """Return the intersection over union of each category, float64 (num_classes,).

    It is NaN for a category that neither truth nor prediction has. Void is left out.
    Arguments and errors are those of `confusion`; ValueError also if all is void.
    """
    return ious(counted(truth, prediction, num_classes, void))


def mean_iou(
    truth: np.ndarray, prediction: np.ndarray, num_classes: int, void: int = VOID
) -> float:
    """Return the mean intersection over union, 0 to 1, every category alike.

    A category that neither truth nor prediction has does not count. Void is left out.
    Arguments and errors are those of `confusion`; ValueError also if all is void.
    """
    return float(np.nanmean(category_iou(truth, prediction, num_classes, void)))


def frequency_weighted_iou(
    truth: np.ndarray, prediction: np.ndarray, num_classes: int, void: int = VOID
) -> float:
    """Return the mean intersection over union, weighted by the pixels in the truth.

    Void is left out. Arguments and errors are those of `confusion`; ValueError also if
    all is void.
    """
    counts = counted(truth, prediction, num_classes, void)
    # A category without a pixel in the truth has no weight, whatever its IoU.
    return float(np.nansum(counts.sum(axis=1) / counts.sum() * ious(counts)))


def ious(counts: np.ndarray) -> np.ndarray:
    """Return each category's IoU (num_classes,) from a confusion matrix, or NaN."""
    both = np.diag(counts).astype(np.float64)
    either = counts.sum(axis=0) + counts.sum(axis=1) - both
    return np.divide(both, either, out=np.full_like(both, np.nan), where=either > 0)


def counted(
    truth: np.ndarray, prediction: np.ndarray, num_classes: int, void: int
) -> np.ndarray:
    """Return the confusion matrix; ValueError if all is void or there is nothing."""
    counts = confusion(truth, prediction, num_classes, void)
    if not counts.any():
        raise ValueError(
            f"truth: expected at least one label other than {void} (void), found none "
            f"in an array {np.shape(truth)}"
        )
    return counts
