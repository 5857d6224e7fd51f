"""Painter of large trees: a trunk that branches, in leaf or bare."""

from math import cos, pi, sin
from random import Random

from drawntown.drawing.canvas import Pen, Point
from drawntown.drawing.colours import Colour, any_leaf, shade, vary

_LEAST = 0.35  # pixels; a branch thinner than this is not drawn


def _branch(
    pen: Pen,
    chance: Random,
    foot: Point,
    angle: float,
    long: float,
    thick: float,
    bark: Colour,
    tips: list[Point],
) -> None:
    """Draw a branch and those that grow from it; note where they end."""
    tip = foot[0] + long * cos(angle), foot[1] + long * sin(angle)
    pen.stroke((foot, tip), bark, thick)
    tips.append(tip)
    if long < 0.5 or thick * pen.pose.scale < _LEAST / 4:
        return
    for turn in (-1, 1, chance.choice((-0.3, 0.3))):
        bend = angle + turn * chance.uniform(0.25, 0.6)
        grown = long * chance.uniform(0.6, 0.82)
        _branch(pen, chance, tip, bend, grown, thick * 0.55, bark, tips)


def _leaves(pen: Pen, chance: Random, tips: list[Point], leaf: Colour) -> None:
    """Draw clumps of leaves around the ends of the branches, the lit ones last."""
    top, low = max(y for _, y in tips), min(y for _, y in tips)
    clumps = []
    many = 5 if pen.pose.scale > 14 else 2
    for x, y in tips:
        for _ in range(many):
            place = x + chance.gauss(0, 0.3), y + chance.gauss(0, 0.3)
            lit = (place[1] - low) / (top - low) - 0.15 * place[0]
            clumps.append((lit + chance.uniform(-0.25, 0.25), place))
    for lit, place in sorted(clumps):
        size = chance.uniform(0.5, 1.3) / (many + 1)
        pen.ellipse(
            place, (size, size * 0.85), shade(leaf, 0.55 + 0.55 * max(0, min(1, lit)))
        )


def paint_great_tree(pen: Pen, chance: Random, bare: bool) -> None:
    """Draw a tree, about 5.5 m tall, with leaves, or with twigs alone in winter."""
    bark = vary(chance, chance.choice(((84, 70, 58), (70, 66, 62), (104, 98, 88))), 14)
    trunk, thick = chance.uniform(1.3, 2.0), chance.uniform(0.14, 0.26)
    pen.polygon(
        ((-thick, 0), (thick, 0), (thick * 0.6, trunk), (-thick * 0.6, trunk)), bark
    )
    pen.polygon(
        ((0, 0), (thick, 0), (thick * 0.6, trunk), (0, trunk)), shade(bark, 0.75)
    )
    tips: list[Point] = []
    for turn in (-0.55, 0.0, 0.55):
        angle = pi / 2 + turn + chance.uniform(-0.2, 0.2)
        long = chance.uniform(1.0, 1.4)
        _branch(pen, chance, (0, trunk * 0.95), angle, long, thick, bark, tips)
    if not bare:
        _leaves(pen, chance, tips, any_leaf(chance))
