"""Painters of what the city puts on its pavements: lights, signs, lamps, fences."""

from dataclasses import replace
from math import cos, pi, sin
from random import Random

from drawntown.drawing.canvas import Pen, Point
from drawntown.drawing.colours import Colour, any_metal, any_paint, shade, vary

_WHITE = (238, 238, 234)
_RED = (196, 32, 34)
_BLUE = (36, 84, 168)
_BLACK = (28, 28, 30)


def _pole(pen: Pen, height: float, colour: Colour, width: float) -> None:
    """Draw an upright pole with its bright and its dark side."""
    half = width / 2
    pen.box(-half, 0, half, height, colour)
    pen.box(0, 0, half, height, shade(colour, 0.72))


def _signal_head(pen: Pen, chance: Random, x: float, bottom: float) -> None:
    """Draw the box with three lamps, of which one is lit."""
    housing = chance.choice((_BLACK, (44, 58, 50), (196, 156, 36), (70, 72, 74)))
    half, high = chance.uniform(0.17, 0.21), 1.05
    if chance.random() < 0.4:
        board = chance.choice((_BLACK, _BLACK, (120, 122, 122)))
        rim = chance.choice((_WHITE, board))
        edge = half + 0.16
        pen.box(x - edge, bottom - 0.16, x + edge, bottom + high + 0.16, rim)
        edge -= 0.045
        pen.box(x - edge, bottom - 0.12, x + edge, bottom + high + 0.12, board)
    pen.box(x - half, bottom, x + half, bottom + high, housing)
    pen.box(x + half * 0.75, bottom, x + half, bottom + high, shade(housing, 0.6))
    lit = chance.randrange(3)
    for place, colour in enumerate(((60, 226, 130), (255, 190, 44), (255, 56, 40))):
        centre = (x, bottom + 0.19 + 0.335 * place)
        # The visor over a lamp shows as a dark ring around it.
        pen.ellipse(centre, (0.15, 0.15), shade(housing, 0.55))
        pen.ellipse(
            centre, (0.125, 0.125), colour if place == lit else shade(colour, 0.24)
        )
        if place == lit:
            pen.glow(centre, 0.5, colour)


def paint_traffic_light(pen: Pen, chance: Random) -> None:
    """Draw a traffic light, 3.4 m tall, on its pole or hung from an arm."""
    metal, pole = any_metal(chance), pen.part("pole")
    if chance.random() < 0.35:
        reach = chance.uniform(0.5, 0.9)
        pole.box(reach - 0.06, 0, reach + 0.08, 3.6, shade(metal, 0.85))
        pole.stroke(((reach, 3.1), (0, 3.1)), metal, 0.09)
        pole.stroke(((reach, 2.6), (0, 2.6)), metal, 0.06)
    else:
        _pole(pole, 2.5, metal, 0.13)
    _signal_head(pen, chance, 0.0, 2.3)
    if chance.random() < 0.2:
        pen.box(-0.16, 1.5, 0.16, 2.05, _BLACK)
        pen.ellipse((0, 1.9), (0.1, 0.1), (255, 60, 44))


def _regular(centre: Point, radius: float, corners: int, turn: float) -> list[Point]:
    """Return the corners of a regular polygon, the first one at angle `turn`."""
    angles = [turn + 2 * pi * k / corners for k in range(corners)]
    return [(centre[0] + radius * cos(a), centre[1] + radius * sin(a)) for a in angles]


