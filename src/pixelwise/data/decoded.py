"""Street pairs that were decoded once, kept in a file for the next time."""

import hashlib
import json
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pixelwise import run
from pixelwise.data import masks
from pixelwise.data.pairs import Pairs
from pixelwise.run import kept

Size = int | tuple[int, int]  # pixels


def once(
    sources: Sequence[Path], size: Size, make: Callable[[], Pairs], *chosen: str
) -> Pairs:
    """Return what `make` decodes of these files, or what it did before.

    Args:
        sources: every file that it reads.
        size: a side, or height and width, in pixels.
        make: decodes them.
        chosen: what else decides what comes out, such as which classes.
    """
    path = path_of(sources, size, run.data_folder() / "decoded", *chosen)
    found = read(path)
    if found is None:
        found = make()
        write(path, found)
    return found


def path_of(sources: Sequence[Path], size: Size, folder: Path, *chosen: str) -> Path:
    """Return where the pairs of these files, at this size, are kept within a folder.

    The name changes with every file's place, length and time of change, with the way
    of decoding, and with what was chosen, such as which classes.
    """
    facts = []
    for path in sources:
        found = path.stat()
        facts.append((str(path.absolute()), found.st_size, found.st_mtime_ns))
    settings = [masks.VERSION, masks.FURTHEST, masks.PURE, masks.SAMPLING, size, chosen]
    key = hashlib.sha256(json.dumps([settings, facts]).encode()).hexdigest()[:16]
    side = "x".join(map(str, size)) if isinstance(size, tuple) else size
    return folder / f"{sources[0].parent.name}-{side}-{key}.npz"


def read(path: Path) -> Pairs | None:
    """Return the pairs kept in a file; None if it is missing or broken."""

    def unpack(arrays) -> Pairs:
        faults, unmatched = tuple(arrays["faults"].tolist()), int(arrays["unmatched"])
        return Pairs(arrays["images"], arrays["masks"], faults, unmatched)

    return kept.read(path, unpack, "decoding its pairs again", stacklevel=6)


def write(path: Path, pairs: Pairs) -> None:
    """Keep pairs in a file: all of it appears at once, or nothing.

    Where nothing can be kept the pairs are decoded again the next time, no more.
    """
    try:
        kept.write(
            path,
            images=pairs.images,
            masks=pairs.masks,
            faults=np.array(pairs.faults, dtype=str),
            unmatched=pairs.unmatched,
        )
    except OSError as error:
        warnings.warn(
            f"Decoded pairs could not be kept in {path}: {error}",
            RuntimeWarning,
            stacklevel=5,
        )
