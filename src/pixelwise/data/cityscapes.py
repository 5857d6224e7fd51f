"""Cityscapes as arrays: photos, and for each pixel one of seven categories.

The set is that of M. Cordts et al., "The Cityscapes Dataset for Semantic Urban Scene
Understanding", 2016: as its publisher gives it, or as Kaggle's smaller pairs
`dansbecker/cityscapes-image-pairs`, which `python -m pixelwise.data.cityscapes`
downloads. Its terms, at https://www.cityscapes-dataset.com/license, allow use that is
not commercial, such as teaching and research, and no passing on.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pixelwise import run
from pixelwise.data import decoded, drawn, kaggle, note, pairs, palette, published
from pixelwise.data.arguments import check_choice, check_limit, tell_if_fewer
from pixelwise.data.download import as_command
from pixelwise.data.labelled import Labelled, Reader, as_size
from pixelwise.data.masks import decode_mask
from pixelwise.data.source import DataSource

__all__ = [
    "CATEGORIES",
    "VOID",
    "Source",
    "decode_mask",
    "download",
    "load",
    "load_folder",
    "source",
]

CATEGORIES = palette.CATEGORIES
VOID = palette.VOID

SPLITS = ("train", "val")
CLASSES = ("categories", "cityscapes")
# Most pairs of the drawn streets, which have a part for validation as well.
DRAWN = {"train": 256, "validation": 64, "val": 80}

NOTE_NAME = "cityscapes_data.note"
HOW_TO_GET = (
    "`python -m pixelwise.data.cityscapes`, or pixelwise.data.cityscapes.download() in "
    "a notebook"
)

Split = tuple[np.ndarray, np.ndarray]


class Source(DataSource):
    """The pairs that `load` will give.

    They are called "Cityscapes", "Cityscapes pairs", what the user's note says, or
    "drawn streets".
    """

    PUBLISHED = "Cityscapes pairs"
    SIZE = f"about {kaggle.MEGABYTES} MB"
    HOW_TO_GET = HOW_TO_GET

    @property
    def is_published(self) -> bool:
        """Whether they are in the publisher's form, and no street pairs."""
        return self.path is not None and published.find(self.path) is not None


def load(
    split: str,
    size: int | tuple[int, int] = 128,
    limit: int | None = None,
    classes: str = "categories",
    rule: str = "evaluation",
) -> Split:
    """Return (images, masks) of a split, and print where they are from.

    Images are uint8 (n, size, size, 3), masks uint8 (n, size, size) of categories,
    with 255 for void. `source` tells beforehand which pairs these are.

    Args:
        split: "train" or "val".
        size: side in pixels: 32, 64, 128 or 256. With the publisher's files any, or
            height and width.
        limit: read the first so many files, in natural order; None for all. The drawn
            streets have 256 to train on and 80.
        classes: "categories" for the seven, "cityscapes" for the nineteen classes that
            are evaluated, which only the publisher's files tell apart.
        rule: "evaluation", by which what Cityscapes' own evaluation does not count
            (parking, rail track, guard rail, bridge, tunnel, polegroup, caravan,
            trailer) is void, or "definition", by which it has its category.

    Raises:
        ValueError: an argument is none of these, or no file holds a street pair.
        DownloadError: the pairs had to be downloaded and could not be.
    """
    check_choice("split", split, SPLITS)
    check_choice("classes", classes, CLASSES)
    palette.check_rule(rule)
    if (classes, rule) == ("cityscapes", "definition"):
        raise ValueError("rule: expected 'evaluation' for the nineteen classes")
    check_limit(limit)
    chosen = source(rule)
    if not chosen.is_published:
        check_pairs(size, classes)
    print(f"Data: {chosen.brief()}")
    files = list_files(chosen, split, limit)
    tell_if_fewer(limit, len(files), f"{split} pairs")
    return read(files[:limit], size, rule=rule, classes=classes)


