"""Kaggle's street pairs: had by kagglehub or by hand, and kept in the data folder."""

import errno
import re
import shutil
import tarfile
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pixelwise.data.download import DownloadError, exclusive, require_space

DATASET = "dansbecker/cityscapes-image-pairs"
VERSION = 1  # pinned: what is had today is what was measured
HANDLE = f"{DATASET}/versions/{VERSION}"
COUNTS = {"train": 2975, "val": 500}
MEGABYTES = 110

FOLDER = "cityscapes_data"
ARCHIVE = f"{DATASET.partition('/')[2]}.zip"  # as the `kaggle` command names it
BY_HAND = (
    f"By hand: `kaggle datasets download {DATASET} -p {{folder}} --unzip`, or download "
    f"the archive in a browser and put it there as {{folder}}/{ARCHIVE}.\n"
    "PIXELWISE_DATA=drawn goes on without the photographs."
)


def find_pairs(folder: Path) -> Path | None:
    """Return the folder within `folder` that holds `train` and `val`, if there is one.

    Kaggle's archive has been seen with its folder once, twice and not at all.
    """
    for path in (folder / FOLDER, folder / FOLDER / FOLDER):
        if all((path / split).is_dir() for split in COUNTS):
            return path
    # Folders of these names in the data folder itself may be of another set.
    if all(any((folder / split).glob("*.jpg")) for split in COUNTS):
        return folder
    return None


def download(folder: Path) -> Path:
    """Return `folder/cityscapes_data`, made of an archive put there or by kagglehub.

    The folder appears as a whole or not at all. kagglehub's own copy is only read.

    Raises:
        DownloadError: the pairs could not be had, or are not the expected ones.
    """
    target = folder / FOLDER
    with exclusive(target):
        if there := find_pairs(folder):
            return there  # another process has made it meanwhile
        require_space(folder, 2 * MEGABYTES * 10**6)
        part = folder / f".{uuid.uuid4().hex}.{FOLDER}"
        try:
            fill(part, folder)
            part.replace(target)
        except DownloadError:
            raise
        except OSError as error:
            raise failed(error, folder) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return target


def fill(part: Path, folder: Path) -> None:
    """Put `train` and `val` into the new folder `part`; check that they are whole."""
    archive = folder / ARCHIVE
    if archive.exists():
        unpack(archive, part)
    else:
        copy(fetch(folder), part)
    for split, count in COUNTS.items():
        found = len(list((part / split).glob("*.jpg")))
        if found != count:
            raise DownloadError(
                f"{archive if archive.exists() else 'What Kaggle gave'} is not "
                f"{DATASET}: expected {count:,} pictures in {split}, found {found:,}.\n"
                + BY_HAND.format(folder=folder)
            )


def fetch(folder: Path) -> Path:
    """Return the folder where kagglehub keeps the data set, fetched if need be."""
    by_hand = BY_HAND.format(folder=folder)
    try:
        import kagglehub
    except ImportError as error:
        raise DownloadError(
            f"kagglehub is not installed: pip install 'kagglehub>=0.3.13'.\n{by_hand}"
        ) from error
    try:
        with checked_unpacking():
            return Path(kagglehub.dataset_download(HANDLE))
    except DownloadError as error:
        raise DownloadError(f"{error}\n{by_hand}") from None
    except Exception as error:
        # It raises what it, requests, zipfile and tarfile have. Of them only the kind
        # is told: their texts hold signed addresses.
        raise DownloadError(
            f"Could not download {DATASET} from Kaggle: {explain(error)}\n{by_hand}"
        ) from None


@contextmanager
def checked_unpacking() -> Iterator[None]:
    """Have archives with paths outside their folder refused before they are unpacked.

    kagglehub unpacks what it fetched at once, and deletes it; `extractall` takes the
    ".." and "/" off such paths and goes on, so nothing tells afterwards.
    """
    kinds = {zipfile.ZipFile: "namelist", tarfile.TarFile: "getnames"}
    unpackers = {kind: kind.extractall for kind in kinds}
    for kind, names in kinds.items():
        kind.extractall = checked(kind.extractall, getattr(kind, names))
    try:
        yield
    finally:
        for kind, unpack_all in unpackers.items():
            kind.extractall = unpack_all


