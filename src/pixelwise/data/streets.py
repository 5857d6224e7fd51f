"""The drawn town as data sets: pictures of streets that need no network.

`objects` stands in for CIFAR-10: small pictures of ten street objects, in its array
layout. Car, bus and truck, light, sign and lamp, bicycle and person share colours,
places and backgrounds, so that only shape tells them apart.
"""

import warnings
import zipfile
from pathlib import Path
from random import Random

import numpy as np
from tqdm import tqdm

from pixelwise import files
from pixelwise.data.town.portrait import THINGS
from pixelwise.data.town.series import SIZE, draw_series, series_labels, take_picture

CLASS_NAMES = tuple(THINGS)

# Raise it with every change to the pictures, or old caches hide the new ones.
_VERSION = 1

Split = tuple[np.ndarray, np.ndarray]


def draw_object(class_name: int | str, rng: np.random.Generator) -> np.ndarray:
    """Return one new picture of the class, uint8 (32, 32, 3).

    `class_name` is one of `CLASS_NAMES` or its index. Raises ValueError for others.
    """
    names = dict(enumerate(CLASS_NAMES)) | {name: name for name in CLASS_NAMES}
    if class_name not in names:
        raise ValueError(
            f"expected one of {CLASS_NAMES} or an index from 0 to "
            f"{len(CLASS_NAMES) - 1}, found {class_name!r}"
        )
    return take_picture(names[class_name], Random(int(rng.integers(2**63))))


def objects(
    num_train: int = 10_000,
    num_test: int = 2_000,
    seed: int = 0,
    cache: Path | None = None,
) -> tuple[Split, Split]:
    """Return (x_train, y_train), (x_test, y_test): ten street objects, drawn.

    Images are uint8 (n, 32, 32, 3), labels uint8 (n,) that index `CLASS_NAMES`. Every
    ten pictures in a row hold each class once, in random order. Picture i of a split
    depends on the seed and i alone: a smaller set is the beginning of a larger one.

    `cache` is a folder that keeps the arrays for the next call; None keeps nothing.
    Raises ValueError for a size or a seed that is no whole number from 0 upwards.
    """
    sizes = {"num_train": num_train, "num_test": num_test, "seed": seed}
    for name, value in sizes.items():
        if (
            not isinstance(value, int | np.integer)
            or isinstance(value, bool)
            or value < 0
        ):
            raise ValueError(f"expected {name} as a whole number >= 0, found {value!r}")
    if cache is None:
        return _draw(num_train, num_test, seed)
    name = f"objects-v{_VERSION}-seed{seed}-{num_train}-{num_test}.npz"
    file = Path(cache) / name
    kept = _read(file, num_train, num_test)
    if kept is None:
        kept = _draw(num_train, num_test, seed)
        _write(file, kept)
    return kept


def _draw(num_train: int, num_test: int, seed: int) -> tuple[Split, Split]:
    """Return both splits, freshly drawn, under one progress bar."""
    with tqdm(
        total=num_train + num_test, desc="drawing the town", unit="picture"
    ) as bar:
        train, test = (
            (
                draw_series(seed, split, count, bar.update),
                series_labels(seed, split, count),
            )
            for split, count in (("train", num_train), ("test", num_test))
        )
    return train, test


def _read(file: Path, num_train: int, num_test: int) -> tuple[Split, Split] | None:
    """Return the splits kept in the file; None if it is missing or broken."""
    if not file.exists():
        return None
    try:
        with np.load(file, allow_pickle=False) as arrays:
            train = arrays["x_train"], arrays["y_train"]
            test = arrays["x_test"], arrays["y_test"]
        _check(train, num_train)
        _check(test, num_test)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        warnings.warn(
            f"{file} cannot be read ({error}): drawing its pictures again",
            RuntimeWarning,
            stacklevel=3,
        )
        return None
    return train, test


def _check(split: Split, count: int) -> None:
    """Raise ValueError unless the arrays have the shapes and types of such a split."""
    for array, shape in zip(split, ((count, SIZE, SIZE, 3), (count,)), strict=True):
        if array.shape != shape or array.dtype != np.uint8:
            raise ValueError(
                f"expected uint8 {shape}, found {array.dtype} {array.shape}"
            )


def _write(file: Path, splits: tuple[Split, Split]) -> None:
    """Keep the splits in the file: all of it appears at once, or nothing."""
    names = "x_train", "y_train", "x_test", "y_test"
    arrays = dict(zip(names, splits[0] + splits[1], strict=True))
    with files.written_whole(file) as part, part.open("xb") as opened:
        np.savez(opened, **arrays)