def _round_sign(pen: Pen, chance: Random, centre: Point) -> None:
    """Draw a prohibition (red ring, a bar or a number) or a command (blue)."""
    x, y = centre
    rim, face = chance.choice(
        ((_RED, _WHITE), (_RED, _RED), (_WHITE, _BLUE), (_RED, _BLUE))
    )
    pen.ellipse(centre, (0.4, 0.4), rim)
    pen.ellipse(centre, (0.3, 0.3), face)
    if face == _WHITE:
        pen.box(x - 0.17, y - 0.13, x - 0.03, y + 0.15, _BLACK)
        pen.box(x + 0.03, y - 0.13, x + 0.17, y + 0.15, _BLACK)
        pen.box(x + 0.08, y - 0.06, x + 0.12, y + 0.08, face)
    elif rim == face:
        pen.box(x - 0.27, y - 0.07, x + 0.27, y + 0.07, _WHITE)
    elif rim == _WHITE:
        pen.polygon(((x - 0.18, y), (x + 0.06, y + 0.2), (x + 0.06, y - 0.2)), _WHITE)
        pen.box(x + 0.02, y - 0.06, x + 0.22, y + 0.06, _WHITE)
    else:
        pen.stroke(((x - 0.22, y + 0.22), (x + 0.22, y - 0.22)), _RED, 0.1)


def _warning_sign(pen: Pen, chance: Random, centre: Point) -> None:
    """Draw a triangle: a warning (point up) or a give way (point down)."""
    x, y = centre
    up = chance.random() < 0.65
    turn = pi / 2 if up else -pi / 2
    face = chance.choice((_WHITE, _WHITE, (236, 206, 70)))
    pen.polygon(_regular(centre, 0.48, 3, turn), _RED)
    pen.polygon(_regular(centre, 0.29, 3, turn), face)
    if up:
        pen.box(x - 0.035, y - 0.05, x + 0.035, y + 0.17, _BLACK)
        pen.box(x - 0.035, y - 0.13, x + 0.035, y - 0.08, _BLACK)


def _stop_sign(pen: Pen, chance: Random, centre: Point) -> None:
    """Draw an octagon with the four letters as blocks."""
    x, y = centre
    pen.polygon(_regular(centre, 0.44, 8, pi / 8), _WHITE)
    pen.polygon(_regular(centre, 0.4, 8, pi / 8), vary(chance, _RED, 10))
    for left in (-0.27, -0.13, 0.01, 0.15):
        pen.box(x + left, y - 0.1, x + left + 0.1, y + 0.1, _WHITE)


def _square_sign(pen: Pen, chance: Random, centre: Point) -> None:
    """Draw a blue parking or crossing sign, or a yellow diamond."""
    x, y = centre
    if chance.random() < 0.35:
        pen.polygon(_regular(centre, 0.5, 4, pi / 2), _WHITE)
        pen.polygon(_regular(centre, 0.34, 4, pi / 2), (240, 190, 40))
        return
    pen.box(x - 0.36, y - 0.36, x + 0.36, y + 0.36, _WHITE)
    pen.box(x - 0.32, y - 0.32, x + 0.32, y + 0.32, _BLUE)
    if chance.random() < 0.5:
        pen.box(x - 0.14, y - 0.22, x - 0.04, y + 0.22, _WHITE)
        pen.ellipse((x + 0.02, y + 0.1), (0.14, 0.13), _WHITE)
        pen.ellipse((x + 0.02, y + 0.1), (0.05, 0.05), _BLUE)
    else:
        pen.polygon(((x - 0.24, y - 0.2), (x, y + 0.24), (x + 0.24, y - 0.2)), _WHITE)


def paint_traffic_sign(pen: Pen, chance: Random) -> None:
    """Draw a traffic sign on its pole, 2.9 m tall."""
    # A sign's letters are never mirrored.
    pen = replace(pen, pose=replace(pen.pose, flip=False))
    _pole(pen.part("pole"), 2.9, any_metal(chance), 0.09)
    centre = (0.0, 2.5)
    shape = chance.choice(
        (_round_sign, _round_sign, _warning_sign, _stop_sign, _square_sign)
    )
    shape(pen, chance, centre)
    if chance.random() < 0.25:
        pen.box(-0.3, 1.75, 0.3, 2.0, _WHITE)
        pen.box(-0.22, 1.84, 0.2, 1.9, _BLACK)


