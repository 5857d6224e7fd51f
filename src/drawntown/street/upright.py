"""Things that stand upright and look the same from every side."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from drawntown.drawing.canvas import Pen
from drawntown.street.stage import Stage

_NEAREST = 2.2  # metres ahead; nothing is added nearer to the camera


class Upright(NamedTuple):
    """A kind of things: its class, its painter, and the metres that it is tall."""

    label: str
    paint: Callable[[Pen, Random], None]
    height: float


def add_upright(
    stage: Stage,
    kind: Upright,
    aside: float,
    ahead: float,
    *,
    enlarge: float = 1.0,
    fade: float = 0.0,
    seed: int | None = None,
) -> None:
    """Add a thing of a kind, or nothing where the camera stands.

    `enlarge`, `fade`: as in `Stage.stand`. The same seed gives the same thing again,
    None a new one.
    """
    if ahead < _NEAREST:
        return
    chance = stage.own_chance() if seed is None else Random(seed)

    def draw() -> None:
        pen = stage.stand(kind.label, aside, ahead, enlarge=enlarge, fade=fade)
        pen.pose.flip = chance.random() < 0.5
        pen.pose.lean = chance.uniform(-0.02, 0.02)
        kind.paint(pen, chance)

    stage.add_shadow(aside, ahead, 0.3, 0.3, kind.height * enlarge)
    stage.add(ahead, draw)


def any_distance(chance: Random, nearest: float, farthest: float) -> float:
    """Return how far ahead something stands, a little more often far than near."""
    return nearest + (farthest - nearest) * chance.random() ** 0.8
