"""Fetch the files of a folder in a public git repository, at one commit, over HTTP.

Git names a file by a hash of its bytes and a folder by a hash of its files' names and
hashes. So one hash tells whether a whole folder is the one that was asked for.
"""

import hashlib
import http.client
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

from tqdm import tqdm

from pixelwise.data.download import PASSING_STATUS, PAUSES, TIMEOUT, DownloadError
from pixelwise.run import files

WORKERS = 8  # connections at a time
LARGEST = 10**7  # bytes of one file
FILE_MODE = b"100644"  # of a plain file, in git


def fetch_files(address: str, names: Sequence[str], folder: Path) -> None:
    """Get files, such as "train/1.png", from an address into a folder.

    Each appears whole or not at all; those that are there already are left out, so an
    interrupted call can be repeated.

    Raises:
        DownloadError: one could not be had, though it was tried several times.
    """
    missing = [name for name in names if not (folder / name).exists()]
    with (
        tqdm(total=len(names), initial=len(names) - len(missing), unit="file") as bar,
        ThreadPoolExecutor(WORKERS) as pool,
    ):
        waiting = [
            pool.submit(fetch_file, f"{address}/{name}", folder / name)
            for name in missing
        ]
        try:
            for each in waiting:
                each.result()
                bar.update()
        finally:
            pool.shutdown(cancel_futures=True)


def fetch_file(url: str, path: Path) -> None:
    """Get one file, tried again after each of `PAUSES`.

    Raises:
        DownloadError: it could not be had.
    """
    for pause in (*PAUSES, None):
        try:
            data = receive(url)
            break
        except (OSError, http.client.HTTPException) as error:
            status = getattr(error, "code", None)
            if pause is None or (status and status not in PASSING_STATUS):
                raise DownloadError(
                    f"Could not download {url}: {error or type(error).__name__}.\n"
                    "Check the network connection and try again: it goes on from there."
                ) from error
            sleep(pause)
    with files.written_whole(path) as part:
        part.write_bytes(data)


def receive(url: str) -> bytes:
    """Return the bytes at an address; raise OSError or HTTPException if cut short."""
    request = urllib.request.Request(url, headers={"User-Agent": "pixelwise"})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
        data = response.read(LARGEST)
        if len(data) < int(response.headers.get("Content-Length") or 0):
            raise http.client.IncompleteRead(data)
        return data


def remove_others(folder: Path, names: Sequence[str]) -> None:
    """Delete what lies in a folder and is none of the named files, such as remains."""
    wanted = {folder / name for name in names}
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def hash_of_file(path: Path) -> str:
    """Return the hash by which git names a file: 40 hexadecimal digits."""
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def hash_of_folder(folder: Path) -> str:
    """Return the hash by which git names a folder that holds plain files only."""
    entries = b"".join(
        b"%s %s\0" % (FILE_MODE, path.name.encode()) + bytes.fromhex(hash_of_file(path))
        for path in sorted(folder.iterdir(), key=lambda path: path.name.encode())
    )
    return hashlib.sha1(b"tree %d\0" % len(entries) + entries).hexdigest()
