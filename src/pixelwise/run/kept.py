"""Arrays kept in a file for the next time, which can always be made again."""

import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np

from pixelwise.run import files

Unpacked = TypeVar("Unpacked")


def read(
    path: Path,
    unpack: Callable[[Mapping[str, np.ndarray]], Unpacked],
    remedy: str,
    stacklevel: int = 4,
) -> Unpacked | None:
    """Return what `unpack` makes of the arrays in a file; None if missing or broken.

    Args:
        path: a file that `write` made.
        unpack: takes the arrays by name; a ValueError or KeyError of it means that the
            file is broken.
        remedy: what is done now, for the warning about a broken file.
        stacklevel: whose line the warning shows, as `warnings.warn` counts.
    """
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return unpack(arrays)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        warnings.warn(
            f"{path} cannot be read ({error}): {remedy}",
            RuntimeWarning,
            stacklevel=stacklevel,
        )
        return None


def write(path: Path, **arrays) -> None:
    """Keep arrays in a file: all of it appears at once, or nothing."""
    with files.written_whole(path) as part, part.open("xb") as file:
        np.savez(file, **arrays)
