"""What drives and what is parked: in its lane, at the kerb, on a crossing road."""

from collections.abc import Callable
from math import cos, pi, sin
from random import Random
from typing import NamedTuple

from drawntown.drawing.canvas import Pen
from drawntown.drawing.labels import LABEL
from drawntown.street.stage import Stage
from drawntown.traffic.bicycles import paint_bicycle
from drawntown.traffic.riders import paint_cyclist, paint_motorcycle, paint_motorcyclist
from drawntown.traffic.vehicles import paint_bus, paint_car, paint_truck

_NEAREST = 2.0  # metres; what would reach nearer to the camera is left out
_PARTS = {
    "ground": LABEL["road"],
    "bicycle": LABEL["bicycle"],
    "motorcycle": LABEL["motorcycle"],
}


class _Kind(NamedTuple):
    """Its class, its painter, its metres along, across and up, how frequent it is."""

    label: str
    paint: Callable[[Pen, Random], None]
    length: float
    width: float
    height: float
    weight: float


_CAR = _Kind("car", paint_car, 4.4, 1.8, 1.5, 80)
_TRUCK = _Kind("truck", paint_truck, 7.0, 2.4, 3.4, 9)
_DRIVING = (
    _CAR,
    _TRUCK,
    _Kind("bus", paint_bus, 9.5, 2.4, 3.1, 6),
    _Kind("rider", paint_cyclist, 1.8, 0.6, 1.7, 11),
    _Kind("rider", paint_motorcyclist, 2.0, 0.7, 1.6, 6),
)


def fill_road(stage: Stage) -> None:
    """Add all vehicles on the roads."""
    chance, layout = stage.chance, stage.layout
    for side in (0, 1):
        if layout.parking[side]:
            _park(stage, side)
    busy = chance.choice((0.3, 0.6, 1.0, 1.6))
    for aside, towards in layout.lanes:
        _drive(stage, aside, towards, busy * chance.uniform(0.5, 1.5))
    for start, end in layout.crossroads:
        for _ in range(chance.randrange(4)):
            _cross(stage, start, end)


def _any_kind(chance: Random) -> _Kind:
    """Return one of the kinds that drive, by how frequent they are."""
    (kind,) = chance.choices(_DRIVING, [kind.weight for kind in _DRIVING])
    return kind


def _add(stage: Stage, kind: _Kind, aside: float, ahead: float, heading: float) -> None:
    """Add a vehicle, and its shadow, unless it would reach the camera."""
    if ahead - kind.length / 2 < _NEAREST:
        return
    # Many cars are grey, and grey is what roads and houses are too.
    chance, fade = stage.own_chance(), stage.chance.choice((0.0, 0.5, 0.8, 0.95))
    along, across = abs(cos(heading)), abs(sin(heading))
    block = (
        kind.width * along + kind.length * across,
        kind.length * along + kind.width * across,
    )
    stage.add_shadow(aside, ahead, *block, kind.height * 0.8)

    def draw() -> None:
        pen = stage.stand(
            kind.label, aside, ahead, heading=heading, parts=_PARTS, fade=fade
        )
        kind.paint(pen, chance)

    stage.add(ahead, draw)


def _park(stage: Stage, side: int) -> None:
    """Add a row of parked cars along the left (0) or right (1) kerb."""
    chance, layout = stage.chance, stage.layout
    full, ahead = chance.uniform(0.15, 0.95), chance.uniform(3, 9)
    inwards = -1 if side else 1
    while ahead < 110:
        kind = _TRUCK if chance.random() < 0.05 else _CAR
        if chance.random() < full and not layout.crosses(ahead - 6, ahead + 6):
            gap = layout.parking[side] / 2 + chance.uniform(-0.05, 0.1)
            turned = pi * (chance.random() < (0.15 if side else 0.85))
            heading = turned + chance.uniform(-0.03, 0.03)
            _add(stage, kind, layout.kerbs[side] + inwards * gap, ahead, heading)
        ahead += kind.length + chance.uniform(0.8, 2.2)


def _drive(stage: Stage, aside: float, towards: bool, busy: float) -> None:
    """Add what drives in one lane; `busy` is about the vehicles per 14 m of gaps."""
    chance = stage.chance
    ahead = chance.uniform(3, 7) + chance.expovariate(busy / 12)
    while ahead < 150:
        kind = _any_kind(chance)
        ahead += kind.length / 2
        place = aside + chance.uniform(-0.35, 0.35)
        _add(stage, kind, place, ahead, pi * towards + chance.uniform(-0.04, 0.04))
        ahead += kind.length / 2 + 2.5 + chance.expovariate(busy / 14)


def _cross(stage: Stage, start: float, end: float) -> None:
    """Add what drives, waits or turns on a crossing road."""
    chance = stage.chance
    rightwards, aside = chance.random() < 0.5, chance.uniform(-22, 22)
    ahead = start + (end - start) * (0.28 if rightwards else 0.72)
    heading = pi / 2 if rightwards else -pi / 2
    if abs(aside) < 6:
        heading += chance.uniform(-0.5, 0.5)
    if ahead > 7:
        _add(stage, _any_kind(chance), aside, ahead, heading)


def park_cycles(stage: Stage) -> None:
    """Add bicycles and motorcycles that stand on the pavement, a few together."""
    chance, layout = stage.chance, stage.layout
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        side = chance.randrange(2)
        low, high = sorted((layout.walks[side], layout.walls[side]))
        aside, ahead = chance.uniform(low + 0.4, high - 0.3), chance.uniform(5, 30)
        label = "motorcycle" if chance.random() < 0.35 else "bicycle"
        heading = chance.uniform(0, 2 * pi)
        for k in range(chance.choice((1, 1, 2, 4))):
            _stand_cycle(stage, label, aside, ahead + 0.7 * k, heading)


def _stand_cycle(
    stage: Stage, label: str, aside: float, ahead: float, heading: float
) -> None:
    """Add one parked cycle."""
    chance = stage.own_chance()
    paint = paint_motorcycle if label == "motorcycle" else paint_bicycle

    def draw() -> None:
        paint(stage.stand(label, aside, ahead, heading=heading), chance)

    stage.add(ahead, draw)
