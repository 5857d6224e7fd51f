"""What lines a street on both sides, plot after plot, up to the horizon."""

from collections.abc import Callable
from dataclasses import dataclass

from drawntown.buildings.gardens import add_tree, hedge, park, villa
from drawntown.buildings.terraces import hall, town_house
from drawntown.drawing.colours import any_wall, shade
from drawntown.street.plot import Plot
from drawntown.street.stage import Stage
from drawntown.things.barriers import fence, low_wall

_START, _END = -8.0, 170.0
_CORNER = 2.0  # metres that a plot keeps from a crossing road


@dataclass(frozen=True)
class _District:
    """How frequent it is, what is on its plots and how often, and their lengths."""

    weight: float
    plots: dict[Callable[[Plot], None], float]
    lengths: tuple[float, float]


_DISTRICTS = (
    _District(0.6, {town_house: 16, park: 0.6, low_wall: 0.4}, (5, 14)),
    _District(0.2, {villa: 8, town_house: 4, park: 1, hedge: 1}, (11, 17)),
    _District(0.14, {park: 6, low_wall: 1, fence: 1, hedge: 1, villa: 1}, (12, 30)),
    _District(0.06, {hall: 4, low_wall: 1, fence: 1, park: 1, town_house: 3}, (14, 30)),
)


def line_street(stage: Stage) -> None:
    """Add what stands on both sides of the street, up to the horizon."""
    chance = stage.chance
    weights = [district.weight for district in _DISTRICTS]
    left, other = chance.choices(_DISTRICTS, weights, k=2)
    _line_side(stage, -1, left)
    _line_side(stage, 1, left if chance.random() < 0.6 else other)


def _line_side(stage: Stage, side: int, district: _District) -> None:
    """Add a district's plots on one side, with a gap between two at times."""
    chance, ahead = stage.chance, _START
    painters, weights = tuple(district.plots), tuple(district.plots.values())
    while ahead < _END:
        end = ahead + chance.uniform(*district.lengths)
        for low, high in stage.layout.crossroads:
            if ahead < high + _CORNER and end > low - _CORNER:
                end = low - _CORNER
                break
        if end < ahead + 2:  # too narrow: go on behind the crossing road
            ahead = high + _CORNER
            continue
        (paint,) = chance.choices(painters, weights)
        paint(Plot(stage, side, ahead, end, stage.own_chance()))
        ahead = end + (chance.uniform(1, 5) if chance.random() < 0.15 else 0)


def line_trees(stage: Stage) -> None:
    """Add trees in a row along the kerb, in some streets."""
    chance, layout = stage.chance, stage.layout
    for kerb, sign in zip(layout.kerbs, (-1, 1), strict=True):
        if chance.random() > 0.38:
            continue
        ahead, step = chance.uniform(3, 20), chance.uniform(7, 16)
        while ahead < 120:
            if not layout.crosses(ahead - 3, ahead + 3) and chance.random() < 0.85:
                add_tree(stage, kerb + sign * 0.8, ahead, largest=1.8)
            ahead += step


def add_bridge(stage: Stage) -> None:
    """Add, over some streets, the bridge of another road or a railway."""
    chance = stage.chance
    if chance.random() > 0.07:
        return
    ahead, low = chance.uniform(25, 90), chance.uniform(4.6, 6.5)
    colour, high = any_wall(chance), low + chance.uniform(1.0, 2.2)
    stage.add_shadow(0, ahead + 4, 120, 8, low)

    def draw() -> None:
        pen = stage.across("bridge", 0, ahead, 0.85)
        for x in stage.layout.walls:
            pen.box(x - 1.2, 0, x + 1.2, low, shade(colour, 0.7))
        pen.box(-80, low, 80, high, colour)
        pen.box(-80, high - 0.25, 80, high, shade(colour, 0.75))
        pen.box(-80, high + 0.5, 80, high + 0.6, (100, 102, 104))

    stage.add(ahead, draw)