def load_folder(
    folder: Path | str, size: int = 128, strict: bool = False, rule: str = "evaluation"
) -> Split:
    """Return (images, masks) of any folder of street pairs, in natural file order.

    Images are uint8 (n, size, size, 3), masks uint8 (n, size, size) of categories,
    with 255 for void. A file that is no RGB image of 512 × 256 pixels is left out,
    with a warning that names it. Decoded pairs are kept in the data folder, and used
    again as long as the files stay as they are.

    Args:
        folder: holds JPEG files, each with the photo left and the colour mask right.
        size: side in pixels: 32, 64, 128 or 256.
        strict: whether a file that is no street pair is an error.
        rule: what is void, as for `load`.

    Raises:
        FileNotFoundError: there is no such folder.
        ValueError: it holds no street pair, an argument is none of these, or a file
            is none while `strict` is set.
    """
    palette.check_rule(rule)
    check_pairs(size, "categories")
    return read(pairs.list_files(Path(folder)), size, strict, rule)


def source(rule: str = "evaluation") -> Source:
    """Return what `load` will use, without loading it.

    In this order: the drawn streets if PIXELWISE_DATA=drawn asks for them; in the data
    folder, Cityscapes as its publisher gives it, or the pairs in `cityscapes_data`; in
    profile `full` the download; else the drawn streets. A rule other than Cityscapes'
    own stands in the name.
    """
    found = find()
    if rule == "evaluation":
        return found
    return replace(found, name=f"{found.name}, void by {rule}")


def find() -> Source:
    """Return what is there, or what `load` gets in its place."""
    folder = run.data_folder()
    if not run.drawn_asked():
        if path := published.find(folder):
            return Source("Cityscapes", CATEGORIES, path, True)
        if path := kaggle.find_pairs(folder):
            name = note.read(folder / NOTE_NAME) or "Cityscapes pairs"
            return Source(name, CATEGORIES, path, True)
        if run.profile() == "full":
            return Source("Cityscapes pairs", CATEGORIES, None, True)
    return Source("drawn streets", CATEGORIES, None, False)


def list_files(
    chosen: Source, split: str, limit: int | None = None
) -> list[Path] | list[Labelled]:
    """Return the files of a split, in natural order; those missing are made first.

    Args:
        chosen: what `source` returns.
        split: of `SPLITS`; the drawn streets have as many more as one names.
        limit: how many are wanted, for those that have to be drawn.
    """
    if not chosen.is_real:
        return pairs.list_files(draw(split, limit))
    root = chosen.path or download()
    if chosen.is_published:
        return published.list_files(root, split)
    return pairs.list_files(root / split)


def download() -> Path:
    """Return the folder with `train` and `val`, had from Kaggle if it is missing.

    Raises:
        DownloadError: the pairs could not be had, or are not the expected ones.
    """
    folder = run.data_folder()
    return kaggle.find_pairs(folder) or kaggle.download(folder)


def draw(split: str, limit: int | None) -> Path:
    """Return the folder of a split of the drawn streets, with pairs enough."""
    count = min(limit or DRAWN[split], DRAWN[split])
    return drawn.street_pairs(split, count, run.data_folder() / "drawn")


def read(
    files: Sequence,
    size: int | tuple[int, int],
    strict: bool = False,
    rule: str = "evaluation",
    classes: str = "categories",
) -> Split:
    """Return the pairs in the files, decoded now or kept from before."""
    chosen = f"{classes} by {rule}"
    if isinstance(files[0], Labelled):
        reader = Reader(as_size(size), published.meaning(classes, rule))
        sources = [path for both in files for path in both]
        found = decoded.once(sources, reader.size, lambda: reader.read(files), chosen)
    else:
        check_pairs(size, classes)
        found = decoded.once(
            files, size, lambda: pairs.read_files(files, size, rule), chosen
        )
    pairs.report(found, files, strict)
    return found.images, found.masks


def check_pairs(size: int | tuple[int, int], classes: str) -> None:
    """Raise ValueError unless pairs can be read at this size, by these classes."""
    check_choice("size", size, pairs.SIZES)
    if classes != "categories":
        raise ValueError(
            f"classes: {classes!r} needs Cityscapes as its publisher gives it "
            f"({published.PHOTOS} and {published.LABELS} in the data folder); "
            "street pairs have categories"
        )


def main() -> None:
    """Download the street pairs and print where they are."""
    as_command("Cityscapes pairs are", download)


if __name__ == "__main__":
    main()
