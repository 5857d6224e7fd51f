"""Street scenes in perspective, with the class of every pixel, and files of them."""

from pathlib import Path
from random import Random

import numpy as np
from tqdm import tqdm

from drawntown.arguments import check_whole
from drawntown.pictures.pairs import missing_pairs, write_missing
from drawntown.pictures.scene import take_scene

_SMALLEST = 32  # pixels


def draw_scene(
    rng: np.random.Generator, size: int = 256
) -> tuple[np.ndarray, np.ndarray]:
    """Return a new street's photo, uint8 (size, size, 3), and mask, uint8 (size, size).

    The mask holds indices of `CLASSES`, whose names are those of Cityscapes; "static"
    is void.

    Args:
        rng: what the street follows from; one whole number is drawn from it.
        size: side of both in pixels.

    Raises:
        ValueError: the size is no whole number from 32 upwards.
    """
    check_whole("size", size, _SMALLEST)
    return take_scene(Random(int(rng.integers(2**63))), int(size))


def write_pairs(
    folder: Path | str,
    split_sizes: dict[str, int],
    seed: int = 0,
    progress: bool = True,
) -> Path:
    """Write `<folder>/<split>/<n>.jpg`, n from 1 to each split's size; return folder.

    Each file is a JPEG of 512×256 pixels: a street's photo, and its mask in the
    colours of `COLOURS` to the right of it, as Kaggle's Cityscapes pairs are. Pair n of
    a split depends on the seed and n alone: a smaller set is the beginning of a larger
    one, and no pair of a split comes in another. What is there already is not drawn
    again, so an interrupted call can be repeated. Several processes write them.

    Args:
        folder: where the splits' folders are, or go.
        split_sizes: how many pairs each split has, such as `{"train": 3, "val": 1}`.
        seed: what all of them follow from.
        progress: whether a bar shows how far it is.

    Raises:
        ValueError: a size, the seed or a split's name cannot be.
        FileExistsError: a file by such a name holds something else, such as a pair of
            another seed. Nothing has been drawn then.
    """
    for split, size in split_sizes.items():
        if not str(split).isidentifier():
            raise ValueError(
                f"expected a plain name such as 'train' for a split, found {split!r}"
            )
        check_whole(f"the size of {split!r}", size)
    check_whole("seed", seed)
    folder, seed = Path(folder), int(seed)
    sizes = {split: int(size) for split, size in split_sizes.items()}
    missing = sum(1 for _ in missing_pairs(folder, sizes, seed))
    bar = tqdm(total=missing, desc="drawing streets", unit="pair", disable=not progress)
    with bar:
        write_missing(folder, sizes, seed, bar.update)
    return folder
