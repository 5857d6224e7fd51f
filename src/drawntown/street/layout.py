"""What a street consists of, from one side to the other, and which roads cross it."""

from dataclasses import dataclass
from random import Random

from drawntown.drawing.canvas import Point


@dataclass(frozen=True)
class Layout:
    """A street's cross-section, in metres from its middle: left, right of each.

    `kerbs`: the edges of the road; `walks`: where the pavement begins, past a verge;
    `walls`: where it ends. `parking`: the width of the parking strip within the road,
    0 for none. `lanes`: the middle of each lane and whether it leads towards us.
    `crossroads`: the (start, end) of the roads that cross, ahead.
    """

    kerbs: Point
    walks: Point
    walls: Point
    parking: Point
    lanes: tuple[tuple[float, bool], ...]
    crossroads: tuple[Point, ...]

    def crosses(self, start: float, end: float) -> bool:
        """Tell whether a crossing road lies anywhere between start and end."""
        return any(low < end and start < high for low, high in self.crossroads)


def any_layout(chance: Random) -> Layout:
    """Return a street's cross-section, from a lane to an avenue."""
    width = chance.uniform(2.9, 3.6)
    back, ahead = chance.choice(
        ((1, 1), (1, 1), (1, 1), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2))
    )
    parking = tuple(2.1 if chance.random() < 0.5 else 0.0 for _ in range(2))
    verges = tuple(chance.choice((0, 0, 0, 0, 1.5, 3.0)) for _ in range(2))
    pavements = tuple(chance.uniform(1.3, 4.5) for _ in range(2))
    left, right = -(back * width + parking[0]), ahead * width + parking[1]
    walks = left - verges[0], right + verges[1]
    lanes = [(-(k + 0.5) * width, True) for k in range(back)]
    lanes += [((k + 0.5) * width, False) for k in range(ahead)]
    return Layout(
        kerbs=(left, right),
        walks=walks,
        walls=(walks[0] - pavements[0], walks[1] + pavements[1]),
        parking=parking,
        lanes=tuple(lanes),
        crossroads=_crossroads(chance),
    )


def _crossroads(chance: Random) -> tuple[tuple[float, float], ...]:
    """Return where roads cross: nowhere, once or twice."""
    places: list[tuple[float, float]] = []
    ahead = chance.uniform(-2, 70)
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        places.append((ahead, ahead + chance.uniform(5.5, 12)))
        ahead += chance.uniform(30, 70)
    return tuple(places)
