"""Painters of trees and bushes."""

from math import cos, pi, sin
from random import Random

from drawntown.drawing.canvas import Pen, Point
from drawntown.drawing.colours import Colour, any_leaf, shade, vary


def _foliage(
    pen: Pen, chance: Random, centre: Point, radii: Point, colour: Colour, clumps: int
) -> None:
    """Draw an oval of leaf clumps: dark ones first, then lit ones towards the top."""
    x, y = centre
    wide, high = radii
    for k in range(clumps):
        rising = k / clumps
        angle, away = chance.uniform(0, 2 * pi), chance.uniform(0.3, 0.8)
        place = (
            x + wide * away * cos(angle) - 0.12 * wide * rising,
            y + high * away * sin(angle) * (1 - rising / 2) + 0.22 * high * rising,
        )
        size = chance.uniform(0.3, 0.5) * (1 - 0.6 * rising)
        pen.ellipse(
            place, (wide * size, high * size), shade(colour, 0.62 + 0.6 * rising)
        )


def _broad_crown(pen: Pen, chance: Random, leaf: Colour) -> None:
    """Draw the round crown of a lime or a plane tree."""
    wide, high = chance.uniform(1.3, 1.9), chance.uniform(1.2, 1.7)
    middle = (0.0, 5.2 - high)
    pen.ellipse(middle, (wide * 0.72, high * 0.76), shade(leaf, 0.62))
    _foliage(pen, chance, middle, (wide, high), leaf, 26)


def _conifer_crown(pen: Pen, chance: Random, leaf: Colour) -> None:
    """Draw the tiers of a fir."""
    leaf = shade(leaf, 0.8)
    tiers, foot = chance.randint(4, 6), chance.uniform(0.7, 1.2)
    rise = (5.2 - foot) / (tiers + 0.6)
    for k in range(tiers):
        half = chance.uniform(1.2, 1.5) * (1 - k / (tiers + 0.5))
        low = foot + k * rise
        top = (0.0, low + 1.8 * rise)
        pen.polygon(((-half, low), (half, low), top), shade(leaf, 0.7 + 0.1 * k))
        pen.polygon(((0.1 * half, low), (half, low), top), shade(leaf, 0.55 + 0.1 * k))


def _poplar_crown(pen: Pen, chance: Random, leaf: Colour) -> None:
    """Draw the narrow upright crown of a poplar or a cypress."""
    wide = chance.uniform(0.55, 0.85)
    pen.ellipse((0, 3.0), (wide * 0.8, 2.1), shade(leaf, 0.6))
    _foliage(pen, chance, (0.0, 3.0), (wide, 2.3), leaf, 22)


def paint_tree(pen: Pen, chance: Random) -> None:
    """Draw a tree, 5.2 m tall: broad, conifer or poplar, green or autumnal."""
    bark = vary(chance, (92, 72, 54), 20)
    thick = chance.uniform(0.12, 0.22)
    foot = ((-thick * 1.4, 0), (thick * 1.4, 0))
    pen.polygon((*foot, (thick * 0.7, 3.2), (-thick * 0.7, 3.2)), bark)
    pen.polygon(((0, 0), foot[1], (thick * 0.7, 3.2), (0, 3.2)), shade(bark, 0.7))
    for side in (-1, 1):
        pen.stroke(((0, 1.9), (side * 0.7, 3.2)), shade(bark, 0.85), thick * 0.6)
    crowns = (_broad_crown, _broad_crown, _conifer_crown, _poplar_crown)
    chance.choice(crowns)(pen, chance, any_leaf(chance))


def paint_bush(pen: Pen, chance: Random) -> None:
    """Draw a bush, about 1 m tall."""
    wide, high = chance.uniform(0.6, 1.4), chance.uniform(0.4, 0.6)
    leaf = any_leaf(chance)
    pen.ellipse((0, high * 0.8), (wide * 0.8, high * 0.8), shade(leaf, 0.6))
    _foliage(pen, chance, (0.0, high), (wide, high), leaf, 14)
