"""Every figure that more than one notebook draws; `show` puts it on the page."""

from pixelwise.figures.comparisons import (
    category_bars,
    chapters_compared,
    comparison,
    confusion_matrix,
)
from pixelwise.figures.curves import learning_curves
from pixelwise.figures.grids import picture_rows, pictures
from pixelwise.figures.masks import (
    add_category_legend,
    mask_colours,
    overlay,
    segmentations,
)
from pixelwise.figures.page import show
from pixelwise.figures.style import CATEGORY_COLOURS, COLOURS, MARKERS

__all__ = [
    "CATEGORY_COLOURS",
    "COLOURS",
    "MARKERS",
    "add_category_legend",
    "category_bars",
    "chapters_compared",
    "comparison",
    "confusion_matrix",
    "learning_curves",
    "mask_colours",
    "overlay",
    "picture_rows",
    "pictures",
    "segmentations",
    "show",
]
