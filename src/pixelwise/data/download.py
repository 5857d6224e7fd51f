"""Fetch one big file over HTTP: resumed, verified, and never half there.

Beside the target lie, while it is on its way, `<name>.part` (the bytes so far),
`<name>.part.origin` (where they came from) and `<name>.lock`.
"""

import hashlib
import http.client
import re
import shutil
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import BinaryIO

from filelock import FileLock, Timeout
from tqdm import tqdm

PAUSES = (1, 2, 4, 8, 16)  # seconds before each further try
TIMEOUT = 30  # seconds without a byte before a connection counts as lost
CHUNK = 1 << 16  # bytes
PASSING_STATUS = frozenset({408, 429, 500, 502, 503, 504})
CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(?:(\d+)|\*)")


class DownloadError(OSError):
    """A file could not be had whole; the text says what was found and what to do."""


class _Interrupted(Exception):
    """A request failed in a way that another try may mend."""


@dataclass(frozen=True)
class _Wanted:
    """A file to fetch: where from, where to, and how it is recognised."""

    url: str
    target: Path
    sha256: str
    size: int | None

    @property
    def part(self) -> Path:
        return _part_of(self.target)

    @property
    def origin(self) -> Path:
        return self.part.with_name(self.part.name + ".origin")


def fetch(url: str, target: Path, sha256: str, size: int | None = None) -> Path:
    """Return `target`, holding the file at `url` and no other.

    What an earlier call received is kept and continued, also by another process.
    The file appears under its name only once its hash is right. A file that is
    already there is verified, and never overwritten.

    Args:
        url: http or https address.
        target: path of the file; its folder is made if missing.
        sha256: the file's SHA-256, 64 hexadecimal digits.
        size: the file's length in bytes, if known.

    Raises:
        DownloadError: nothing, or not the expected file, could be had; or
            `target` is there with other content; or the disk has no room.
    """
    wanted = _Wanted(url, Path(target), sha256.lower(), size)
    require_http(url)
    if not _is_ready(wanted):
        with exclusive(wanted.target):
            if not _is_ready(wanted):
                _fetch_verified(wanted)
    return wanted.target


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Keep other processes from making `path` meanwhile; wait for one that does.

    Raises:
        DownloadError: the folder of `path` cannot be made or written to.
    """
    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _acquire(lock, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()


def require_space(folder: Path, needed: int) -> None:
    """Check that the disk of `folder` has room for `needed` bytes.

    Raises:
        DownloadError: it has less.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DownloadError(
            f"The disk is too full for this download: {folder} needs "
            f"{needed / 1e6:,.0f} MB free, found {free / 1e6:,.0f} MB.\n"
            "Make room, or name a folder on another disk in PIXELWISE_DATA."
        )


