"""Time how fast the drawn town's ten objects are drawn."""

import statistics
import time

from pixelwise.data import streets

TIMES = 3


def sentence() -> str:
    """Draw the whole set a few times and return a sentence on the seconds."""
    seconds = []
    for seed in range(TIMES):
        began = time.perf_counter()
        streets.objects(seed=seed)
        seconds.append(time.perf_counter() - began)
    middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
    return (
        f"12,000 pictures of the drawn town: {middle:.1f} s, median of {TIMES} "
        f"({least:.1f}–{most:.1f})"
    )
