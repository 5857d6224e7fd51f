"""Photos with masks of label numbers in files, as arrays: CamVid's and Cityscapes'."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from pixelwise.data import pairs
from pixelwise.data.labels import VOID

UNKNOWN = 254  # in a table of meanings: a number that no class has
LABEL_MODE = "L"  # 8 bits a pixel; with a palette, numbers may mean its places

Size = tuple[int, int]  # height and width in pixels


class Labelled(NamedTuple):
    """A photo and the picture of its labels."""

    photo: Path
    labels: Path


class Reader(NamedTuple):
    """How photos with labels are read.

    Attributes:
        size: height and width that they are made smaller to.
        meaning: uint8 (256,), the class of each label number, `VOID`, or `UNKNOWN`.
    """

    size: Size
    meaning: np.ndarray

    def read(self, files: Sequence[Labelled]) -> pairs.Pairs:
        """Return the photos and masks in the files."""
        return pairs.read_all(files, self.read_one, self.size)

    def read_one(self, files: Labelled) -> tuple[np.ndarray, np.ndarray, int]:
        """Return photo, mask and 0, the number of pixels that mean nothing.

        The photo is uint8 (h, w, 3), each pixel the mean of those it replaces; the
        mask is uint8 (h, w).

        Raises:
            ValueError: one of the files is an image of another kind or size.
            OSError: it is broken, missing, or no image.
        """
        with Image.open(files.photo, formats=pairs.FORMATS) as image:
            if image.mode != "RGB":
                raise ValueError(f"pixels of mode {image.mode}, expected RGB")
            self.check_size(image.size)
            whole = image.size
            # Height before width in arrays, width before height in Pillow.
            small = image.resize(self.size[::-1], Image.Resampling.BOX)
        with Image.open(files.labels, formats=("PNG",)) as image:
            if image.mode != LABEL_MODE:
                raise ValueError(f"labels of mode {image.mode}, expected {LABEL_MODE}")
            if image.size != whole:
                found = "×".join(map(str, image.size))
                raise ValueError(f"labels of {found} pixels, photo of another size")
            classes = self.meaning[np.asarray(image)]
        if (classes == UNKNOWN).any():
            raise ValueError("labels that no class has")
        return np.asarray(small), shrink(classes, self.size), 0

    def check_size(self, whole: Size) -> None:
        """Raise ValueError if a photo of this width and height is too small."""
        width, height = whole
        if self.size[0] > height or self.size[1] > width:
            wanted = "×".join(map(str, self.size[::-1]))
            raise ValueError(f"{width}×{height} pixels, expected at least {wanted}")


def shrink(classes: np.ndarray, size: Size) -> np.ndarray:
    """Return a mask made smaller, uint8 of `size`, without blending any labels.

    A pixel of it gets the class that most of the pixels have that lie in its place; of
    several, the first, and void last.

    Args:
        classes: uint8 (h, w), class numbers and `VOID`.
        size: height and width, not larger than those of `classes`.
    """
    height, width = classes.shape
    if size == (height, width):
        return classes
    last = int(classes.max(where=classes != VOID, initial=0)) + 1  # void's place
    rows = np.arange(height) * size[0] // height
    columns = np.arange(width) * size[1] // width
    places = rows[:, None] * size[1] + columns
    votes = places * (last + 1) + np.minimum(classes, last)
    counts = np.bincount(votes.ravel(), minlength=size[0] * size[1] * (last + 1))
    chosen = counts.reshape(*size, last + 1).argmax(axis=-1)
    return np.where(chosen == last, VOID, chosen).astype(np.uint8)


def as_size(size: int | Size) -> Size:
    """Return height and width from one side, or from both.

    Raises:
        ValueError: they are no whole numbers from 16 upwards.
    """
    both = size if isinstance(size, tuple) else (size, size)
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in both)
    if len(both) != 2 or not whole or min(both) < 16:
        raise ValueError(
            "size: expected a side in pixels, or height and width, "
            f"of 16 or more; found {size!r}"
        )
    return both
