"""Painters of bicycles and motorcycles in traffic, with the people on them."""

from math import cos, pi, sin
from random import Random

from drawntown.drawing.canvas import Pen
from drawntown.drawing.colours import Colour, any_paint, shade, vary
from drawntown.drawing.solids import Solid
from drawntown.traffic.bicycles import paint_bicycle
from drawntown.traffic.people import HAIRS, SKINS

_CIRCLE = tuple((cos(k * pi / 5), sin(k * pi / 5)) for k in range(10))
_RUBBER, _STEEL = (26, 26, 28), (128, 130, 132)


def _leg(solid: Solid, side: float, foot: tuple[float, float], colour: Colour) -> None:
    """Draw a bent leg from the saddle to the pedal."""
    hip, knee = solid.flat(-0.18, 0.92, side), solid.flat(0.2, 0.72, side)
    solid.pen.stroke((hip, knee, solid.flat(*foot, side)), colour, 0.14)
    solid.pen.ellipse(solid.flat(foot[0] + 0.06, foot[1], side), (0.1, 0.05), _RUBBER)


def _trunk(solid: Solid, coat: Colour) -> None:
    """Draw the upper body, bent forward, and the arms to the handlebar."""
    hips = [solid.flat(-0.24, 0.86, z) for z in (-0.17, 0.17)]
    shoulders = [solid.flat(0.06, 1.42, z) for z in (0.21, -0.21)]
    solid.pen.polygon((*hips, *shoulders), coat)
    back = (-0.36, 0.9), (-0.12, 1.44), (0.14, 1.36), (-0.1, 0.86)
    solid.pen.polygon([solid.flat(x, y, 0) for x, y in back], shade(coat, 0.92))
    for z in (0.22, -0.22):
        arm = (0.02, 1.36), (0.2, 1.12), (0.4, 1.04)
        joints = [solid.flat(x, y, z) for x, y in arm]
        solid.pen.stroke(joints, shade(coat, 0.82), 0.1)


def _paint_rider(pen: Pen, chance: Random, helmet: bool) -> None:
    """Draw a person who sits on a bicycle or a motorcycle."""
    solid, trousers = Solid(pen), any_paint(chance)
    _leg(solid, 0.12, (0.0, 0.16), shade(trousers, 0.75))
    _trunk(solid, any_paint(chance))
    _leg(solid, -0.12, (-0.12, 0.34), trousers)
    head = solid.flat(0.12, 1.6, 0)
    pen.ellipse(head, (0.11, 0.14), vary(chance, chance.choice(SKINS), 10))
    cap = any_paint(chance) if helmet else chance.choice(HAIRS)
    pen.ellipse((head[0], head[1] + 0.06), (0.13, 0.11), cap)


def paint_cyclist(pen: Pen, chance: Random) -> None:
    """Draw a bicycle (the pen's part of that name) and its rider."""
    paint_bicycle(pen.part("bicycle"), chance)
    _paint_rider(pen, chance, helmet=chance.random() < 0.5)


def paint_motorcycle(pen: Pen, chance: Random) -> None:
    """Draw a motorcycle or a scooter, about 2 m long."""
    solid, colour = Solid(pen), any_paint(chance)
    for hub in ((-0.65, 0.3), (0.65, 0.3)):
        for z in (-0.06, 0.0, 0.06):
            _wheel(solid, hub, z)
    body = (-0.75, 0.55), (-0.2, 0.42), (0.3, 0.38), (0.55, 0.72), (0.3, 0.9)
    solid.prism((*body, (-0.1, 0.72), (-0.8, 0.78)), chance.uniform(0.26, 0.4), colour)
    solid.prism(((-0.7, 0.76), (-0.1, 0.72), (-0.1, 0.84), (-0.7, 0.86)), 0.3, _RUBBER)
    solid.rod(((0.65, 0.3), (0.38, 1.0)), _STEEL, 0.07)
    grips = [solid.flat(0.36, 1.0, z) for z in (-0.35, 0.35)]
    pen.stroke(grips, _RUBBER, 0.06)
    lamp = solid.flat(0.5, 0.86, 0)
    pen.ellipse(lamp, (0.09, 0.09), (230, 226, 200))


def _wheel(solid: Solid, hub: tuple[float, float], z: float) -> None:
    """Draw a wheel as its tyre's outline around a steel disc."""
    angles = [solid.flat(hub[0] + 0.3 * a, hub[1] + 0.3 * b, z) for a, b in _CIRCLE]
    solid.pen.polygon(angles, _RUBBER)
    inner = [solid.flat(hub[0] + 0.17 * a, hub[1] + 0.17 * b, z) for a, b in _CIRCLE]
    solid.pen.polygon(inner, _STEEL)


def paint_motorcyclist(pen: Pen, chance: Random) -> None:
    """Draw a motorcycle (the pen's part of that name) and its rider."""
    paint_motorcycle(pen.part("motorcycle"), chance)
    _paint_rider(pen, chance, helmet=True)
