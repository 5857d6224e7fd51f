"""Time how fast the drawn town's ten objects and its streets are drawn."""

import statistics
import tempfile
import timeit
from collections.abc import Callable
from functools import partial

import drawntown

TIMES = 3
SIZES = {"train": 300, "val": 100}


def sentence() -> str:
    """Draw both sets a few times and return a sentence on the seconds of each."""
    return (
        f"12,000 pictures of the drawn town: {_seconds(_draw_objects)}\n"
        f"400 pairs of drawn streets, as files: {_seconds(_write_streets)}"
    )


def _draw_objects(seed: int) -> None:
    drawntown.draw_objects(seed=seed)


def _write_streets(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        drawntown.write_pairs(folder, SIZES, seed=seed)


def _seconds(draw: Callable[[int], None]) -> str:
    """Return the seconds that it takes to draw, as a median and its range."""
    seconds = [timeit.timeit(partial(draw, seed), number=1) for seed in range(TIMES)]
    middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
    return f"{middle:.1f} s, median of {TIMES} ({least:.1f}–{most:.1f})"
