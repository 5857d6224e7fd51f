"""Painters of house fronts that stand near enough to see their windows' frames."""

from collections.abc import Callable
from random import Random

from drawntown.drawing.canvas import Pen
from drawntown.drawing.colours import Colour, any_paint, mix, shade, vary

_PANES = ((44, 52, 60), (58, 72, 86), (30, 34, 38), (110, 130, 146), (150, 168, 180))
_FRAMES = ((232, 230, 224), (232, 230, 224), (84, 66, 52), (60, 62, 64))
_LIT = (250, 216, 140)
Window = Callable[[Pen, float, float, float, float, Colour], None]


def _sash(pen: Pen, x: float, low: float, half: float, high: float, pane: Colour):
    """Draw a window with a bar across its middle, in a frame."""
    pen.box(x - half, low + high * 0.47, x + half, low + high * 0.53, (226, 224, 218))
    pen.box(x - half - 0.15, low - 0.16, x + half + 0.15, low, (200, 196, 188))


def _casement(pen: Pen, x: float, low: float, half: float, high: float, pane: Colour):
    """Draw a window of two wings."""
    pen.box(x - 0.05, low, x + 0.05, low + high, (226, 224, 218))


def _shutters(pen: Pen, x: float, low: float, half: float, high: float, pane: Colour):
    """Draw open shutters on both sides of a window."""
    for side in (-1, 1):
        near, far = x + side * half, x + side * half * 1.7
        pen.box(min(near, far), low, max(near, far), low + high, shade(pane, 0.8))


def _balcony(pen: Pen, x: float, low: float, half: float, high: float, pane: Colour):
    """Draw a railing before a window."""
    pen.box(x - half - 0.4, low - 0.3, x + half + 0.4, low + 0.65, (96, 96, 98))


def _plain(pen: Pen, x: float, low: float, half: float, high: float, pane: Colour):
    """Draw nothing more than the pane."""


def _storeys(
    pen: Pen, chance: Random, width: float, height: float, wall: Colour
) -> float:
    """Draw rows of windows; return the height of a storey."""
    storey = chance.uniform(2.8, 3.6)
    pitch = chance.uniform(1.6, 3.2)
    high, half = storey * chance.uniform(0.4, 0.62), pitch * chance.uniform(0.2, 0.36)
    pane, frame = chance.choice(_PANES), chance.choice(_FRAMES)
    extra: Window = chance.choice(
        (_sash, _casement, _shutters, _balcony, _plain, _plain)
    )
    columns = int((width - 0.6) / pitch)
    for level in range(1, int(height / storey)):
        low = level * storey + (storey - high) * 0.45
        for column in range(columns):
            x = (column + 0.5 - columns / 2) * pitch
            lit = chance.random() < 0.05
            glass = _LIT if lit else mix(pane, (176, 190, 200), chance.random() ** 3)
            pen.box(x - half - 0.1, low - 0.1, x + half + 0.1, low + high + 0.1, frame)
            pen.box(x - half, low, x + half, low + high, glass)
            extra(pen, x, low, half, high, glass)
    return storey


def _bands(
    pen: Pen, chance: Random, width: float, height: float, wall: Colour
) -> float:
    """Draw bands of glass, as offices have; return the height of a storey."""
    storey, pane = chance.uniform(3.2, 4.0), chance.choice(_PANES)
    half = width / 2
    for level in range(1, int(height / storey)):
        low = level * storey + 0.9
        pen.box(-half + 0.3, low, half - 0.3, low + storey * 0.55, pane)
    pitch = chance.uniform(1.0, 3.0)
    for k in range(1, int(width / pitch)):
        x = -half + k * pitch
        pen.box(x - 0.08, storey, x + 0.08, height, shade(wall, 0.9))
    return storey


def _shop(pen: Pen, chance: Random, width: float, storey: float) -> None:
    """Draw a shop: its window with goods, its name above, an awning at times."""
    half, name = width / 2, any_paint(chance)
    glass = chance.choice(_PANES)
    pen.box(-half + 0.2, 0.4, half - 0.2, storey - 0.7, glass)
    for _ in range(int(width)):
        x, low = chance.uniform(-half + 0.4, half - 0.9), chance.uniform(0.4, 1.3)
        goods = mix(any_paint(chance), glass, 0.5)
        pen.box(
            x, low, x + chance.uniform(0.3, 0.8), low + chance.uniform(0.3, 0.9), goods
        )
    for x in (-half * 0.33, half * 0.33):
        pen.box(x - 0.06, 0, x + 0.06, storey - 0.7, shade(name, 0.7))
    pen.box(-half + 0.1, storey - 0.75, half - 0.1, storey - 0.05, name)
    ink = shade(name, 1.9 if sum(name) < 300 else 0.35)
    pen.box(-half * 0.5, storey - 0.52, half * 0.4, storey - 0.28, ink)


def _entrance(pen: Pen, chance: Random, width: float, storey: float) -> None:
    """Draw a plinth, a door and the windows beside it."""
    half, pane = width / 2, chance.choice(_PANES)
    pen.box(-half, 0, half, 0.6, vary(chance, (116, 110, 104), 16))
    door = chance.uniform(-half * 0.6, half * 0.6)
    for k in range(int(width / 2.2)):
        x = -half + 1.3 + k * 2.2
        if abs(x - door) > 1.2 and x + 0.6 < half:
            pen.box(x - 0.65, 0.95, x + 0.65, 2.4, (214, 210, 202))
            pen.box(x - 0.55, 1.0, x + 0.55, 2.3, pane)
    pen.box(door - 0.65, 0, door + 0.65, 2.35, (206, 202, 194))
    pen.box(door - 0.5, 0, door + 0.5, 2.2, any_paint(chance))


def paint_front(
    pen: Pen, chance: Random, width: float, height: float, wall: Colour
) -> None:
    """Draw a town house's front: its storeys, and a shop or a door below."""
    half = width / 2
    pen.box(-half, 0, half, height, wall)
    rows = _bands if chance.random() < 0.2 else _storeys
    storey = rows(pen, chance, width, height, wall)
    pen.box(-half, height - 0.4, half, height, shade(wall, chance.choice((0.7, 1.15))))
    if chance.random() < 0.5:
        ledge = shade(wall, chance.choice((0.8, 1.2)))
        pen.box(-half, storey - 0.1, half, storey + 0.1, ledge)
    below = _shop if chance.random() < 0.45 else _entrance
    below(pen, chance, width, storey)
    if chance.random() < 0.5:
        pen.box(half - 0.2, 0, half - 0.06, height, shade(wall, 0.55))
