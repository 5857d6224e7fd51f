"""Painters of bare poles, of boards that tell the ways, and of what has no class."""

from random import Random

from drawntown.drawing.canvas import Pen
from drawntown.drawing.colours import any_metal, any_paint, shade

_BOARDS = ((32, 78, 160), (30, 96, 70), (232, 232, 226))
_DARK, _BRIGHT = (30, 30, 32), (236, 236, 232)


def paint_pole(pen: Pen, chance: Random) -> None:
    """Draw a bare pole, 2.5 to 8 m tall."""
    metal, half = any_metal(chance), chance.uniform(0.05, 0.12)
    height = chance.choice((2.5, 3.5, 6.0, 8.0))
    pen.box(-half, 0, half, height, metal)
    pen.box(0, 0, half, height, shade(metal, 0.72))


def paint_board(pen: Pen, chance: Random) -> None:
    """Draw a large board that tells the ways, on two poles."""
    pole, colour = pen.part("pole"), chance.choice(_BOARDS)
    half, low = chance.uniform(0.8, 1.6), chance.uniform(1.6, 2.6)
    high = low + chance.uniform(0.9, 1.8)
    for x in (-half * 0.6, half * 0.6):
        pole.box(x - 0.05, 0, x + 0.05, high, (120, 124, 126))
    pen.box(-half, low, half, high, shade(colour, 0.7))
    pen.box(-half + 0.06, low + 0.06, half - 0.06, high - 0.06, colour)
    ink, y = _DARK if sum(colour) > 500 else _BRIGHT, high - 0.3
    while y - 0.16 > low:
        pen.box(-half * 0.75, y - 0.16, half * chance.uniform(0, 0.7), y, ink)
        y -= 0.36


def paint_clutter(pen: Pen, chance: Random) -> None:
    """Draw something that no class names: a bin, a cabinet, a stall with a parasol."""
    colour, half = any_paint(chance), chance.uniform(0.2, 0.6)
    high = chance.uniform(0.7, 1.8)
    pen.box(-half, 0, half, high, colour)
    pen.box(half * 0.4, 0, half, high, shade(colour, 0.75))
    if chance.random() < 0.3:
        pen.box(-0.04, high, 0.04, 2.2, (90, 90, 90))
        pen.polygon(((-1.3, 2.1), (1.3, 2.1), (0, 2.7)), any_paint(chance))
    else:
        pen.box(-half * 1.05, high - 0.1, half * 1.05, high, shade(colour, 1.2))
