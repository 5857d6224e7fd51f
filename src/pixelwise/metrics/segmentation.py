"""Measures of a classifier or segmenter, and the guesses it has to beat."""

import functools
from collections.abc import Callable, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

VOID = 255


def confusion(
    truth: np.ndarray, prediction: np.ndarray, num_classes: int, void: int = VOID
) -> np.ndarray:
    """Return counts (num_classes, num_classes) int64: rows are truth, columns guess.

    Args:
        truth: integers of any shape; `void` where there is no truth.
        prediction: integers of the same shape.
        num_classes: classes are 0 to num_classes - 1.
        void: the label in `truth` that is left out.

    Raises:
        ValueError: shapes differ, or a label is not an integer of the range.
    """
    truth, prediction = np.asarray(truth), np.asarray(prediction)
    if truth.shape != prediction.shape:
        raise ValueError(
            "truth and prediction: expected one shape, "
            f"found {truth.shape} and {prediction.shape}"
        )
    counted = truth != void
    truth, prediction = truth[counted], prediction[counted]
    check_labels("truth", truth, num_classes)
    check_labels("prediction", prediction, num_classes)
    pairs = truth.astype(np.int64) * num_classes + prediction
    counts = np.bincount(pairs, minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


def check_labels(name: str, labels: np.ndarray, num_classes: int) -> None:
    """Raise ValueError unless labels are integers from 0 to num_classes - 1."""
    if not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"{name}: expected integers, found {labels.dtype}")
    if labels.size and (labels.min() < 0 or labels.max() >= num_classes):
        raise ValueError(
            f"{name}: expected labels 0 to {num_classes - 1}, "
            f"found {labels.min()} to {labels.max()}"
        )


def accuracy(truth: np.ndarray, prediction: np.ndarray) -> float:
    """Return the share of equal labels, 0 to 1.

    Args:
        truth: integers of any shape.
        prediction: integers of the same shape.

    Raises:
        ValueError: shapes differ (a (n, 1) beside a (n,) would be compared all with
            all), or there are no labels.
    """
    truth, prediction = np.asarray(truth), np.asarray(prediction)
    if truth.shape != prediction.shape or truth.size == 0:
        raise ValueError(
            "truth and prediction: expected one shape with at least one label, "
            f"found {truth.shape} and {prediction.shape}"
        )
    return float(np.mean(truth == prediction))


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


def near_borders(masks: np.ndarray, radius: int, void: int = VOID) -> np.ndarray:
    """Return where another category is within `radius`, booleans (n, h, w).

    It is within where it has a pixel in the square of 2 · radius + 1 pixels around.
    Void is no category: it is never near a border, and makes none. Neither does the
    edge of the picture. Bands along borders are the trimaps of Kohli, Ladický and Torr
    2009, doi:10.1007/s11263-008-0202-0.

    Args:
        masks: integers (n, h, w).
        radius: in pixels, 0 or more.
        void: the label that is no category.

    Raises:
        ValueError: masks of another shape or type, or a radius below 0.
    """
    masks = np.asarray(masks)
    if masks.ndim != 3 or not np.issubdtype(masks.dtype, np.integer) or radius < 0:
        raise ValueError(
            "masks and radius: expected integers (n, h, w) and 0 or more, "
            f"found {masks.dtype} {masks.shape} and {radius}"
        )
    known, limits = masks != void, np.iinfo(masks.dtype)
    # In void's place stands what no minimum, or maximum, with a category takes.
    least = extreme(np.where(known, masks, limits.max), radius, np.minimum)
    most = extreme(np.where(known, masks, limits.min), radius, np.maximum)
    return known & (least != most)


def extreme(masks: np.ndarray, radius: int, choose: Callable) -> np.ndarray:
    """Return the least or the greatest label of the square around each pixel.

    Args:
        masks: (n, h, w).
        radius: the square has sides of 2 · radius + 1 pixels.
        choose: np.minimum or np.maximum.
    """
    for axis in (1, 2):
        padding = [(0, 0)] * 3
        padding[axis] = (radius, radius)
        # An edge that is repeated brings no label that its window has not already.
        padded = np.pad(masks, padding, mode="edge")
        windows = sliding_window_view(padded, 2 * radius + 1, axis)
        # One place in all windows after the other: far faster than window by window.
        masks = functools.reduce(choose, np.moveaxis(windows, -1, 0))
    return masks


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
