"""Street pairs as arrays: photos, and for each pixel one of seven categories.

The set is Kaggle's `dansbecker/cityscapes-image-pairs`, made from Cityscapes:
M. Cordts et al., "The Cityscapes Dataset for Semantic Urban Scene Understanding",
2016. `python -m pixelwise.data.cityscapes` downloads it.
"""

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pixelwise import run
from pixelwise.data import decoded, drawn, kaggle, note, pairs, palette
from pixelwise.data.download import DownloadError
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
DRAWN = {"train": 320, "val": 80}  # most pairs of the drawn streets

NOTE_NAME = "cityscapes_data.note"
NAMED = 10  # files that a warning names; of more it gives the number
HOW_TO_GET = "`make data`, or pixelwise.data.cityscapes.download() in a notebook"

Split = tuple[np.ndarray, np.ndarray]


class Source(DataSource):
    """The pairs that `load` will give.

    They are called "Cityscapes pairs", what the user's note says, or "drawn streets".
    """

    PUBLISHED = "Cityscapes pairs"
    SIZE = f"about {kaggle.MEGABYTES} MB"
    HOW_TO_GET = HOW_TO_GET


def load(split: str, size: int = 128, limit: int | None = None) -> Split:
    """Return (images, masks) of a split, and print where they are from.

    Images are uint8 (n, size, size, 3), masks uint8 (n, size, size) of categories,
    with 255 for void. `source` tells beforehand which pairs these are.

    Args:
        split: "train" or "val".
        size: side in pixels: 32, 64, 128 or 256.
        limit: read the first so many files, in natural order; None for all. The drawn
            streets have 320 for training and 80 for validation.

    Raises:
        ValueError: an argument is none of these, or no file holds a street pair.
        DownloadError: the pairs had to be downloaded and could not be.
    """
    if split not in SPLITS:
        raise ValueError(f"split: expected one of {list(SPLITS)}, found {split!r}")
    check_size(size)
    if limit is not None and limit < 1:
        raise ValueError(f"limit: expected None or at least 1, found {limit}")
    chosen = source()
    print(f"Data: {chosen.brief()}")
    if chosen.is_real:
        folder = (chosen.path or download()) / split
    else:
        folder = draw(split, limit)
    files = pairs.list_files(folder)
    if limit is not None and limit > len(files):
        print(f"Asked for {limit:,} {split} pairs, found {len(files):,}: using all.")
    return read(files[:limit], size, strict=False)


def load_folder(folder: Path | str, size: int = 128, strict: bool = False) -> Split:
    """Return (images, masks) of any folder of street pairs, in natural file order.

    Images are uint8 (n, size, size, 3), masks uint8 (n, size, size) of categories,
    with 255 for void. A file that is no RGB image of 512 × 256 pixels is left out,
    with a warning that names it. Decoded pairs are kept in the data folder, and used
    again as long as the files stay as they are.

    Args:
        folder: holds JPEG files, each with the photo left and the colour mask right.
        size: side in pixels: 32, 64, 128 or 256.
        strict: whether a file that is no street pair is an error.

    Raises:
        FileNotFoundError: there is no such folder.
        ValueError: it holds no street pair, the size is none of these, or a file is
            none while `strict` is set.
    """
    check_size(size)
    return read(pairs.list_files(Path(folder)), size, strict)


def source() -> Source:
    """Return what `load` will use, without loading it.

    In this order: the drawn streets if PIXELWISE_DATA=drawn asks for them; the folder
    `cityscapes_data` in the data folder; in profile `full` the download; else the
    drawn streets.
    """
    folder = run.data_folder()
    if not run.drawn_asked():
        path = kaggle.find_pairs(folder)
        if path:
            name = note.read(folder / NOTE_NAME) or "Cityscapes pairs"
            return Source(name, CATEGORIES, path, True)
        if run.profile() == "full":
            return Source("Cityscapes pairs", CATEGORIES, None, True)
    return Source("drawn streets", CATEGORIES, None, False)


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


def read(files: Sequence[Path], size: int, strict: bool) -> Split:
    """Return the pairs in the files, decoded now or kept from before."""
    path = decoded.path_of(files, size, run.data_folder() / "decoded")
    found = decoded.read(path)
    if found is None:
        found = pairs.read_files(files, size)
        decoded.write(path, found)
    report(found, files, strict)
    return found.images, found.masks


def report(found: pairs.Pairs, files: Sequence[Path], strict: bool) -> None:
    """Say what was wrong with the files, by an error, a warning or a line."""
    if found.faults:
        named = list(found.faults[:NAMED])
        if len(found.faults) > NAMED:
            named.append(f"and {len(found.faults) - NAMED} more")
        sentence = (
            f"{len(found.faults)} of {len(files)} files in {files[0].parent} "
            "are no street pairs:\n" + "\n".join(named)
        )
        if strict or not len(found.images):
            raise ValueError(sentence)
        warnings.warn(f"left out {sentence}", RuntimeWarning, stacklevel=4)
    if found.unmatched:
        print(
            "Pixels of masks that match no colour of the palette, now void: "
            f"{found.unmatched:,} in {len(found.masks):,} pairs."
        )


def check_size(size: int) -> None:
    """Raise ValueError unless pairs can be read at this size."""
    if size not in pairs.SIZES:
        raise ValueError(f"size: expected one of {list(pairs.SIZES)}, found {size!r}")


def main() -> None:
    """Download the street pairs and print where they are."""
    try:
        print(f"Cityscapes pairs are in {download()}")
    except DownloadError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\nstopped; the next try goes on from there")


if __name__ == "__main__":
    main()
