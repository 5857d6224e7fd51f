"""Measures of labels: accuracy, and the confusion matrix that all others come from."""

import numpy as np

from pixelwise.data.labels import VOID, check_labels


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
