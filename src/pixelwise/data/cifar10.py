"""CIFAR-10 as arrays: 60,000 photographs of 32 x 32 pixels in ten classes.

Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images",
2009. `python -m pixelwise.data.cifar10` downloads it.
"""

import os
import tarfile
import uuid
import zipfile
import zlib
from pathlib import Path

import numpy as np

from pixelwise import run
from pixelwise.data import drawn, note
from pixelwise.data.download import (
    DownloadError,
    as_command,
    bytes_held,
    exclusive,
    fetch,
    require_space,
)
from pixelwise.data.source import DataSource

CLASS_NAMES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)

# The publisher's binary version: unlike the Python version it holds no pickles.
URL = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
URL_VARIABLE = "PIXELWISE_CIFAR10_URL"
SHA256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
SIZE = 170_052_171  # bytes of the archive

RECORDS = 10_000  # pictures in one member of the archive
RECORD_BYTES = 1 + 3 * 32 * 32  # label, then the red, green and blue planes
TRAIN_MEMBERS = tuple(
    f"cifar-10-batches-bin/data_batch_{number}.bin" for number in range(1, 6)
)
TEST_MEMBER = "cifar-10-batches-bin/test_batch.bin"

DRAWN = (10_000, 2_000)  # most pictures of the drawn town: (train, test)

FILE_NAME = "cifar10.npz"
NOTE_NAME = "cifar10.note"
ARRAY_NAMES = ("x_train", "y_train", "x_test", "y_test")
HOW_TO_GET = "`make data`, or pixelwise.data.cifar10.download() in a notebook"

Split = tuple[np.ndarray, np.ndarray]
Arrays = dict[str, np.ndarray]


class Source(DataSource):
    """The pictures that `load` will give: "CIFAR-10", or the "drawn town"."""

    PUBLISHED = "CIFAR-10"
    SIZE = f"{SIZE / 1e6:.0f} MB"
    HOW_TO_GET = HOW_TO_GET


def load(
    num_train: int | None = None, num_test: int | None = None
) -> tuple[Split, Split]:
    """Return ((x_train, y_train), (x_test, y_test)), and print where they are from.

    Images are uint8 (n, 32, 32, 3), labels uint8 (n,). `source` tells beforehand
    which pictures these are.

    Args:
        num_train: how many training images, from the first; None for all. The drawn
            town has 10,000.
        num_test: how many test images, from the first; None for all. The drawn town
            has 2,000.

    Raises:
        ValueError: a number is negative, or the file is not CIFAR-10's arrays.
        DownloadError: CIFAR-10 had to be downloaded and could not be.
    """
    if min(num_train or 0, num_test or 0) < 0:
        raise ValueError(
            "expected num_train and num_test to be None or at least 0, "
            f"found {num_train} and {num_test}"
        )
    chosen = source()
    print(f"Data: {chosen.brief()}")
    if not chosen.is_real:
        return _draw(num_train, num_test)
    arrays = _read_file(chosen.path or download())
    train = _first(arrays, "train", num_train)
    return train, _first(arrays, "test", num_test)


def source() -> Source:
    """Return what `load` will use, without loading it.

    In this order: the drawn town if PIXELWISE_DATA=drawn asks for it; the file
    `cifar10.npz` in the data folder; in profile `full` the download; else the
    drawn town.
    """
    path = run.data_folder() / FILE_NAME
    if not run.drawn_asked():
        if path.exists():
            said = note.read(path.with_name(NOTE_NAME))
            name = f"CIFAR-10, {said}" if said else "CIFAR-10"
            return Source(name, CLASS_NAMES, path, True)
        if run.profile() == "full" and not run.given_up("CIFAR-10"):
            return Source("CIFAR-10", CLASS_NAMES, None, True)
    return Source("drawn town", drawn.CLASS_NAMES, None, False)


def download(url: str | None = None) -> Path:
    """Return the path of `cifar10.npz`, made from the publisher's archive if missing.

    An interrupted download goes on where it stopped. A `cifar10.npz` that is
    already there is checked and left as it is.

    Args:
        url: http(s) address of the archive; by default PIXELWISE_CIFAR10_URL, or
            the publisher's. Whatever the address, the archive must be the same.

    Raises:
        DownloadError: the archive could not be had, or is not the expected one.
        ValueError: the `cifar10.npz` that is there is not CIFAR-10's arrays.
    """
    path = run.data_folder() / FILE_NAME
    address = url or os.environ.get(URL_VARIABLE) or URL
    if not path.exists():
        with exclusive(path):
            if not path.exists():
                _make_file(path, address)
    _read_file(path)
    return path


def _draw(num_train: int | None, num_test: int | None) -> tuple[Split, Split]:
    """Return pictures of the drawn town, which takes time to draw: at most DRAWN."""
    most_train, most_test = DRAWN
    return drawn.objects(
        num_train=most_train if num_train is None else min(num_train, most_train),
        num_test=most_test if num_test is None else min(num_test, most_test),
        folder=run.data_folder() / "drawn",
    )


