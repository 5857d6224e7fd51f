"""Pictures of ten street objects, 32 x 32 pixels, in CIFAR-10's array layout.

Car, bus and truck, light, sign and lamp, bicycle and person share colours, places and
backgrounds, so that only shape tells them apart.
"""

from random import Random

import numpy as np
from tqdm import tqdm

from drawntown.arguments import check_whole
from drawntown.pictures.portrait import THINGS
from drawntown.pictures.series import draw_series, series_labels, take_picture

OBJECTS = tuple(THINGS)
# Raise it with every change to the pictures, or what was kept hides the new ones.
OBJECTS_VERSION = 1

Split = tuple[np.ndarray, np.ndarray]


def draw_object(name: int | str, rng: np.random.Generator) -> np.ndarray:
    """Return one new picture of an object, uint8 (32, 32, 3).

    Args:
        name: one of `OBJECTS`, or its index.
        rng: what the picture follows from; one whole number is drawn from it.

    Raises:
        ValueError: there is no such object.
    """
    names = dict(enumerate(OBJECTS)) | {name: name for name in OBJECTS}
    if name not in names:
        raise ValueError(
            f"expected one of {OBJECTS} or an index from 0 to "
            f"{len(OBJECTS) - 1}, found {name!r}"
        )
    return take_picture(names[name], Random(int(rng.integers(2**63))))


def draw_objects(
    num_train: int = 10_000, num_test: int = 2_000, seed: int = 0
) -> tuple[Split, Split]:
    """Return (x_train, y_train), (x_test, y_test): ten street objects, drawn.

    Images are uint8 (n, 32, 32, 3), labels uint8 (n,) that index `OBJECTS`. Every ten
    pictures in a row hold each object once, in random order. Picture i of a split
    depends on the seed and i alone: a smaller set is the beginning of a larger one.
    Several processes draw them, under a progress bar.

    Args:
        num_train: how many pictures the first split has.
        num_test: how many the second one has.
        seed: what all of them follow from.

    Raises:
        ValueError: one of the three is no whole number from 0 upwards.
    """
    numbers = {"num_train": num_train, "num_test": num_test, "seed": seed}
    for name, value in numbers.items():
        check_whole(name, value)
    total = num_train + num_test
    with tqdm(total=total, desc="drawing the town", unit="picture") as bar:
        train, test = (
            (
                draw_series(seed, split, count, bar.update),
                series_labels(seed, split, count),
            )
            for split, count in (("train", num_train), ("test", num_test))
        )
    return train, test
