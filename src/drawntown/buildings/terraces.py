"""Houses in closed rows, and low halls: what stands with its front along a street."""

from dataclasses import dataclass
from random import Random

from drawntown.buildings.fronts import paint_front
from drawntown.drawing.canvas import Pen, rectangle
from drawntown.drawing.colours import Colour, any_paint, any_wall, mix, shade, vary
from drawntown.street.plot import Plot
from drawntown.things.barriers import fence, low_wall

_ROOFS = ((124, 66, 52), (92, 60, 52), (74, 76, 82), (104, 98, 92))
_DEPTH, _STOREY = 9.0, 3.1


@dataclass(frozen=True)
class _House:
    """Its height to the eaves, what the roof rises above them, and its colours."""

    height: float
    rise: float
    wall: Colour
    roof: Colour


def _any_house(chance: Random) -> _House:
    """Return a house of two to eight storeys."""
    low, high = chance.choice(((6, 12), (9, 24)))
    return _House(
        height=chance.uniform(low, high),
        rise=chance.choice((0.0, 0.0, 2.5, 4.0)),
        wall=any_wall(chance),
        roof=vary(chance, chance.choice(_ROOFS), 18),
    )


def town_house(plot: Plot) -> None:
    """Add a house in a closed row: its front and, seen past lower ones, its end."""
    house = _any_house(plot.chance)
    plot.shadow(0, _DEPTH, house.height)

    def draw() -> None:
        _draw_flank(plot.flank("building", _DEPTH / 2), plot.chance, house)
        if house.rise:
            _draw_roof(plot, house)
        front = plot.front("building")
        paint_front(front, plot.chance, 2 * plot.half, house.height, house.wall)

    plot.stage.add(plot.end, draw)


def _draw_flank(pen: Pen, chance: Random, house: _House) -> None:
    """Draw a house's end under its gable: windows, an old advertisement, or neither."""
    half, high = _DEPTH / 2, house.height
    gable = (-half, 0), (half, 0), (half, high), (0, high + house.rise), (-half, high)
    pen.polygon(gable, house.wall)
    if chance.random() < 0.2:
        left, low = chance.uniform(-4, -1), chance.uniform(2, high / 2)
        pen.box(left, low, left + 4, low + 3, mix(any_paint(chance), house.wall, 0.4))
        return
    columns, glass = chance.choice((0, 1, 2, 3)), shade(house.wall, 0.45)
    for level in range(int(high / _STOREY)):
        low = level * _STOREY + 1
        for k in range(columns):
            x = (k + 0.5) * _DEPTH / columns - half
            pen.box(x - 0.5, low, x + 0.5, low + 1.4, glass)


def _draw_roof(plot: Plot, house: _House) -> None:
    """Draw the slope of the roof that falls towards the street."""
    aside, ridge = plot.back(0), plot.back(_DEPTH / 2)

    def place(x: float, part: float) -> tuple[float, float, float]:
        up = house.height + part * house.rise
        return plot.stage.course.place(aside + (ridge - aside) * part, x, up)

    pen = plot.stage.surface("building", place, plot.middle)
    pen.polygon(rectangle(plot.start, 0, plot.end, 1), house.roof)


def hall(plot: Plot) -> None:
    """Add a low hall behind a yard, which a fence or a wall closes at times."""
    chance, half = plot.chance, plot.half
    deep = chance.uniform(2, 16)
    height = chance.uniform(4, 8)
    wall = any_wall(chance)
    trim = any_paint(chance)
    plot.shadow(deep, deep + 12, height)

    def draw() -> None:
        plot.flank("building", deep + 6).box(-6, 0, 6, height, wall)
        pen = plot.front("building", deep)
        pen.box(-half, 0, half, height, wall)
        pen.box(-half, height - 0.6, half, height, trim)
        pen.box(-half * 0.8, 1, half * 0.7, 2.4, shade(wall, 0.5))

    plot.stage.add(plot.end + 0.5, draw)
    if chance.random() < 0.6:
        chance.choice((fence, low_wall))(plot)