def _first(arrays: Arrays, split: str, count: int | None) -> Split:
    """Return the first `count` images and labels of a split."""
    images, labels = arrays[f"x_{split}"], arrays[f"y_{split}"]
    if count is None or count == len(images):
        return images, labels
    if count > len(images):
        print(f"Asked for {count:,} {split} images, found {len(images):,}: using all.")
    # Copies, so that the memory of the images not asked for is given back.
    return images[:count].copy(), labels[:count].copy()


def _read_file(path: Path) -> Arrays:
    """Return the arrays of `cifar10.npz`, checked; never execute a pickle."""
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("no npz file, or one cut short")
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in ARRAY_NAMES if name in file.files}
        _check_split(arrays, "train")
        _check_split(arrays, "test")
    except (
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise ValueError(
            f"{path} does not hold CIFAR-10.\n"
            "Expected uint8 arrays: x_train and x_test (n, 32, 32, 3), y_train and "
            f"y_test (n,) of labels 0 to 9.\nFound: {error}.\n"
            f"It was left as it is: move it away, then {HOW_TO_GET}."
        ) from error
    return arrays


def _check_split(arrays: Arrays, split: str) -> None:
    for name, shape in ((f"x_{split}", (32, 32, 3)), (f"y_{split}", ())):
        if name not in arrays:
            raise ValueError(f"no array {name}")
        found = np.asarray(arrays[name])
        if found.dtype != np.uint8 or found.ndim == 0 or found.shape[1:] != shape:
            raise ValueError(f"{name} of type {found.dtype} and shape {found.shape}")
    images, labels = arrays[f"x_{split}"], arrays[f"y_{split}"]
    if len(images) != len(labels) or len(labels) == 0:
        raise ValueError(f"{len(images)} images and {len(labels)} labels in {split}")
    if labels.max() >= len(CLASS_NAMES):
        raise ValueError(f"label {labels.max()} in y_{split}")


def _make_file(path: Path, address: str) -> None:
    """Download the archive at `address` and make `path` of it."""
    archive = path.with_name("cifar-10-binary.tar.gz")
    arrays_bytes = (len(TRAIN_MEMBERS) + 1) * RECORDS * RECORD_BYTES
    require_space(path.parent, SIZE - bytes_held(archive) + arrays_bytes)
    try:
        fetch(address, archive, SHA256, SIZE)
    except DownloadError as error:
        raise DownloadError(
            f"{error}\nA mirror is named in {URL_VARIABLE}; or put the archive there "
            f"yourself, as {archive}.\nPIXELWISE_DATA=drawn goes on without CIFAR-10."
        ) from error
    _write(path, _unpack(archive))
    archive.unlink()


def _unpack(archive: Path) -> Arrays:
    """Return the arrays in the archive, reading its six known members only."""
    batches = {}
    try:
        with tarfile.open(archive, "r|gz") as tar:
            for member in tar:
                if member.name in (*TRAIN_MEMBERS, TEST_MEMBER):
                    batches[member.name] = _decode(_read_member(tar, member))
    except (tarfile.TarError, EOFError, zlib.error, ValueError) as error:
        raise _bad_archive(archive, str(error)) from error
    missing = [name for name in (*TRAIN_MEMBERS, TEST_MEMBER) if name not in batches]
    if missing:
        raise _bad_archive(archive, f"no {', '.join(missing)}")
    images, labels = zip(*(batches[name] for name in TRAIN_MEMBERS), strict=True)
    x_test, y_test = batches[TEST_MEMBER]
    return {
        "x_train": np.concatenate(images),
        "y_train": np.concatenate(labels),
        "x_test": np.ascontiguousarray(x_test),
        "y_test": np.ascontiguousarray(y_test),
    }


def _bad_archive(archive: Path, found: str) -> DownloadError:
    return DownloadError(
        f"{archive} is not CIFAR-10's binary version.\n"
        f"Expected {len(TRAIN_MEMBERS) + 1} members of {RECORDS * RECORD_BYTES:,} "
        f"bytes with labels 0 to 9, found: {found}.\n"
        "Move it away and download it again."
    )


def _read_member(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    expected = RECORDS * RECORD_BYTES
    if not member.isreg() or member.size != expected:
        kind = f"{member.size:,} bytes" if member.isreg() else "not a plain file"
        raise ValueError(f"{member.name}: {kind}")
    return tar.extractfile(member).read()


def _decode(data: bytes) -> Split:
    """Return images (n, 32, 32, 3) and labels (n,), uint8, of one member's bytes."""
    records = np.frombuffer(data, np.uint8).reshape(-1, RECORD_BYTES)
    labels, planes = records[:, 0], records[:, 1:].reshape(-1, 3, 32, 32)
    if labels.max() >= len(CLASS_NAMES):
        raise ValueError(f"label {labels.max()}")
    return planes.transpose(0, 2, 3, 1), labels


def _write(path: Path, arrays: Arrays) -> None:
    """Write the arrays so that `path` is there whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        with unfinished.open("xb") as file:
            np.savez(file, **arrays)
        if not path.exists():
            unfinished.replace(path)
    except OSError as error:
        raise DownloadError(
            f"Cannot write {path}: {error}.\n"
            "Make room or name another folder in PIXELWISE_DATA, then try again."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def main() -> None:
    """Download CIFAR-10 and print where it is."""
    as_command("CIFAR-10 is", download)


if __name__ == "__main__":
    main()
