"""Small folders of street pairs for tests: photos of noise beside exact masks."""

from pathlib import Path

import numpy as np
from PIL import Image

from pixelwise.data import palette

# A colour of each category, in the order of the labels, and one of void.
NAMES = ("road", "building", "pole", "vegetation", "sky", "person", "car", "static")
LABELS = np.array([0, 1, 2, 3, 4, 5, 6, 255], np.uint8)
COLOURS = np.array([palette.colour_of(name) for name in NAMES], np.uint8)


def patches(seed: int) -> np.ndarray:
    """Return indices (8, 8) of `NAMES`, each to be a patch of 32 × 32 pixels."""
    return np.random.default_rng(seed).permutation(np.arange(64) % 8).reshape(8, 8)


def pair(seed: int) -> np.ndarray:
    """Return uint8 (256, 512, 3): a photo of smooth noise, and its mask."""
    small = np.random.default_rng(seed).integers(0, 256, (16, 16, 3), np.uint8)
    photo = np.asarray(Image.fromarray(small).resize((256, 256)))
    mask = COLOURS[patches(seed)].repeat(32, axis=0).repeat(32, axis=1)
    return np.concatenate([photo, mask], axis=1)


def truth(seed: int, size: int) -> np.ndarray:
    """Return the mask's categories uint8 (size, size)."""
    return LABELS[patches(seed)].repeat(size // 8, 0).repeat(size // 8, 1)


def write(path: Path, seed: int) -> None:
    """Write a pair as JPEG, as the sets do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pair(seed)).save(path, "JPEG", quality=90)


def write_set(folder: Path, train: int = 3, val: int = 2) -> None:
    """Write a set in Kaggle's layout; pair i of train has seed i, of val 100 + i."""
    for split, count, first in (("train", train, 0), ("val", val, 100)):
        for number in range(1, count + 1):
            write(folder / split / f"{number}.jpg", first + number)
