"""Masks as colours: alone, beside their photos, and over them."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from PIL import ImageColor

from pixelwise.figures.grids import picture_rows
from pixelwise.figures.style import CATEGORY_COLOURS


def mask_colours(masks: np.ndarray) -> np.ndarray:
    """Return masks (n, h, w) as pictures uint8 (n, h, w, 3) in `CATEGORY_COLOURS`.

    What is no category is white. The colours are near to those of Cityscapes, in which
    nature and people look alike to many colour-blind readers.

    Args:
        masks: integers from 0 to 255.
    """
    table = np.full((256, 3), 255, np.uint8)
    table[: len(CATEGORY_COLOURS)] = list(map(ImageColor.getrgb, CATEGORY_COLOURS))
    return table[masks]


def segmentations(
    rows: Mapping[str, np.ndarray],
    class_names: Sequence[str],
    titles: Mapping[str, Sequence[str]] | None = None,
) -> Figure:
    """Return photos and masks of the same scenes, a row of each, above a legend.

    Args:
        rows: by what the row is called: photos (n, h, w, 3), uint8 or floats from 0 to
            1, or masks (n, h, w) of integers.
        class_names: of the labels 0, 1 …; 255 is void.
        titles: by what the row is called, n lines above its pictures.
    """
    pictures_only = {
        name: mask_colours(drawn) if np.ndim(drawn) == 3 else drawn
        for name, drawn in rows.items()
    }
    figure = picture_rows(pictures_only, titles)
    add_category_legend(figure, class_names, void=True)
    return figure


def overlay(
    photo: np.ndarray, mask: np.ndarray, class_names: Sequence[str], share: float = 0.55
) -> Figure:
    """Return a photo, and beside it the same under the colours of its mask.

    Args:
        photo: (h, w, 3), uint8.
        mask: integers (h, w).
        class_names: of the labels 0, 1 …
        share: of the mask's colours in the mixture, 0 to 1.
    """
    mixed = (1 - share) * photo + share * mask_colours(mask)
    width = min(5.0, 5.0 * photo.shape[1] / photo.shape[0])
    size = 2 * width, width * photo.shape[0] / photo.shape[1] + 0.9
    figure, axes = plt.subplots(1, 2, figsize=size, layout="constrained")
    drawn = {"photo": photo, "categories": np.rint(mixed).astype(np.uint8)}
    for axis, (title, picture) in zip(axes, drawn.items(), strict=True):
        axis.imshow(picture)
        axis.set(xticks=[], yticks=[], title=title)
    add_category_legend(figure, class_names)
    return figure


def add_category_legend(
    figure: Figure, class_names: Sequence[str], void: bool = False, columns: int = 4
) -> None:
    """Add a legend of the categories' colours, and of void's white, below a figure."""
    colours = dict(zip(class_names, CATEGORY_COLOURS, strict=False))
    if void:
        colours["void"] = "white"
    patches = [
        Patch(facecolor=colour, edgecolor="black", label=name)
        for name, colour in colours.items()
    ]
    place = "outside lower center"
    figure.legend(handles=patches, loc=place, ncols=columns, fontsize=8)
