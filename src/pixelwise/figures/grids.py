"""Pictures side by side."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def pictures(
    images: np.ndarray,
    titles: Sequence[str] | None = None,
    columns: int = 8,
    title: str | None = None,
) -> Figure:
    """Return a grid of pictures.

    Args:
        images: (n, h, w, 3) or (n, h, w, 1), uint8 or floats from 0 to 1.
        titles: a line above each picture.
        columns: pictures in a row.
        title: a line above them all.
    """
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    height = 1.25 if titles is None else 1.6
    figure, axes = plt.subplots(
        rows,
        columns,
        figsize=(1.25 * columns, height * rows + 0.4),
        squeeze=False,
        layout="constrained",
    )
    for axis in axes.flat:
        axis.set_axis_off()
    for index, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        axis.imshow(image, cmap="gray")
        if titles is not None:
            axis.set_title(titles[index], fontsize=8)
    if title:
        figure.suptitle(title)
    return figure


def picture_rows(
    rows: Mapping[str, np.ndarray],
    titles: Mapping[str, Sequence[str]] | None = None,
) -> Figure:
    """Return several views of the same pictures, a row of each, with its name.

    Args:
        rows: by what the row is called, pictures (n, h, w, 3), uint8 or floats from 0
            to 1, or (n, h, w, 1).
        titles: by what the row is called, n lines above its pictures.
    """
    columns = len(next(iter(rows.values())))
    size = 1.5 * columns + 0.5, 1.7 * len(rows) + 0.6
    figure, axes = plt.subplots(
        len(rows), columns, figsize=size, squeeze=False, layout="constrained"
    )
    for line, (name, drawn) in zip(axes, rows.items(), strict=True):
        above = (titles or {}).get(name, [""] * columns)
        for axis, picture, words in zip(line, drawn, above, strict=True):
            axis.imshow(picture, cmap="gray")
            axis.set(xticks=[], yticks=[])
            axis.set_title(words, fontsize=8)
        line[0].set_ylabel(name)
    return figure