def as_command(name: str, download: Callable[[], Path]) -> None:
    """Download a set and print where it is, or exit with a sentence.

    Args:
        name: of the set with its verb, such as "CamVid is".
        download: returns the place; raises DownloadError, or ValueError where what is
            there is not the set.
    """
    try:
        print(f"{name} in {download()}")
    except (DownloadError, ValueError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\nstopped; the next try goes on from there")


def bytes_held(target: Path) -> int:
    """Return how many bytes of `target` are on disk, as a whole file or a part."""
    return _size_of(target) or _size_of(_part_of(target))


def _part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def require_http(url: str) -> None:
    """Raise DownloadError unless an address is one of the web."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise DownloadError(
            f"Cannot download from {url!r}: expected an address that begins with "
            "http:// or https://."
        )


def _acquire(lock: FileLock, path: Path) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"Another process is making {path}; waiting for it.", flush=True)
        lock.acquire()


def _unwritable(path: Path, error: OSError) -> DownloadError:
    return DownloadError(
        f"Cannot write {path}: {error}.\n"
        "Check the folder and its permissions, or name another in PIXELWISE_DATA."
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_ready(wanted: _Wanted) -> bool:
    """Return whether the target is there and right; never tolerate a wrong one."""
    target = wanted.target
    if not target.exists():
        return False
    found = _digest(target) if target.is_file() else "a folder"
    if found == wanted.sha256:
        return True
    raise DownloadError(
        f"{target} is not the file that {wanted.url} should give.\n"
        f"Expected SHA-256 {wanted.sha256}, found {found} "
        f"({_size_of(target):,} bytes).\n"
        "It was left as it is: move it away, then try again."
    )


def _fetch_verified(wanted: _Wanted) -> None:
    continued = _receive_all(wanted)
    if continued and _digest(wanted.part) != wanted.sha256:
        # Its beginning may be of another file: only a fresh start can tell.
        _discard(wanted)
        _receive_all(wanted)
    _require_hash(wanted)
    if not _is_ready(wanted):
        wanted.part.replace(wanted.target)
    _discard(wanted)


def _require_hash(wanted: _Wanted) -> None:
    found, length = _digest(wanted.part), _size_of(wanted.part)
    if found == wanted.sha256:
        return
    _discard(wanted)
    expected = f" ({wanted.size:,} bytes)" if wanted.size is not None else ""
    raise DownloadError(
        f"{wanted.url} gave another file than expected.\n"
        f"Expected SHA-256 {wanted.sha256}{expected}, "
        f"found {found} ({length:,} bytes).\n"
        "It was deleted. Try again, or use a mirror that has the same file."
    )


def _discard(wanted: _Wanted) -> None:
    wanted.part.unlink(missing_ok=True)
    wanted.origin.unlink(missing_ok=True)


def _receive_all(wanted: _Wanted) -> bool:
    """Complete the part; return whether it was put together from several requests."""
    continued = False
    for pause in (*PAUSES, None):
        offset = _size_of(wanted.part)
        continued = continued or offset > 0
        try:
            _receive(wanted, offset)
            return continued
        except _Interrupted as error:
            if pause is None:
                raise _gave_up(wanted, error) from error
            sleep(pause)


def _gave_up(wanted: _Wanted, error: _Interrupted) -> DownloadError:
    total = f" of {wanted.size:,}" if wanted.size is not None else ""
    return DownloadError(
        f"Could not download {wanted.url} in {len(PAUSES) + 1} tries: {error}.\n"
        f"{_size_of(wanted.part):,}{total} bytes are kept in {wanted.part}.\n"
        "Check the network connection and try again: it goes on from there. "
        "Or use a mirror that has the same file."
    )


def _receive(wanted: _Wanted, offset: int) -> None:
    """Ask once for everything from byte `offset` on, and add it to the part."""
    if wanted.size is not None and offset >= wanted.size:
        return
    with _open(wanted, offset) as response:
        if response.status == 416 and _content_range(response)[1] == offset:
            return
        start = _start(wanted, response, offset)
        total = _total(wanted, response, start)
        if total is not None:
            require_space(wanted.target.parent, total - start)
        _save(wanted, response, start, total)
    received = _size_of(wanted.part)
    if total is not None and received < total:
        raise _Interrupted(f"the connection ended at {received:,} of {total:,} bytes")


def _open(wanted: _Wanted, offset: int) -> http.client.HTTPResponse:
    """Return the server's answer, be it a refusal."""
    try:
        return urllib.request.urlopen(_request(wanted, offset), timeout=TIMEOUT)
    except urllib.error.HTTPError as refusal:
        return refusal
    except (http.client.InvalidURL, ValueError) as error:
        raise DownloadError(f"{wanted.url!r} is no valid address: {error}.") from error
    except (OSError, http.client.HTTPException) as error:
        if isinstance(getattr(error, "reason", None), ssl.SSLCertVerificationError):
            raise _untrusted(wanted, error) from error
        raise _Interrupted(str(error) or type(error).__name__) from error


def _untrusted(wanted: _Wanted, error: OSError) -> DownloadError:
    return DownloadError(
        f"The certificate of {wanted.url} was not accepted: {error}.\n"
        "Check the computer's clock and network. With Python from python.org on "
        "macOS, run its «Install Certificates.command» once."
    )


def _request(wanted: _Wanted, offset: int) -> urllib.request.Request:
    headers = {"User-Agent": "pixelwise"}
    if offset:
        headers["Range"] = f"bytes={offset}-"
        validator = _validator(wanted)
        if validator:
            headers["If-Range"] = validator
    return urllib.request.Request(wanted.url, headers=headers)


def _validator(wanted: _Wanted) -> str | None:
    """Return the version tag that this address gave with the part, if it did."""
    if not wanted.origin.exists():
        return None
    url, _, validator = wanted.origin.read_text(encoding="utf-8").partition("\n")
    return validator.strip() if url == wanted.url else None


def _remember(wanted: _Wanted, response: http.client.HTTPResponse) -> None:
    """Note the version tag of the file that the part begins with."""
    validator = response.headers.get("ETag", "")
    # A weak tag may not be used to continue a file (RFC 9110, 13.1.5).
    if not validator or validator.startswith("W/"):
        validator = response.headers.get("Last-Modified", "")
    wanted.origin.write_text(f"{wanted.url}\n{validator}\n", encoding="utf-8")


def _content_range(
    response: http.client.HTTPResponse,
) -> tuple[int | None, int | None]:
    """Return the first byte's place and the whole length that the header names."""
    match = CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if match is None:
        return None, None
    first, total = (int(text) if text else None for text in match.groups())
    return first, total


def _start(wanted: _Wanted, response: http.client.HTTPResponse, offset: int) -> int:
    """Return the place in the file of the first byte that the answer holds."""
    status = response.status
    if status == 200:
        return 0
    if status == 206 and _content_range(response)[0] == offset:
        return offset
    if status in (206, 416):
        _discard(wanted)
        raise _Interrupted("the server could not go on where the last try stopped")
    answer = f"the server answered {status} {response.reason}"
    if status in PASSING_STATUS:
        raise _Interrupted(answer)
    raise DownloadError(
        f"Could not download {wanted.url}: {answer}, expected 200 OK.\n"
        "Check the address, or use a mirror that has the same file."
    )


def _total(
    wanted: _Wanted, response: http.client.HTTPResponse, start: int
) -> int | None:
    """Return the whole file's length in bytes, as far as it is known."""
    _, total = _content_range(response)
    length = response.headers.get("Content-Length", "")
    if total is None and length.isdigit():
        total = start + int(length)
    if total is None or wanted.size is None or total == wanted.size:
        return total if total is not None else wanted.size
    raise DownloadError(
        f"{wanted.url} has another file than expected.\n"
        f"Expected {wanted.size:,} bytes (SHA-256 {wanted.sha256}), "
        f"found {total:,} bytes.\n"
        "Try again later, or use a mirror that has the same file."
    )


def _save(
    wanted: _Wanted, response: http.client.HTTPResponse, start: int, total: int | None
) -> None:
    try:
        with wanted.part.open("ab" if start else "wb") as file:
            if start == 0:
                _remember(wanted, response)
            _copy(response, file, start, total)
    except OSError as error:
        raise _unwritable(wanted.part, error) from error


def _copy(
    response: http.client.HTTPResponse, file: BinaryIO, start: int, total: int | None
) -> None:
    """Copy the answer's body, but never much more than the file is long."""
    name = Path(file.name).name.removesuffix(".part")
    with tqdm(
        desc=name, initial=start, total=total, unit="B", unit_scale=True
    ) as progress:
        while (total is None or progress.n <= total) and (data := _read(response)):
            file.write(data)
            progress.update(len(data))


def _read(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read(CHUNK)
    except (OSError, http.client.HTTPException) as error:
        raise _Interrupted(str(error) or type(error).__name__) from error
