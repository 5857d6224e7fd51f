"""A small Cityscapes for tests, in its publisher's layout, with random labels."""

from pathlib import Path

import numpy as np
from PIL import Image

HEIGHT, WIDTH = 64, 128
NUMBERS = np.array([*range(34), 255], np.uint8)  # every label; 255 stands for -1


def labels(seed: int, shape=(HEIGHT, WIDTH)) -> np.ndarray:
    """Return random label numbers in blocks of eight pixels."""
    small = [side // 8 for side in shape]
    blocks = np.random.default_rng(seed).choice(NUMBERS, small)
    return blocks.repeat(8, axis=0).repeat(8, axis=1)


def write(root: Path, split: str, town: str, number: int) -> tuple[Path, Path]:
    """Write a photo and its labels; return both paths."""
    name = f"{town}_{number:06}_000019"
    photo = root / "leftImg8bit" / split / town / f"{name}_leftImg8bit.png"
    there = root / "gtFine" / split / town / f"{name}_gtFine_labelIds.png"
    for path in (photo, there):
        path.parent.mkdir(parents=True, exist_ok=True)
    values = labels(number)
    Image.fromarray(np.stack([values * 7] * 3, axis=-1)).save(photo)
    Image.fromarray(values).save(there)
    # The publisher has other files beside it, which are no labels.
    Image.fromarray(values).save(there.with_name(f"{name}_gtFine_instanceIds.png"))
    return photo, there


def write_set(root: Path, train: dict[str, int], val: dict[str, int]) -> None:
    """Write so many pictures of each town; their numbers begin at 0, and at 100."""
    for split, towns, first in (("train", train, 0), ("val", val, 100)):
        number = first
        for town, count in towns.items():
            for _ in range(count):
                write(root, split, town, number)
                number += 1
