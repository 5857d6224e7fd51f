"""One execution of a chapter: what is said first, and where its files go."""

import datetime
import logging
import os
import textwrap
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from pixelwise.run.folders import runs_folder
from pixelwise.run.machine import device
from pixelwise.run.sizes import SIZES, profile


@dataclass(frozen=True)
class Run:
    """One execution of a chapter: its sizes, and the folder where its files go."""

    chapter: str
    profile: str
    data: str
    sizes: SimpleNamespace
    began: str = ""  # UTC, as the ledger has times

    @property
    def folder(self) -> Path:
        """Where this chapter keeps checkpoints, one folder for each profile and data.

        So a model half-trained on one data set is never continued on another.
        """
        data = self.data.lower().replace(",", "").replace(" ", "-")
        return runs_folder() / self.chapter / f"{self.profile}-{data}"

    def epochs(self, num_train: int) -> int:
        """Return the epochs in which `num_train` pictures are seen as often as planned.

        A smaller data set than the profile's takes more epochs and the same time.
        """
        return max(1, round(self.sizes.epochs * self.sizes.train / num_train))


def start(chapter: str, source) -> Run:
    """Return the run of a chapter and print what the student should know first.

    Args:
        chapter: a notebook's name without its ending, such as "01_mlp".
        source: what is read, with `name` and `describe()`, such as what
            `pixelwise.data.cifar10.source()` returns.

    Raises:
        ValueError: the chapter or PIXELWISE_PROFILE is not a known one.
    """
    if chapter not in SIZES:
        raise ValueError(f"chapter: expected one of {list(SIZES)}, found {chapter!r}")
    # Float32 means float32 on newer GPUs too, which else round products to ten bits.
    os.environ.setdefault("NVIDIA_TF32_OVERRIDE", "0")
    # TensorFlow warns of a new graph for every new model, which is what lessons do.
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    name = profile()
    sizes = SimpleNamespace(**SIZES[chapter][name])
    print(f"{chapter} in profile {name}: about {sizes.minutes:g} min", end="")
    print(f" and {sizes.memory:g} GB of memory")
    # In a notebook longer lines run out of sight.
    whole = dict(break_long_words=False, break_on_hyphens=False)  # a path stays one
    told = f"data    {source.describe()}"
    print(textwrap.fill(told, 80, subsequent_indent=" " * 8, **whole))
    print(f"device  {device()}")
    print(f"kept in {runs_folder()}")
    return Run(chapter, name, source.name, sizes, now())


def now() -> str:
    """Return the time, in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
