"""Numbered street pairs as files, written by several processes at once.

A file holds a photo and, to its right, the colour mask, as Kaggle's Cityscapes pairs
do. Pair `i` depends on the seed, the split and `i` alone, so it does not matter which
process draws it. Its comment says which pair it is: one that is there is not drawn
again, and a file that is something else is never overwritten.
"""

import json
import subprocess
import sys
import uuid
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from drawntown.drawing.labels import COLOURS
from drawntown.pictures import processes
from drawntown.pictures.scene import take_scene

SIZE = 256
# Raise it with every change to the scenes, or old files pass for new ones.
VERSION = 1
_FEWEST = 12  # a worker takes half a second to start: fewer pairs do not pay
_QUALITY = 90  # of the JPEGs in Kaggle's set, chroma halved as there

Sizes = dict[str, int]
Pair = tuple[str, int]
Tick = Callable[[int], object]
_ALL = slice(None)


def draw_pair(seed: int, split: str, number: int) -> np.ndarray:
    """Return photo and colour mask side by side, uint8 (256, 512, 3)."""
    photo, mask = take_scene(Random(f"streets/{seed}/{split}/{number}"), SIZE)
    return np.concatenate((photo, COLOURS[mask]), axis=1)


def _comment(seed: int, split: str, number: int) -> bytes:
    """Return what a file's comment says about its pair."""
    return f"pixelwise streets v{VERSION} seed {seed} {split} {number}".encode()


def _is_there(file: Path, comment: bytes) -> bool:
    """Tell whether the file is that pair; raise FileExistsError if it is another."""
    if not file.exists():
        return False
    try:
        with Image.open(file) as image:
            found = image.info.get("comment", b"no comment")
    except OSError as error:
        found = str(error)
    if found != comment:
        raise FileExistsError(
            f"{file}: expected {comment!r}, found {found!r}; the file is left as it "
            "is: give another folder, or move it away"
        )
    return True


def _file(folder: Path, split: str, number: int) -> Path:
    return folder / split / f"{number}.jpg"


def missing_pairs(
    folder: Path, sizes: Sizes, seed: int, part: slice = _ALL
) -> Iterator[Pair]:
    """Yield the split and the number of each pair, of a part, that is not there yet.

    Raises FileExistsError where a file by that name holds something else.
    """
    pairs = [(split, k) for split, size in sizes.items() for k in range(1, size + 1)]
    for split, number in pairs[part]:
        if not _is_there(_file(folder, split, number), _comment(seed, split, number)):
            yield split, number


def _write(folder: Path, seed: int, split: str, number: int) -> None:
    """Draw one pair and write its file, which appears whole or not at all."""
    picture = Image.fromarray(draw_pair(seed, split, number))
    comment = _comment(seed, split, number)
    file = _file(folder, split, number)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{uuid.uuid4().hex}.{file.name}")
    try:
        picture.save(part, "JPEG", quality=_QUALITY, comment=comment)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _follow(worker: subprocess.Popen, tick: Tick) -> str:
    """Tick for every pair that a worker has written; return its complaint, if any."""
    while worker.stdout.read(1):
        tick(1)
    _, complaint = worker.communicate()
    return complaint.decode(errors="replace") if worker.returncode else ""


def _write_together(
    folder: Path, sizes: Sizes, seed: int, count: int, tick: Tick
) -> None:
    """Have several workers write the missing pairs; warn of one that ends early."""
    order = folder, json.dumps(sizes), seed, count
    started = [processes.start(__spec__.name, *order, k) for k in range(count)]
    with ThreadPoolExecutor(count) as pool:
        try:
            complaints = list(pool.map(_follow, started, repeat(tick)))
        finally:
            # After an interrupt, nobody waits for the rest of the pairs.
            for worker in started:
                worker.kill()
    for complaint in filter(None, complaints):
        warnings.warn(
            f"a drawing process ended early, going on without it: {complaint}",
            RuntimeWarning,
            stacklevel=2,
        )


def write_missing(folder: Path, sizes: Sizes, seed: int, tick: Tick) -> None:
    """Write every pair that is not there yet; `tick` is told of each.

    Raises FileExistsError where a file by that name holds something else.
    """
    missing = sum(1 for _ in missing_pairs(folder, sizes, seed))
    count = _worker_count(missing)
    if count > 1:
        _write_together(folder, sizes, seed, count, tick)
    for split, number in missing_pairs(folder, sizes, seed):
        _write(folder, seed, split, number)
        tick(1)


def _worker_count(missing: int) -> int:
    """Return how many processes are worth starting for so many pairs."""
    return processes.worth_starting(missing, _FEWEST)


def _main(folder: str, sizes: str, seed: str, count: str, first: str) -> None:
    """Write every `count`-th missing pair, from the `first` on; tell of each."""
    part = slice(int(first), None, int(count))
    for pair in missing_pairs(Path(folder), json.loads(sizes), int(seed), part):
        _write(Path(folder), int(seed), *pair)
        sys.stdout.write(".")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:])
