"""One thing in a street: large enough to be the picture's subject, mostly visible."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin
from random import Random

from drawntown.buildings.houses import paint_house
from drawntown.drawing.canvas import Canvas, Pen, Pose
from drawntown.nature.plants import paint_bush, paint_tree
from drawntown.pictures.backdrop import paint_backdrop
from drawntown.things.furniture import (
    paint_bollard,
    paint_fence,
    paint_street_lamp,
    paint_traffic_light,
    paint_traffic_sign,
)
from drawntown.traffic.bicycles import paint_bicycle
from drawntown.traffic.people import paint_person
from drawntown.traffic.vehicles import paint_bus, paint_car, paint_truck

SUBJECT = 1  # the label of the thing that the picture shows; all else is 0
LEAST_VISIBLE = 0.75  # of the subject, after something was put in front of it
# Air between the street and the subject, which stands out from it: by day and dusk.
_AIRS = ((206, 212, 218), (150, 158, 168), (88, 92, 102), (226, 206, 180))


@dataclass(frozen=True)
class Thing:
    """A painter and the metres that its thing takes.

    `length` x `depth` on the ground, `height` up. `base`: the height above the ground
    from where on the thing is telling; below it there is only a pole. `most_yaw`: the
    widest turn, in degrees, at which it can still be told.
    """

    paint: Callable[[Pen, Random], None]
    length: float
    depth: float
    height: float
    base: float = 0.0
    most_yaw: float = 0.0


THINGS = {
    "car": Thing(paint_car, 4.3, 1.8, 1.5, most_yaw=65),
    "bus": Thing(paint_bus, 9.0, 2.4, 3.2, most_yaw=50),
    "truck": Thing(paint_truck, 6.8, 2.4, 3.6, most_yaw=42),
    "bicycle": Thing(paint_bicycle, 1.75, 0.3, 1.05, most_yaw=45),
    "person": Thing(paint_person, 0.8, 0.3, 1.8),
    "traffic light": Thing(paint_traffic_light, 0.8, 0.3, 3.5, base=2.0),
    "traffic sign": Thing(paint_traffic_sign, 0.9, 0.1, 3.0, base=1.7),
    "street lamp": Thing(paint_street_lamp, 2.0, 0.3, 5.6, base=3.6),
    "tree": Thing(paint_tree, 3.2, 3.0, 5.2),
    "house": Thing(paint_house, 6.6, 6.6, 6.6, most_yaw=65),
}


def _pose(canvas: Canvas, thing: Thing, chance: Random, size: float) -> Pose:
    """Return a place inside the canvas where the thing fills `size` (0 to 1) of it."""
    yaw = chance.uniform(-1, 1) * thing.most_yaw
    turned = radians(abs(yaw))
    width = thing.length * cos(turned) + thing.depth * sin(turned)
    base = thing.base * chance.uniform(0.6, 1.0)
    height = thing.height - base
    scale = size * min(canvas.width / width, canvas.height / height)
    free_x, free_y = canvas.width - width * scale, canvas.height - height * scale
    x = canvas.width / 2 + chance.uniform(-0.5, 0.5) * free_x
    bottom = canvas.height - chance.uniform(0.0, 1.0) * free_y
    lean, tilt = chance.uniform(-0.08, 0.08), chance.uniform(0.02, 0.22)
    flip = chance.random() < 0.5
    return Pose(x, bottom + base * scale, scale, flip, lean, yaw, tilt)


def _horizon(canvas: Canvas, thing: Thing, pose: Pose, chance: Random) -> float:
    """Return a horizon that lets the thing stand on the ground."""
    if thing.base:
        return canvas.height * chance.uniform(0.35, 1.0)
    risen = chance.uniform(0.1, 0.7) * thing.height * pose.scale
    return max(canvas.height * 0.15, pose.y - risen)


def _paint_crowd(canvas: Canvas, chance: Random, horizon: float, subject: Pose) -> None:
    """Draw a few things of any kind behind the subject, smaller the farther off."""
    for near in sorted(chance.uniform(0.08, 0.4) for _ in range(chance.randrange(3))):
        thing = chance.choice(tuple(THINGS.values()))
        largest = 0.45 * canvas.height / max(thing.length, thing.height)
        pose = Pose(
            x=chance.uniform(0, canvas.width),
            y=horizon + near * (subject.y - horizon),
            scale=min(near * subject.scale, largest),
            flip=chance.random() < 0.5,
            yaw=chance.uniform(-1, 1) * thing.most_yaw,
        )
        thing.paint(Pen(canvas, pose), chance)


def _paint_before(canvas: Canvas, chance: Random, subject: Pose) -> None:
    """Draw something nearer than the subject: a bush, a fence or a bollard.

    Nothing of the ten kinds: which of two would the picture show?
    """
    scale = subject.scale * chance.uniform(1.0, 1.6)
    foot = canvas.height + scale * chance.uniform(-0.1, 0.7)
    pen = Pen(canvas, Pose(chance.uniform(0, canvas.width), foot, scale))
    kind = chance.random()
    if kind < 0.4:
        paint_bush(pen, chance)
    elif kind < 0.65:
        paint_fence(pen, chance, 2 * canvas.width / scale)
    else:
        paint_bollard(pen, chance)


def paint_portrait(canvas: Canvas, name: str, chance: Random) -> float:
    """Draw the named thing in a street; return how much of it stays visible, 0 to 1.

    Its pixels carry the label `SUBJECT`. At least `LEAST_VISIBLE` of what lies within
    the picture stays uncovered.
    """
    thing = THINGS[name]
    pose = _pose(canvas, thing, chance, chance.uniform(0.78, 1.02))
    horizon = _horizon(canvas, thing, pose, chance)
    paint_backdrop(canvas, chance, horizon)
    _paint_crowd(canvas, chance, horizon, pose)
    canvas.veil(chance.choice(_AIRS), chance.uniform(0.22, 0.6))
    thing.paint(Pen(canvas, pose, SUBJECT), chance)
    whole = canvas.share(SUBJECT)
    if chance.random() < 0.6:
        return 1.0
    before = canvas.snapshot()
    _paint_before(canvas, chance, pose)
    visible = canvas.share(SUBJECT) / whole
    if visible >= LEAST_VISIBLE:
        return visible
    canvas.restore(before)
    return 1.0
