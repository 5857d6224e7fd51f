"""Python processes that draw parts of the town at the same time.

A worker is a fresh Python that runs one module of the town: no fork of a parent that
holds TensorFlow's threads, and no import of the parent's main module, which may be a
notebook.
"""

import os
import subprocess
import sys
from pathlib import Path

_MOST = 8


def worth_starting(count: int, fewest: int) -> int:
    """Return how many workers are worth starting, each for at least `fewest` things."""
    if not sys.executable:  # Python inside another program: nothing to start
        return 1
    return max(1, min(os.cpu_count() or 1, _MOST, count // fewest))


def start(module: str, *arguments: object) -> subprocess.Popen:
    """Start a Python that runs the module; its output and complaints can be read."""
    source = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    path = source if not known else os.pathsep.join((source, known))
    # -P: a student's random.py in the current folder must not shadow Python's own.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
