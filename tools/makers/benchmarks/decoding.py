"""Time the decoding of street pairs, beside Pillow alone and a loop over pixels."""

import contextlib
import io
import os
import tempfile
import timeit
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

import drawntown
from pixelwise.data import cityscapes, pairs, palette

ROUNDS = 7
DRAWN = 64  # pairs, where no photographs are at hand
SIZE = 128
LOOPED = 2_000  # pixels that the loop is timed on


def sentence() -> str:
    """Decode the pairs a few times and return a sentence on the speeds."""
    source = cityscapes.source()
    if source.path and not source.is_published:
        return describe(source.name, pairs.list_files(source.path / "train"))
    with tempfile.TemporaryDirectory() as folder:
        drawntown.write_pairs(Path(folder), {"train": DRAWN}, progress=False)
        return describe(source.name, pairs.list_files(Path(folder) / "train"))


def describe(name: str, files: Sequence[Path]) -> str:
    """Return a sentence on the speeds with these files."""
    decoding, loading, alone = take_turns(files)
    loop = len(files) * loop_seconds(files[0])
    return (
        f"{len(files)} pairs ({name}) to {SIZE}×{SIZE}: "
        f"{len(files) / decoding:,.0f} pairs a second; {decoding / alone:.2f} times "
        f"the time in which Pillow decodes the same JPEGs, {decoding / loading:.2f} "
        f"times that with NumPy arrays made of them (fastest of {ROUNDS} rounds). "
        f"A loop over the pixels would take {loop / decoding:,.0f} times as long "
        f"(reckoned from {LOOPED:,} pixels of one mask)."
    )


def take_turns(files: Sequence[Path]) -> list[float]:
    """Return the fewest seconds of our decoding, Pillow's to arrays, and Pillow's.

    All come in every round, so that a machine that slows down slows all.
    """
    works = (
        lambda: pairs.read_files(files, SIZE),
        lambda: open_all(files, np.asarray),
        lambda: open_all(files, lambda image: image.load()),
    )
    rounds = []
    for _ in range(ROUNDS):
        with contextlib.redirect_stderr(io.StringIO()):
            rounds.append([timeit.timeit(work, number=1) for work in works])
    return np.min(rounds, axis=0).tolist()


def open_all(files: Sequence[Path], use: Callable[[Image.Image], object]) -> None:
    """Open the files in as many threads as our decoding has, and use each image."""

    def open_one(path: Path) -> None:
        with Image.open(path) as image:
            use(image)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(open_one, files))


def loop_seconds(path: Path) -> float:
    """Return how long a loop over the pixels of one small mask would take."""
    with Image.open(path) as image:
        mask = image.crop((pairs.SIDE, 0, 2 * pairs.SIDE, pairs.SIDE))
    pixels = np.asarray(mask.resize((SIZE, SIZE))).reshape(-1, 3)
    colours = np.array(palette.distinct()[0])

    def loop() -> None:
        for pixel in pixels[:LOOPED]:
            np.argmin(((colours - pixel) ** 2).sum(axis=1))

    return timeit.timeit(loop, number=1) * len(pixels) / LOOPED
