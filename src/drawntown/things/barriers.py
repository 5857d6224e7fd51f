"""Walls, fences and guard rails along a street."""

from collections.abc import Callable
from functools import partial
from random import Random

from drawntown.drawing.canvas import Pen
from drawntown.drawing.colours import Colour, any_metal, any_wall, shade, vary
from drawntown.street.plot import Plot
from drawntown.street.stage import Stage
from drawntown.things.furniture import paint_fence

_FIELD = 2.4  # metres from post to post


def low_wall(plot: Plot) -> None:
    """Add a wall, 0.9 to 3 m tall, in courses."""
    chance, half = plot.chance, plot.half
    height, colour = chance.uniform(0.9, 3.0), any_wall(chance)
    course, cope = chance.choice((0.25, 0.5, 1.0)), chance.choice((0.7, 1.2))
    seam = shade(colour, chance.uniform(0.8, 1.1))
    plot.shadow(0, 0.4, height)

    def draw() -> None:
        plot.flank("wall", 0.2).box(-0.2, 0, 0.2, height, colour)
        pen = plot.front("wall")
        pen.box(-half, 0, half, height, colour)
        for k in range(1, int(height / course) + 1):
            pen.box(-half, k * course - 0.03, half, k * course, seam)
        pen.box(-half, height - 0.12, half, height, shade(colour, cope))

    plot.stage.add(plot.end, draw)


def fence(plot: Plot) -> None:
    """Add a fence where the pavement ends."""
    fence_along(plot.stage, plot.chance, plot.back(0), plot.start, plot.end)


def fence_along(
    stage: Stage, chance: Random, aside: float, start: float, end: float
) -> None:
    """Add a fence of rails, or of boards that hide what is behind."""
    paint = chance.choice((_rails, _boards))(chance)
    for k in range(int((end - start) / _FIELD)):
        ahead = start + (k + 0.5) * _FIELD
        _add_field(stage, "fence", paint, aside, ahead)


def _add_field(
    stage: Stage, label: str, paint: Callable[[Pen], None], aside: float, ahead: float
) -> None:
    """Add one field of a fence: each its own, since people may stand between two."""
    if stage.layout.crosses(ahead - _FIELD / 2, ahead + _FIELD / 2):
        return
    stage.add(ahead - _FIELD / 2, lambda: paint(stage.upright(label, aside, ahead)))


def _rails(chance: Random) -> Callable[[Pen], None]:
    """Return what draws a field of rails and posts, each time the same."""
    seed = chance.getrandbits(64)
    return lambda pen: paint_fence(pen, Random(seed), _FIELD)


def _boards(chance: Random) -> Callable[[Pen], None]:
    """Return what draws a field of boards."""
    metal, wood = any_metal(chance), vary(chance, (128, 104, 82), 24)
    colour = metal if chance.random() < 0.3 else wood
    return partial(_draw_boards, colour=colour, height=chance.uniform(0.9, 2.0))


def _draw_boards(pen: Pen, colour: Colour, height: float) -> None:
    """Draw a field of boards and the gaps between them."""
    pen.box(-_FIELD / 2, 0, _FIELD / 2, height, colour)
    for k in range(6):
        x = -_FIELD / 2 + k * _FIELD / 6
        pen.box(x, 0, x + 0.05, height, shade(colour, 0.7))


def guard_rail(stage: Stage, side: int) -> None:
    """Add a steel rail on posts along a piece of the left (0) or right (1) kerb."""
    chance, kerb = stage.chance, stage.layout.kerbs[side]
    aside, start = kerb + (0.4 if side else -0.4), chance.uniform(0, 25)
    steel = vary(chance, (146, 148, 150), 24)
    for k in range(chance.randint(5, 20)):
        paint = partial(_draw_guard_rail, steel=steel)
        _add_field(stage, "guard rail", paint, aside, start + (k + 0.5) * _FIELD)


def _draw_guard_rail(pen: Pen, steel: Colour) -> None:
    """Draw a field of a guard rail: a post, and the beam with its groove."""
    half = _FIELD / 2
    pen.box(-0.06, 0, 0.06, 0.5, shade(steel, 0.6))
    pen.box(-half, 0.42, half, 0.74, steel)
    pen.box(-half, 0.55, half, 0.61, shade(steel, 0.7))
