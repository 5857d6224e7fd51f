"""The drawn town as the course's two data sets, kept in the data folder.

Its objects stand in for CIFAR-10, its streets for CamVid: see `drawntown`.
"""

from pathlib import Path

import numpy as np

import drawntown
from pixelwise.run import kept

CLASS_NAMES = drawntown.OBJECTS

SHAPE = (32, 32, 3)

Split = tuple[np.ndarray, np.ndarray]


def objects(num_train: int, num_test: int, folder: Path) -> tuple[Split, Split]:
    """Return (x_train, y_train), (x_test, y_test) of the ten street objects.

    Images are uint8 (n, 32, 32, 3), labels uint8 (n,) that index `CLASS_NAMES`. They
    are those of seed 0, kept in the folder for the next call. Raises ValueError for a
    size that is no whole number from 0 upwards.
    """
    version = drawntown.OBJECTS_VERSION
    file = folder / f"objects-v{version}-seed0-{num_train}-{num_test}.npz"
    found = _read(file, num_train, num_test)
    if found is None:
        found = drawntown.draw_objects(num_train, num_test)
        _write(file, found)
    return found


def street_pairs(split: str, count: int, folder: Path) -> Path:
    """Return the folder that holds at least `count` drawn street pairs of a split.

    It has the layout of Kaggle's pairs. Each version of the streets has a folder of its
    own within `folder`, so those of another one stay as they are.
    """
    streets = folder / f"streets-v{drawntown.STREETS_VERSION}"
    drawntown.write_pairs(streets, {split: count})
    return streets / split


def _read(file: Path, num_train: int, num_test: int) -> tuple[Split, Split] | None:
    """Return the splits kept in the file; None if it is missing or broken."""

    def unpack(arrays) -> tuple[Split, Split]:
        train = arrays["x_train"], arrays["y_train"]
        test = arrays["x_test"], arrays["y_test"]
        _check(train, num_train)
        _check(test, num_test)
        return train, test

    return kept.read(file, unpack, "drawing its pictures again")


def _check(split: Split, count: int) -> None:
    """Raise ValueError unless the arrays have the shapes and types of such a split."""
    for array, shape in zip(split, ((count, *SHAPE), (count,)), strict=True):
        if array.shape != shape or array.dtype != np.uint8:
            raise ValueError(
                f"expected uint8 {shape}, found {array.dtype} {array.shape}"
            )


def _write(file: Path, splits: tuple[Split, Split]) -> None:
    """Keep the splits in the file: all of it appears at once, or nothing."""
    names = "x_train", "y_train", "x_test", "y_test"
    arrays = dict(zip(names, splits[0] + splits[1], strict=True))
    kept.write(file, **arrays)
