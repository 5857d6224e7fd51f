"""A numbered series of object pictures, drawn by several processes at once.

Picture `i` depends on the seed, the split and `i` alone, so it does not matter which
process draws it. A worker runs this module and sends pixels through its standard
output.
"""

import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise, repeat
from random import Random

import numpy as np

from drawntown.drawing.canvas import Canvas
from drawntown.light.exposure import any_light, expose
from drawntown.pictures import processes
from drawntown.pictures.portrait import THINGS, paint_portrait

SIZE = 32
Tick = Callable[[int], object]
_NAMES = tuple(THINGS)
_FEWEST = 1500  # a worker takes half a second to start: fewer pictures do not pay
_CHUNK = 50  # pictures that a worker sends at a time


def take_picture(name: str, chance: Random) -> np.ndarray:
    """Return one picture of the named thing, uint8 (32, 32, 3)."""
    canvas = Canvas(SIZE, SIZE)
    paint_portrait(canvas, name, chance)
    light = any_light(chance)
    return expose(canvas.photo(), canvas.glows, light, chance.getrandbits(64))


def series_labels(seed: int, split: str, count: int) -> np.ndarray:
    """Return the series' labels, uint8 (count,): each ten hold every class once."""
    labels: list[int] = []
    for block in range(-(-count // len(_NAMES))):
        order = list(range(len(_NAMES)))
        Random(f"{seed}/{split}/order/{block}").shuffle(order)
        labels += order
    return np.array(labels[:count], dtype="uint8")


def _draw_range(
    seed: int, split: str, start: int, stop: int
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the number and the pixels of the pictures from start up to stop."""
    labels = series_labels(seed, split, stop)
    for i in range(start, stop):
        chance = Random(f"{seed}/{split}/{i}")
        yield i, take_picture(_NAMES[labels[i]], chance)


def _worker_count(count: int) -> int:
    """Return how many processes are worth starting for this many pictures."""
    return processes.worth_starting(count, _FEWEST)


def _receive(worker: subprocess.Popen, pictures: np.ndarray, tick: Tick) -> int:
    """Fill `pictures` from a worker's output; return how many came whole."""
    received = 0
    while received < len(pictures):
        part = pictures[received : received + _CHUNK]
        pixels = worker.stdout.read(part.nbytes)
        if len(pixels) < part.nbytes:
            break
        part[:] = np.frombuffer(pixels, dtype="uint8").reshape(part.shape)
        received += len(part)
        tick(len(part))
    return received


def _finish(
    worker: subprocess.Popen, missing: range, seed: int, split: str
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield the pictures that a worker left out, after a warning that says why."""
    _, complaint = worker.communicate()
    if missing:
        reason = complaint.decode(errors="replace")
        warnings.warn(
            f"a drawing process ended early, going on without it: {reason}",
            RuntimeWarning,
            stacklevel=2,
        )
        yield from _draw_range(seed, split, missing.start, missing.stop)


def _draw_together(
    seed: int, split: str, pictures: np.ndarray, count: int, tick: Tick
) -> None:
    """Fill `pictures` by several workers at once."""
    edges = [len(pictures) * k // count for k in range(count + 1)]
    ranges = list(pairwise(edges))
    name = __spec__.name
    started = [processes.start(name, seed, split, *numbers) for numbers in ranges]
    parts = [pictures[start:stop] for start, stop in ranges]
    with ThreadPoolExecutor(count) as pool:
        try:
            counts = list(pool.map(_receive, started, parts, repeat(tick)))
        finally:
            # After an interrupt, nobody waits for the rest of the pictures.
            for worker in started:
                worker.kill()
    for worker, (start, stop), done in zip(started, ranges, counts, strict=True):
        for i, picture in _finish(worker, range(start + done, stop), seed, split):
            pictures[i] = picture
            tick(1)


def draw_series(seed: int, split: str, count: int, tick: Tick) -> np.ndarray:
    """Return the series' first `count` pictures, uint8 (count, 32, 32, 3).

    `tick` is told how many pictures were added, for a progress bar.
    """
    pictures = np.empty((count, SIZE, SIZE, 3), dtype="uint8")
    processes = _worker_count(count)
    if processes > 1:
        _draw_together(seed, split, pictures, processes, tick)
        return pictures
    for i, picture in _draw_range(seed, split, 0, count):
        pictures[i] = picture
        tick(1)
    return pictures


def _main(seed: str, split: str, start: str, stop: str) -> None:
    """Write the pixels of one range to standard output, in order."""
    for _, picture in _draw_range(int(seed), split, int(start), int(stop)):
        sys.stdout.buffer.write(picture.tobytes())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:])
