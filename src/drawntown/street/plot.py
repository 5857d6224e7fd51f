"""A piece of ground beside a street, for what is built or planted there."""

from dataclasses import dataclass
from random import Random

from drawntown.drawing.canvas import Pen, Point
from drawntown.street.stage import Stage


@dataclass(frozen=True)
class Plot:
    """The ground from `start` to `end` ahead, left (`side` -1) or right (1) of it all.

    `chance` decides on what stands there, and on nothing else.
    """

    stage: Stage
    side: int
    start: float
    end: float
    chance: Random

    @property
    def middle(self) -> float:
        """Return how far ahead its middle is."""
        return (self.start + self.end) / 2

    @property
    def half(self) -> float:
        """Return half its length along the street."""
        return (self.end - self.start) / 2

    def back(self, deep: float) -> float:
        """Return what lies so many metres behind the pavement, aside of the street."""
        return self.stage.layout.walls[self.side > 0] + self.side * deep

    def anywhere(self, nearest: float, deepest: float) -> Point:
        """Return a place on it, so far behind the pavement: (aside, ahead)."""
        deep = self.chance.uniform(nearest, deepest)
        return self.back(deep), self.chance.uniform(self.start, self.end)

    def front(self, label: str, deep: float = 0.0) -> Pen:
        """Return the pen for what faces the street: x is ahead of its middle."""
        light = self.stage.weather.lit[self.side > 0]
        return self.stage.upright(label, self.back(deep), self.middle, light)

    def flank(self, label: str, deep: float) -> Pen:
        """Return the pen for what faces the camera: x is right of `deep`."""
        return self.stage.across(label, self.back(deep), self.start, light=0.82)

    def shadow(self, near: float, deep: float, height: float) -> None:
        """Have the sun cast the shadow of a block all along the plot."""
        aside, width = self.back((near + deep) / 2), deep - near
        self.stage.add_shadow(aside, self.middle, width, 2 * self.half, height)
