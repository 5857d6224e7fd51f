"""Bands along the borders of categories."""

import functools
from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pixelwise.data.labels import VOID


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
