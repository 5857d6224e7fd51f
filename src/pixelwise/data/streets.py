"""The drawn town as data sets: pictures of streets that need no network.

`objects` stands in for CIFAR-10: small pictures of ten street objects, in its array
layout. Car, bus and truck, light, sign and lamp, bicycle and person share colours,
places and backgrounds, so that only shape tells them apart.

`write_pairs` stands in for Cityscapes: street scenes in perspective, photo and colour
mask side by side, in the files that Kaggle's set of pairs has.
"""

from pathlib import Path
from random import Random

import numpy as np
from tqdm import tqdm

from drawntown.drawing.labels import NAMES
from drawntown.pictures import pairs
from drawntown.pictures.pairs import missing_pairs, write_missing
from drawntown.pictures.portrait import THINGS
from drawntown.pictures.scene import take_scene
from drawntown.pictures.series import SIZE, draw_series, series_labels, take_picture
from pixelwise import kept

CLASS_NAMES = tuple(THINGS)
SCENE_CLASSES = NAMES
PAIRS_VERSION = pairs.VERSION  # of what `write_pairs` draws
_SMALLEST = 32

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
    for name, value in (
        *(("num_train", num_train), ("num_test", num_test)),
        ("seed", seed),
    ):
        _check_whole(name, value)
    if cache is None:
        return _draw(num_train, num_test, seed)
    name = f"objects-v{_VERSION}-seed{seed}-{num_train}-{num_test}.npz"
    file = Path(cache) / name
    kept = _read(file, num_train, num_test)
    if kept is None:
        kept = _draw(num_train, num_test, seed)
        _write(file, kept)
    return kept


def _check_whole(name: str, value: int, least: int = 0) -> None:
    """Raise ValueError unless the value is a whole number from `least` upwards."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < least:
        raise ValueError(
            f"expected {name} as a whole number >= {least}, found {value!r}"
        )


def draw_scene(
    rng: np.random.Generator, size: int = 256
) -> tuple[np.ndarray, np.ndarray]:
    """Return a new street's photo, uint8 (size, size, 3), and mask, uint8 (size, size).

    The mask holds indices of `SCENE_CLASSES`, whose names are those of the palette's
    classes; "static" is void. Raises ValueError for a size below 32 or not whole.
    """
    _check_whole("size", size, _SMALLEST)
    return take_scene(Random(int(rng.integers(2**63))), int(size))


def write_pairs(
    folder: Path | str,
    split_sizes: dict[str, int],
    seed: int = 0,
    progress: bool = True,
) -> Path:
    """Write `<folder>/<split>/<n>.jpg`, n from 1 to each split's size; return folder.

    Each file is a JPEG of 512×256 pixels: a street's photo, and its mask in the
    palette's colours to the right of it. Pair n of a split depends on the seed and n
    alone: a smaller set is the beginning of a larger one, and no pair of a split comes
    in another. What is there already is not drawn again, so an interrupted call can be
    repeated. `split_sizes` is such as `{"train": 300, "val": 100}`.

    Raises ValueError for a size, a seed or a split's name that cannot be, and
    FileExistsError, before anything is drawn, where a file by such a name holds
    something else, such as a pair of another seed.
    """
    for split, size in split_sizes.items():
        if not str(split).isidentifier():
            raise ValueError(
                f"expected a plain name such as 'train' for a split, found {split!r}"
            )
        _check_whole(f"the size of {split!r}", size)
    _check_whole("seed", seed)
    folder, seed = Path(folder), int(seed)
    sizes = {split: int(size) for split, size in split_sizes.items()}
    missing = sum(1 for _ in missing_pairs(folder, sizes, seed))
    bar = tqdm(total=missing, desc="drawing streets", unit="pair", disable=not progress)
    with bar:
        write_missing(folder, sizes, seed, bar.update)
    return folder


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

    def unpack(arrays) -> tuple[Split, Split]:
        train = arrays["x_train"], arrays["y_train"]
        test = arrays["x_test"], arrays["y_test"]
        _check(train, num_train)
        _check(test, num_test)
        return train, test

    return kept.read(file, unpack, "drawing its pictures again")


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
    kept.write(file, **arrays)
