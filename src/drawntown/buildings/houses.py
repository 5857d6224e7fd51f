"""Painters of houses and of the facades that line a street."""

from random import Random

from drawntown.drawing.canvas import Pen, Point, rectangle
from drawntown.drawing.colours import Colour, any_paint, any_wall, shade, vary
from drawntown.drawing.solids import Solid

_ROOFS = ((150, 70, 52), (96, 56, 46), (74, 76, 82), (112, 100, 88), (60, 80, 74))
_PANE, _LIT = (58, 72, 86), (252, 214, 130)


def _pane(chance: Random) -> Colour:
    """Return the colour of a window: dark, mirroring the sky, or lit from inside."""
    if chance.random() < 0.12:
        return _LIT
    return vary(chance, chance.choice((_PANE, _PANE, (128, 152, 170))), 14)


def _square(x: float, bottom: float, half: float, height: float) -> tuple[Point, ...]:
    """Return the corners of an upright rectangle centred on x."""
    return rectangle(x - half, bottom, x + half, bottom + height)


def _gable_openings(
    solid: Solid, chance: Random, half: float, depth: float, storeys: int
) -> None:
    """Draw the windows and the door of the wall under the gable."""
    z, frame = -depth / 2 - 0.02, chance.choice(((236, 234, 228), (86, 64, 50)))
    door = chance.choice((-1, 1, None))
    for storey in range(storeys):
        for side in (-1, 1):
            x, low = side * half * 0.48, 0.95 + 2.5 * storey
            if storey == 0 and side == door:
                solid.side(_square(x, 0, 0.6, 2.2), z, any_paint(chance))
                continue
            solid.side(_square(x, low - 0.1, 0.7, 1.5), z, frame)
            solid.side(_square(x, low, 0.55, 1.3), z - 0.01, _pane(chance))
    loft = 0.6 + 2.5 * storeys
    solid.side(_square(0, loft, 0.42, 0.9), z, _pane(chance))


def _wall_openings(
    solid: Solid, chance: Random, half: float, depth: float, storeys: int
) -> None:
    """Draw the windows of the long wall, on whichever end is seen."""
    for storey in range(storeys):
        low = 0.95 + 2.5 * storey
        for place in (-0.32, 0.0, 0.32):
            near, far = depth * place - 0.5, depth * place + 0.5
            pane = shade(_pane(chance), 0.9)
            solid.panel((half, low), (half, low + 1.3), near, far, pane)
            solid.panel((-half, low + 1.3), (-half, low), near, far, pane)


def paint_house(pen: Pen, chance: Random) -> None:
    """Draw a detached house with a pitched roof, about 8 m wide and 6 m tall."""
    solid, wall = Solid(pen), any_wall(chance)
    roof = vary(chance, chance.choice(_ROOFS), 20)
    half = chance.uniform(2.6, 3.4)
    depth = chance.uniform(6, 8)
    storeys = 1
    if chance.random() < 0.45:
        storeys = 2
    eaves = 0.3 + 2.5 * storeys
    ridge = eaves + half * chance.uniform(0.6, 1.1)
    gable = (-half, 0), (half, 0), (half, eaves), (0, ridge), (-half, eaves)
    solid.prism(gable, depth, wall)
    _wall_openings(solid, chance, half, depth, storeys)
    _gable_openings(solid, chance, half, depth, storeys)
    # The roof stands out over the walls; its edge is seen even from straight ahead.
    over = 0.35
    front = -depth / 2 - 0.3
    back = depth / 2 + 0.3
    slope = (ridge - eaves) / half
    low = eaves - over * slope
    right, left, top = (half + over, low), (-half - over, low), (0.0, ridge)
    solid.panel(right, top, front, back, roof)
    solid.panel(top, left, front, back, shade(roof, 0.85))
    edge = [solid.flat(x, y + 0.1, front) for x, y in (left, top, right)]
    pen.stroke(edge, shade(roof, 0.7), 0.34)
    if chance.random() < 0.6:
        base = solid.flat(half * 0.45, ridge - 0.45 * half * slope, 0)
        stack = shade(roof, 0.6)
        pen.box(base[0] - 0.3, base[1] - 0.3, base[0] + 0.3, base[1] + 1.3, stack)


def paint_facade(
    pen: Pen, chance: Random, width: float, height: float, wall: Colour | None = None
) -> None:
    """Draw the front of a town house: storeys of windows, perhaps a shop below.

    `wall` is the colour of its wall, None for any.
    """
    wall = wall or any_wall(chance)
    pen.box(-width / 2, 0, width / 2, height, wall)
    pen.box(-width / 2, height - 0.35, width / 2, height, shade(wall, 0.75))
    pitch, storey = chance.uniform(1.5, 2.6), chance.uniform(2.6, 3.4)
    high, half = chance.uniform(1.1, 1.9), pitch * chance.uniform(0.22, 0.38)
    columns, pane = int(width / pitch), _pane(chance)
    for level in range(1, int(height / storey)):
        for column in range(columns):
            x = (column + 0.5 - columns / 2) * pitch
            glass = _LIT if chance.random() < 0.08 else pane
            bottom = level * storey + 0.5
            pen.box(x - half, bottom, x + half, bottom + high, glass)
            pen.box(x - half, bottom - 0.15, x + half, bottom, shade(wall, 1.2))
    _ground_floor(pen, chance, width, storey)


def _ground_floor(pen: Pen, chance: Random, width: float, storey: float) -> None:
    """Draw shop windows under an awning, or a plain plinth with a door."""
    if chance.random() < 0.5:
        pen.box(-width / 2 + 0.3, 0.4, width / 2 - 0.3, storey - 0.7, _pane(chance))
        awning = any_paint(chance)
        pen.box(-width / 2 + 0.2, storey - 0.8, width / 2 - 0.2, storey - 0.2, awning)
    else:
        pen.box(-width / 2, 0, width / 2, 0.6, (120, 114, 108))
        door = chance.uniform(-width / 3, width / 3)
        pen.box(door - 0.6, 0, door + 0.6, 2.3, any_paint(chance))
