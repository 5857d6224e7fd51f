"""Painter of bicycles."""

from random import Random

from drawntown.drawing.canvas import Pen
from drawntown.drawing.colours import any_paint, shade, vary
from drawntown.drawing.solids import Solid

_RUBBER = (26, 26, 28)


def paint_bicycle(pen: Pen, chance: Random) -> None:
    """Draw a bicycle, about 1.7 m long, as it leans on its stand."""
    solid, colour = Solid(pen), any_paint(chance)
    radius, thick = chance.uniform(0.31, 0.36), chance.uniform(0.045, 0.075)
    tyre = chance.choice((_RUBBER, (60, 56, 52), (150, 140, 120)))
    rear, front = (-0.52, radius), (0.52, radius)
    for hub in (rear, front):
        solid.ring(hub, radius, tyre, thick)
        solid.rod(((hub[0] - radius, radius), (hub[0] + radius, radius)), tyre, 0.012)
        solid.rod(((hub[0], 0), (hub[0], 2 * radius)), tyre, 0.012)
    crank = (-0.08, 0.3)
    seat = (-0.2, 0.8)
    head = (0.36, chance.uniform(0.8, 0.88))
    for rod in ((rear, crank, head, seat, crank), (rear, seat), (head, front)):
        solid.rod(rod, colour, thick)
    solid.rod(((-0.34, 0.9), (-0.1, 0.9)), _RUBBER, 0.09)
    solid.rod((seat, (-0.22, 0.9)), (150, 150, 150), 0.04)
    solid.rod((head, (0.3, 1.0), (0.46, 1.02)), _RUBBER, 0.06)
    solid.disc(crank, 0.09, 0, shade(colour, 0.4))
    if chance.random() < 0.4:
        corners = (0.42, 0.68), (0.78, 0.68), (0.82, 0.95), (0.4, 0.95)
        solid.side(corners, 0, vary(chance, (150, 116, 70)))
