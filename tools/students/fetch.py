"""The real pictures of a build, fetched before its first chapter, within a limit."""

import subprocess
import sys

from pixelwise import run
from pixelwise.data import camvid, cifar10, streets

MINUTES = 10  # that each set may take: some servers crawl

# What tells which pictures are used, what fetches them, and how large that is.
SETS = {
    "CIFAR-10": (cifar10.source, "pixelwise.data.cifar10", cifar10.Source.SIZE),
    "CamVid": (streets.source, "pixelwise.data.camvid", camvid.Source.SIZE),
}


def fetch_missing() -> list[str]:
    """Fetch the real sets that are not there; return the names of those still missing.

    What was received of them is kept, and the next build goes on from there.
    """
    if run.drawn_asked() or run.profile() == "smoke":
        return []
    return [
        name
        for name, (source, module, size) in SETS.items()
        if source().path is None and not fetch(name, module, size)
    ]


def fetch(name: str, module: str, size: str) -> bool:
    """Return whether a set could be had within the limit; print what is done."""
    print(f"fetching {name} ({size}), for {MINUTES} minutes at most", flush=True)
    try:
        done = subprocess.run([sys.executable, "-m", module], timeout=60 * MINUTES)
    except subprocess.TimeoutExpired:
        print(f"\n{name} is slow to come: what was received is kept for the next time")
        return False
    return done.returncode == 0
