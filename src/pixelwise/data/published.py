"""Cityscapes as its publisher gives it: photos and label numbers in folders by city.

`leftImg8bit/<split>/<city>/<name>_leftImg8bit.png` is a photo, and
`gtFine/<split>/<city>/<name>_gtFine_labelIds.png` holds its labels. Both archives are
on https://www.cityscapes-dataset.com, for those who have an account there.
"""

from pathlib import Path

import numpy as np

from pixelwise.data import palette
from pixelwise.data.labelled import UNKNOWN, Labelled
from pixelwise.data.labels import VOID

PHOTOS, LABELS = "leftImg8bit", "gtFine"
PHOTO_ENDING, LABELS_ENDING = "_leftImg8bit.png", "_gtFine_labelIds.png"
COUNTS = {"train": 2975, "val": 500}
NO_CLASS = range(7)  # numbers of what lies outside the picture's classes
NAMED = 5  # files that an error names


def find(folder: Path) -> Path | None:
    """Return the folder within `folder` that holds an archive's, if there is one."""
    for path in (folder, folder / "cityscapes", folder / "cityscapes_data"):
        if (path / PHOTOS).is_dir() or (path / LABELS).is_dir():
            return path
    return None


def list_files(root: Path, split: str) -> list[Labelled]:
    """Return the photos of a split with their labels, by city and name.

    Raises:
        ValueError: there are none, or a photo or its labels are missing.
    """
    photos = names_in(root / PHOTOS / split, PHOTO_ENDING)
    labels = names_in(root / LABELS / split, LABELS_ENDING)
    alone = sorted(photos.keys() ^ labels.keys())
    if alone or not photos:
        some = ", ".join(alone[:NAMED]) or "nothing"
        raise ValueError(
            f"{root}: expected a photo in {PHOTOS}/{split} for each picture of labels "
            f"in {LABELS}/{split}; found {len(photos):,} and {len(labels):,}, without "
            f"the other: {some}{' …' if len(alone) > NAMED else ''}.\n"
            "Unpack both archives whole, one beside the other."
        )
    if len(photos) != COUNTS[split]:
        print(f"Cityscapes has {COUNTS[split]:,} pairs in {split}, found {len(photos)}")
    return [Labelled(photos[name], labels[name]) for name in sorted(photos)]


def names_in(folder: Path, ending: str) -> dict[str, Path]:
    """Return the files that end so in a folder's folders, by their names before it."""
    found = folder.glob(f"[!.]*/[!.]*{ending}")
    return {path.name.removesuffix(ending): path for path in found if path.is_file()}


def meaning(classes: str, rule: str) -> np.ndarray:
    """Return uint8 (256,): what each label number means, `UNKNOWN` if nothing.

    Args:
        classes: "categories" for the seven, "cityscapes" for the nineteen classes.
        rule: of `palette.RULES`, for categories.
    """
    found = np.full(256, UNKNOWN, np.uint8)
    found[NO_CLASS] = VOID
    for entry in palette.CLASSES:
        if classes == "categories":
            found[entry.number] = palette.category_by(rule, entry)
        else:
            counted = entry.name in palette.EVALUATED
            found[entry.number] = (
                palette.EVALUATED.index(entry.name) if counted else VOID
            )
    return found
