"""What is measured of an answer, and the guesses that it has to beat.

Measures of colours are in `pixelwise.metrics.colour`.
"""

from pixelwise.data.labels import VOID
from pixelwise.metrics.borders import near_borders
from pixelwise.metrics.classification import accuracy, confusion
from pixelwise.metrics.guesses import frequent_by_position, frequent_everywhere
from pixelwise.metrics.segmentation import (
    category_iou,
    frequency_weighted_iou,
    mean_iou,
    pixel_accuracy,
    summarise_segmentation,
)

__all__ = [
    "VOID",
    "accuracy",
    "category_iou",
    "confusion",
    "frequency_weighted_iou",
    "frequent_by_position",
    "frequent_everywhere",
    "mean_iou",
    "near_borders",
    "pixel_accuracy",
    "summarise_segmentation",
]