def _arm_lamp(pen: Pen, chance: Random, metal: Colour, light: Colour) -> None:
    """Draw one or two arms that reach over the road, a flat lamp at each end."""
    reach = chance.uniform(0.9, 1.5)
    rise = chance.uniform(0.1, 0.6)
    sides = (-1, 1) if chance.random() < 0.3 else (1,)
    for side in sides:
        bend = (side * reach * 0.3, 5.0 + rise * 0.8)
        end = (side * reach, 5.0 + rise)
        pen.stroke(((0, 4.5), bend, end), metal, 0.12)
        left, right = sorted((end[0] - side * 0.1, end[0] + side * 0.65))
        pen.box(left, end[1] - 0.06, right, end[1] + 0.14, shade(metal, 0.8))
        pen.box(left + 0.05, end[1] - 0.13, right - 0.05, end[1] - 0.04, light)
        pen.glow((end[0] + side * 0.3, end[1] - 0.1), 0.7, light)


def _lantern(pen: Pen, chance: Random, metal: Colour, light: Colour) -> None:
    """Draw an old town's lantern: glass that widens upwards, under a little roof."""
    pen.polygon(((-0.17, 4.5), (0.17, 4.5), (0.32, 5.2), (-0.32, 5.2)), metal)
    pen.polygon(((-0.12, 4.55), (0.12, 4.55), (0.25, 5.14), (-0.25, 5.14)), light)
    pen.polygon(((-0.4, 5.2), (0.4, 5.2), (0.1, 5.5), (-0.1, 5.5)), shade(metal, 0.7))
    pen.box(-0.04, 5.45, 0.04, 5.65, metal)
    pen.box(-0.3, 4.3, 0.3, 4.36, metal)
    pen.glow((0, 4.9), 0.8, light)


def _globes(pen: Pen, chance: Random, metal: Colour, light: Colour) -> None:
    """Draw one globe, or a crossbar with two or three of them."""
    places = chance.choice(((0.0,), (-0.55, 0.55), (-0.6, 0.0, 0.6)))
    if len(places) > 1:
        pen.stroke(((-0.6, 4.55), (0.6, 4.55)), metal, 0.1)
    for x in places:
        top = 4.85 if x else 5.05
        pen.stroke(((x, 4.5), (x, top)), metal, 0.1)
        pen.ellipse((x, top + 0.1), (0.31, 0.31), light)
        pen.ellipse((x, top - 0.17), (0.14, 0.08), metal)
        pen.glow((x, top), 0.7, light)


def paint_street_lamp(pen: Pen, chance: Random) -> None:
    """Draw a street lamp, 5.5 m tall: arms over the road, a lantern, or globes."""
    metal = any_metal(chance)
    light = vary(
        chance, chance.choice(((252, 236, 190), (244, 244, 236), (255, 206, 130)))
    )
    _pole(pen, 4.6, metal, chance.uniform(0.13, 0.2))
    pen.box(-0.2, 0, 0.2, 0.7, shade(metal, 0.85))
    head = chance.choice((_arm_lamp, _lantern, _globes))
    head(pen, chance, metal, light)


def paint_fence(pen: Pen, chance: Random, length: float) -> None:
    """Draw a fence of the given length in metres: rails and posts, 1 m tall."""
    colour = any_metal(chance)
    pitch = chance.choice((0.25, 0.5, 1.2))
    height = chance.uniform(0.7, 1.1)
    for y in (height * 0.35, height * 0.92):
        pen.stroke(((-length / 2, y), (length / 2, y)), colour, 0.06)
    for k in range(int(length / pitch) + 1):
        x = -length / 2 + k * pitch
        pen.box(x - 0.03, 0, x + 0.03, height, shade(colour, 0.85))


def paint_bollard(pen: Pen, chance: Random) -> None:
    """Draw a bollard or a waste bin, 1 m tall."""
    colour, half = any_paint(chance), chance.uniform(0.08, 0.3)
    pen.box(-half, 0, half, 0.95, colour)
    pen.box(half * 0.3, 0, half, 0.95, shade(colour, 0.75))
    pen.box(-half, 0.72, half, 0.84, shade(colour, 1.5))