def checked(unpack_all: Callable, names: Callable[..., Iterable[str]]) -> Callable:
    """Return `unpack_all` of an archive, after a look at the names of its members."""

    def check_and_unpack(archive, *arguments, **settings):
        for name in names(archive):
            require_inside(
                name,
                "What Kaggle gave",
                "Delete kagglehub's folder (~/.cache/kagglehub)",
            )
        return unpack_all(archive, *arguments, **settings)

    return check_and_unpack


def explain(error: Exception) -> str:
    """Return what went wrong within kagglehub, and what to do, without any secret."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    kind = f"{type(error).__module__}.{type(error).__name__}"
    if status in (401, 403):
        return (
            f"it refused (HTTP {status}).\nThis set needs no account, but a token that "
            "is set must be right: correct or remove KAGGLE_API_TOKEN, KAGGLE_KEY or "
            "the files in ~/.kaggle (in Colab: the notebook's secrets)."
        )
    if status == 404:
        return f"it has no version {VERSION} of this set (HTTP 404)."
    if status:
        return f"it answered HTTP {status}. Try again later."
    if kind.startswith("requests."):
        return f"no connection ({kind}).\nCheck the network and try again: it goes on."
    if isinstance(error, OSError):
        reason = errno.errorcode.get(error.errno or 0, kind)
        return (
            f"its folder cannot be written ({reason}).\n"
            "Make room there, or name another folder in KAGGLEHUB_CACHE."
        )
    if isinstance(error, tarfile.FilterError):
        return f"the archive has paths outside its folder and was refused ({kind})."
    return (
        f"the archive is broken or another one ({kind}).\n"
        "Delete kagglehub's folder (~/.cache/kagglehub) and try again."
    )


def copy(source: Path, part: Path) -> None:
    """Copy the pictures of both splits; `source` is only read."""
    pairs = find_pairs(source)
    for split in COUNTS:
        (part / split).mkdir(parents=True)
        for path in (pairs / split).glob("*.jpg") if pairs else ():
            shutil.copyfile(path, part / split / path.name)


def unpack(archive: Path, part: Path) -> None:
    """Unpack the pictures of both splits from a zip file, and nothing else of it.

    Raises:
        DownloadError: it is no whole zip file, or has paths outside its folder.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = {name: picture_of(name) for name in opened.namelist()}
            for split in COUNTS:
                (part / split).mkdir(parents=True)
            for name, place in members.items():
                if place:
                    with opened.open(name) as packed, (part / place).open("wb") as file:
                        shutil.copyfileobj(packed, file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise DownloadError(
            f"{archive} is no whole zip file: {error}.\n"
            f"Delete it and try again.\n{BY_HAND.format(folder=archive.parent)}"
        ) from error


def picture_of(name: str) -> Path | None:
    """Return the place, such as train/1.jpg, of a member; None if it is no picture.

    Raises:
        DownloadError: the member's path leads out of the archive's folder.
    """
    require_inside(name, ARCHIVE, "It is not Kaggle's: delete it")
    parts = re.split(r"[/\\]", name)
    picture = len(parts) > 1 and parts[-2] in COUNTS and parts[-1].endswith(".jpg")
    return Path(*parts[-2:]) if picture else None


def require_inside(name: str, archive: str, remedy: str) -> None:
    """Raise DownloadError if a member's path leads out of the archive's folder."""
    parts = re.split(r"[/\\]", name)
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise DownloadError(
            f"{archive} was refused: it holds {name!r}, a path outside its folder.\n"
            f"{remedy}, and download it again."
        )


def failed(error: OSError, folder: Path) -> DownloadError:
    """Return the error to raise when the data folder could not be written to."""
    return DownloadError(
        f"Cannot write {folder / FOLDER}: {error}.\n"
        "Make room, or name another folder in PIXELWISE_DATA, then try again."
    )
