"""Street pairs in files, as arrays: 512 × 256 pixels, photo left, colour mask right."""

import os
import re
import warnings
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from pixelwise.data import masks

SIDE = 256  # pixels, of the photo and of the mask
SIZES = (32, 64, 128, 256)  # a smaller side divides the larger
FORMATS = ("JPEG", "PNG")
NAMED = 10  # files that a warning names; of more it gives the number

Decoded = tuple[np.ndarray, np.ndarray, int]  # photo, mask, unmatched pixels

# What Pillow raises for a file that is broken in one way or another.
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    zlib.error,
    Image.DecompressionBombError,
)


@dataclass(frozen=True)
class Pairs:
    """What was read of some files.

    Attributes:
        images: uint8 (n, size, size, 3).
        masks: uint8 (n, size, size), categories and 255 for void.
        faults: one sentence for each file that is no street pair.
        unmatched: pixels of all masks that are too far from every palette colour.
    """

    images: np.ndarray
    masks: np.ndarray
    faults: tuple[str, ...]
    unmatched: int


def list_files(folder: Path) -> list[Path]:
    """Return the files of a folder in natural order: 2.jpg before 10.jpg.

    Subfolders and hidden files are left out.

    Raises:
        FileNotFoundError: there is no such folder.
        ValueError: it holds no file.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: expected a folder of street pairs")
    there = [path for path in folder.iterdir() if not path.name.startswith(".")]
    found = sorted((path for path in there if path.is_file()), key=natural_order)
    if not found:
        inside = ", ".join(sorted(path.name for path in there)) or "nothing"
        raise ValueError(
            f"{folder}: expected street pairs such as 1.jpg, found {inside}"
        )
    return found


def natural_order(path: Path) -> tuple:
    """Return a key that sorts numbers within names by their value."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return [int(part) if part.isdecimal() else part for part in parts], path.name


def read_files(files: Sequence[Path], size: int, rule: str = "evaluation") -> Pairs:
    """Return the street pairs in the files, read by all cores under a progress bar.

    Args:
        files: JPEG or PNG files.
        size: side of the smaller photos and masks in pixels, one of `SIZES`.
        rule: of `palette.RULES`.
    """
    masks.table()  # once, not by several threads at the same time
    return read_all(files, lambda file: read_pair(file, size, rule), (size, size))


def read_all(
    files: Sequence, read_one: Callable[..., Decoded], size: tuple[int, int]
) -> Pairs:
    """Return what `read_one` makes of each file, by all cores under a progress bar.

    Args:
        files: a path each, or a tuple of paths; the first names it if it is at fault.
        read_one: gives photo, mask and the number of unmatched pixels of one.
        size: height and width of both in pixels.
    """
    images = np.empty((len(files), *size, 3), np.uint8)
    categories = np.empty((len(files), *size), np.uint8)
    unmatched = np.zeros(len(files), int)
    faults: dict[int, str] = {}

    def read(number: int) -> None:
        try:
            pair = read_one(files[number])
            images[number], categories[number], unmatched[number] = pair
        except UNREADABLE as error:
            faults[number] = f"{first_of(files[number]).name}: {reason(error)}"

    numbers = range(len(files))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = pool.map(read, numbers)
        list(tqdm(done, total=len(files), desc="decoding", unit="pair"))
    if faults:
        good = np.setdiff1d(numbers, list(faults))
        images, categories = images[good], categories[good]
    named = tuple(faults[number] for number in sorted(faults))
    return Pairs(images, categories, named, int(unmatched.sum()))


def first_of(files: Path | tuple[Path, ...]) -> Path:
    """Return the file that a pair is named after: the one, or the first of several."""
    return files[0] if isinstance(files, tuple) else files


def read_pair(path: Path, size: int, rule: str = "evaluation") -> Decoded:
    """Return photo, mask and the number of unmatched pixels of one file.

    The photo is uint8 (size, size, 3), each pixel the mean of those it replaces; the
    mask is uint8 (size, size).

    Raises:
        ValueError: it is an image of another kind or size.
        OSError: it is broken, or no image (as are the other errors of `UNREADABLE`).
    """
    with Image.open(path, formats=FORMATS) as image:
        if image.size != (2 * SIDE, SIDE):
            width, height = image.size
            raise ValueError(f"{width}×{height} pixels, expected {2 * SIDE}×{SIDE}")
        if image.mode != "RGB":
            raise ValueError(f"pixels of mode {image.mode}, expected RGB")
        image.load()
        # The mean of whole blocks; bytes are cheaper than asking Pillow for an array.
        photo = image.reduce(SIDE // size, (0, 0, SIDE, SIDE)).tobytes()
        colours = image.crop((SIDE, 0, 2 * SIDE, SIDE)).tobytes("raw", "RGBX")
    photo = np.frombuffer(photo, np.uint8).reshape(size, size, 3)
    packed = np.frombuffer(colours, "<u4").reshape(SIDE, SIDE) & 0xFFFFFF
    return photo, *masks.shrink(packed, SIDE // size, rule)


def reason(error: Exception) -> str:
    """Return what is wrong with a file, without its path."""
    if isinstance(error, Image.UnidentifiedImageError):
        return f"no {' or '.join(FORMATS)} image"
    return getattr(error, "strerror", None) or str(error)


def report(found: Pairs, files: Sequence, strict: bool) -> None:
    """Say what was wrong with the files, by an error, a warning or a line."""
    if found.faults:
        named = list(found.faults[:NAMED])
        if len(found.faults) > NAMED:
            named.append(f"and {len(found.faults) - NAMED} more")
        sentence = (
            f"{len(found.faults)} of {len(files)} files in {first_of(files[0]).parent} "
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
