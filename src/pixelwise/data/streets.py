"""The street pictures of chapters 5 to 8, in three parts, by drives or towns.

Frames of one drive, and pictures of one town, look alike. So a part is whole drives or
towns where these are known, but for one drive that CamVid's makers cut in two; of pairs
without names, validation has the last files.
"""

from pathlib import Path

import numpy as np

from pixelwise import run
from pixelwise.data import camvid, cityscapes, pairs, palette
from pixelwise.data.arguments import check_choice, check_limit, tell_if_fewer
from pixelwise.data.labelled import Labelled
from pixelwise.data.source import DataSource

CATEGORIES, VOID = palette.CATEGORIES, palette.VOID

SPLITS = ("train", "validation", "test")
# What each part is called in CamVid, whose makers published three.
CAMVID_SPLIT = {"train": "train", "validation": "val", "test": "test"}
CITYSCAPES_SPLIT = {"test": "val"}
HELD_OUT = 5  # one in so many pairs of Cityscapes' training set is for validation
# Of pairs without names, the last one in so many before these is not trained on: they
# may be of the same drive.
GAP = 20

Split = tuple[np.ndarray, np.ndarray]


def source() -> DataSource:
    """Return what `load` will use, without loading it.

    In this order: the drawn streets if PIXELWISE_DATA=drawn asks for them; in the data
    folder, Cityscapes, or else CamVid; in profile `full` CamVid, downloaded; else the
    drawn streets.
    """
    if not run.drawn_asked():
        there = cityscapes.find()
        if there.path:
            return there
        chosen = camvid.source()
        fetched = run.profile() == "full" and not run.given_up("CamVid")
        if chosen.path or fetched:
            return chosen
    return camvid.Source("drawn streets", CATEGORIES, None, False)


def load(split: str, size: int = 128, limit: int | None = None) -> Split:
    """Return (images, masks) of a part, and print where they are from.

    Images are uint8 (n, size, size, 3), masks uint8 (n, size, size) of categories,
    with 255 for void.

    Args:
        split: "train", "validation" or "test". Of CamVid, see `camvid.load`; of
            Cityscapes, whose test labels are secret, the first four fifths of its
            training set (less some before the next, of pairs without names), the last
            fifth, and its validation set.
        size: side in pixels: 32, 64, 128 or 256.
        limit: how many at most: of Cityscapes' validation the last, else the first.

    Raises:
        ValueError: an argument is none of these, or there are too few pairs.
        DownloadError: CamVid had to be downloaded and could not be.
    """
    check_choice("split", split, SPLITS)
    check_choice("size", size, pairs.SIZES)
    check_limit(limit)
    chosen = source()
    if chosen.is_real and isinstance(chosen, camvid.Source):
        return camvid.load(CAMVID_SPLIT[split], size, limit)
    print(f"Data: {chosen.brief()}")
    files = list_part(chosen, split) if chosen.is_real else list_drawn(split, limit)
    tell_if_fewer(limit, len(files), f"{split} pairs")
    last = chosen.is_real and split == "validation"
    return cityscapes.read(files[-(limit or 0) :] if last else files[:limit], size)


def list_drawn(split: str, limit: int | None) -> list[Path]:
    """Return the files of a part of the drawn streets, drawn now or before."""
    folder = cityscapes.draw(CITYSCAPES_SPLIT.get(split, split), limit)
    return pairs.list_files(folder)


def list_part(chosen: cityscapes.Source, split: str) -> list[Path] | list[Labelled]:
    """Return the files of a part of Cityscapes.

    Raises:
        ValueError: it has none.
    """
    files = cityscapes.list_files(chosen, CITYSCAPES_SPLIT.get(split, "train"))
    if split != "test":
        held = first_held_out(files)
        gap = 0 if town_of(files[0]) else len(files) // GAP
        files = files[held:] if split == "validation" else files[: held - gap]
    if not files:
        raise ValueError(
            f"{chosen.path}: expected at least {HELD_OUT} pairs in train, of several "
            "towns if these are known, so that some are left for validation"
        )
    return files


def first_held_out(files: list[Path] | list[Labelled]) -> int:
    """Return the place of the first file for validation: a fifth, or whole towns."""
    first = len(files) - len(files) // HELD_OUT
    towns = [town_of(each) for each in files]
    while 0 < first < len(files) and towns[first] == towns[first - 1] is not None:
        first -= 1
    return first


def town_of(files: Path | Labelled) -> str | None:
    """Return the town of a photo, which the publisher's folders are named after."""
    return files.photo.parent.name if isinstance(files, Labelled) else None
