"""Which pictures a chapter uses: those on this machine, the published or the drawn."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pixelwise import run


@dataclass(frozen=True)
class DataSource:
    """The pictures that a data set's `load` will give.

    Attributes:
        name: for people and ledgers.
        class_names: in the order of the labels.
        path: where they are on this machine; None if still to be had or drawn.
        is_real: whether they are photographs.
        PUBLISHED: the name of the published set, which each data set fills in.
        SIZE: what its download takes.
        HOW_TO_GET: what to do to get it.
    """

    name: str
    class_names: tuple[str, ...]
    path: Path | None
    is_real: bool

    PUBLISHED: ClassVar[str]
    SIZE: ClassVar[str]
    HOW_TO_GET: ClassVar[str]

    def describe(self) -> str:
        """Return which pictures, from where, and how to get the real ones."""
        if self.is_real:
            return self.brief()
        if run.drawn_asked():
            real = f"For {self.PUBLISHED} unset PIXELWISE_DATA, then {self.HOW_TO_GET}."
            return f"{self.name}, as PIXELWISE_DATA=drawn asks. {real}"
        return f"{self.name}. For {self.PUBLISHED}: {self.HOW_TO_GET}."

    def brief(self) -> str:
        """Return which pictures and from where."""
        if self.path:
            return f"{self.name}, from {self.path}"
        if self.is_real:
            return f"{self.name}, to be downloaded once ({self.SIZE})"
        return self.name
