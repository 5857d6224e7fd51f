"""Time how fast the drawn town's ten objects are drawn.

usage: python -m tools.benchmark_town

How well a linear model, the MLP and the CNN learn them is measured by `make results`.
"""

import statistics
import time

from pixelwise.data import streets

TIMES = 3


def main() -> None:
    """Draw the whole set a few times and print the seconds."""
    seconds = []
    for seed in range(TIMES):
        began = time.perf_counter()
        streets.objects(seed=seed)
        seconds.append(time.perf_counter() - began)
    middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
    print(
        f"12,000 pictures: {middle:.1f} s, median of {TIMES} ({least:.1f}–{most:.1f})"
    )


if __name__ == "__main__":
    main()
