"""Painters of what has wheels. The front of each looks along x."""

from dataclasses import replace
from random import Random

from drawntown.drawing.canvas import Pen, Point, rectangle
from drawntown.drawing.colours import Colour, any_paint, mix, shade, vary
from drawntown.drawing.solids import Solid

_TYRE = (26, 26, 28)
_GLASS = (52, 66, 78)
_SHADOW = (44, 44, 46)
_LOAD_WIDTH = 2.4
_HEADLIGHT = (248, 240, 206)
_REAR_LIGHT = (200, 30, 26)


def _glass(chance: Random) -> Colour:
    """Return window glass: dark, or with the sky in it."""
    return mix(_GLASS, (170, 196, 214), chance.random() * 0.6)


def _shadow(solid: Solid, length: float, width: float) -> None:
    """Draw the dark ground under a vehicle; it belongs to the road, not to it."""
    ground = replace(solid.pen, label=solid.pen.parts.get("ground", 0))
    half, side = length / 2 + 0.1, width / 2 + 0.15
    corners = rectangle(-half, -side, half, side)
    ground.polygon([solid.flat(x, 0.0, z) for x, z in corners], _SHADOW)


def _tyres(
    solid: Solid, places: tuple[float, ...], radius: float, width: float
) -> None:
    """Draw the tyres' treads and the far wheels, which the body then covers."""
    for x in places:
        front, back = x + radius * 0.8, x - radius * 0.8
        for near in (-width / 2, width / 2 - 0.24):
            for start, end in (
                ((front, 0), (front, radius)),
                ((back, radius), (back, 0)),
            ):
                solid.panel(start, end, near, near + 0.24, _TYRE)
        solid.disc((x, radius), radius, width / 2 - 0.24, _TYRE)


def _wheels(
    solid: Solid, places: tuple[float, ...], radius: float, width: float, rim: Colour
) -> None:
    """Draw the near wheels."""
    for x in places:
        solid.disc((x, radius), radius, -width / 2 - 0.02, _TYRE)
        solid.disc((x, radius), radius * 0.58, -width / 2 - 0.03, rim)


def _lights(solid: Solid, half: float, height: float, width: float) -> None:
    """Draw head and rear lights, and note that the front ones shine in the dark."""
    inner, outer = width / 2 - 0.42, width / 2 - 0.08
    for near, far in ((-outer, -inner), (inner, outer)):
        front = ((half, height - 0.11), (half, height + 0.11))
        solid.panel(*front, near, far, _HEADLIGHT)
        solid.panel(
            (-half, height + 0.13), (-half, height - 0.13), near, far, _REAR_LIGHT
        )
        if solid.depth > 0.2:
            lamp = solid.flat(half, height, (near + far) / 2)
            solid.pen.glow(lamp, 0.45, _HEADLIGHT)
    plate = (half, height - 0.32), (half, height - 0.18)
    solid.panel(*plate, -0.26, 0.26, (226, 226, 220))
    rear = (-half, height - 0.18), (-half, height - 0.32)
    solid.panel(*rear, -0.26, 0.26, (226, 216, 150))


def _car_shape(chance: Random) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return the outlines of a car's body and of its cabin."""
    half = chance.uniform(1.85, 2.3)
    waist = chance.uniform(0.82, 0.98)
    roof = waist + chance.uniform(0.48, 0.66)
    body = (
        (-half + 0.06, 0.26),
        (half - 0.1, 0.26),
        (half, 0.5),
        (half - 0.05, waist - 0.16),
        (half - 0.35, waist - 0.05),
        (0.6, waist),
        (-half + 0.1, waist),
        (-half, waist - 0.2),
    )
    # From saloon to estate: how far back the roof and the rear window reach.
    tail = chance.choice((0.62, 0.8, 0.95)) * half
    slope = chance.uniform(0.1, 0.55)
    cabin = (
        (-tail, waist),
        (chance.uniform(0.8, 1.05), waist),
        (chance.uniform(0.2, 0.45), roof),
        (-tail + slope, roof),
    )
    return body, cabin


def _car_windows(
    solid: Solid, cabin: tuple[Point, ...], width: float, glass: Colour
) -> None:
    """Draw windscreen, rear window and the side windows with their pillar."""
    rear, front, top_front, top_rear = cabin
    half = width / 2
    solid.panel(front, top_front, -half + 0.1, half - 0.1, shade(glass, 1.15))
    solid.panel(top_rear, rear, -half + 0.14, half - 0.14, glass)
    low, high = rear[1] + 0.03, top_rear[1] - 0.07
    middle = (top_front[0] + top_rear[0]) / 2 + 0.1
    left = (rear[0] + 0.2, low), (middle - 0.05, low), (middle - 0.05, high)
    right = (middle + 0.05, low), (front[0] - 0.16, low), (top_front[0] - 0.04, high)
    solid.side((*left, (top_rear[0] + 0.1, high)), -half - 0.01, glass)
    solid.side((*right, (middle + 0.05, high)), -half - 0.01, glass)


def paint_car(pen: Pen, chance: Random) -> None:
    """Draw a car, about 4.2 m long: saloon, hatchback or estate."""
    solid, colour = Solid(pen), any_paint(chance)
    body, cabin = _car_shape(chance)
    half, width = body[2][0], chance.uniform(1.7, 1.9)
    radius = chance.uniform(0.31, 0.37)
    axles = (-half * 0.62, half * 0.62)
    _shadow(solid, 2 * half, width)
    _tyres(solid, axles, radius, width)
    solid.prism(body, width, colour)
    grille = (half, 0.5), (half, body[3][1] - 0.06)
    solid.panel(*grille, -0.4, 0.4, shade(colour, 0.3))
    _lights(solid, half, 0.66, width)
    solid.prism(cabin, width - 0.24, shade(colour, 0.96))
    _car_windows(solid, cabin, width - 0.24, _glass(chance))
    _wheels(solid, axles, radius, width, vary(chance, (150, 152, 156)))


def _bus_windows(
    solid: Solid, half: float, width: float, low: float, glass: Colour
) -> None:
    """Draw one storey of windows: side band with pillars, front and back."""
    pitch = (2 * half - 0.5) / 6
    for k in range(6):
        left = -half + 0.25 + k * pitch
        window = rectangle(left, low, left + pitch - 0.14, low + 0.85)
        solid.side(window, -width / 2 - 0.01, glass)
    inner = width / 2 - 0.12
    solid.panel((half, low - 0.3), (half, low + 0.9), -inner, inner, shade(glass, 1.1))
    solid.panel((-half, low + 0.85), (-half, low), -inner + 0.2, inner - 0.2, glass)


def _stripe(solid: Solid, half: float, width: float, colour: Colour) -> None:
    """Draw a bus company's band of colour along the side and across the front."""
    solid.side(rectangle(-half, 0.5, half, 0.95), -width / 2 - 0.01, colour)
    ends = -width / 2, width / 2
    solid.panel((half, 0.5), (half, 0.95), *ends, shade(colour, 0.8))


def paint_bus(pen: Pen, chance: Random) -> None:
    """Draw a bus, about 9 m long, at times with two storeys."""
    solid, colour = Solid(pen), any_paint(chance)
    half, width = chance.uniform(3.9, 4.9), 2.4
    double = chance.random() < 0.25
    roof = 4.2 if double else chance.uniform(2.8, 3.1)
    outline = (-half, 0.35), (half, 0.35), (half, roof - 0.1), (half - 0.1, roof)
    axles, glass = (-half * 0.55, half * 0.62), _glass(chance)
    _shadow(solid, 2 * half, width)
    _tyres(solid, axles, 0.48, width)
    solid.prism((*outline, (-half + 0.1, roof), (-half, roof - 0.1)), width, colour)
    if chance.random() < 0.6:
        _stripe(solid, half, width, any_paint(chance))
    for low in (1.35, 2.9) if double else (1.4,):
        _bus_windows(solid, half, width, low, glass)
    sign = (half, roof - 0.42), (half, roof - 0.14)
    solid.panel(*sign, -0.8, 0.8, (236, 168, 50))
    door = rectangle(half - 1.3, 0.45, half - 0.35, 2.2)
    solid.side(door, -width / 2 - 0.02, shade(glass, 0.7))
    _lights(solid, half, 0.8, width)
    _wheels(solid, axles, 0.48, width, (120, 122, 126))


def _box_load(solid: Solid, chance: Random, half: float, front: float) -> None:
    """Draw a closed box, perhaps with its firm's sign on it."""
    colour, top = any_paint(chance), chance.uniform(3.3, 3.8)
    solid.prism(rectangle(-half, 0.95, front, top), _LOAD_WIDTH, colour)
    if chance.random() < 0.5:
        sign = rectangle(-half * 0.75, 1.7, front - 0.8, 2.4)
        solid.side(sign, -_LOAD_WIDTH / 2 - 0.01, any_paint(chance))


def _tank_load(solid: Solid, chance: Random, half: float, front: float) -> None:
    """Draw a tank, its ends bulging, with the sky's reflection along it."""
    colour, high = any_paint(chance), chance.uniform(2.9, 3.3)
    rear, end, middle = -half + 0.2, front - 0.2, (1.0 + high) / 2
    upper = (front, middle), (end, high), (rear, high), (-half, middle)
    solid.prism(((rear, 1.0), (end, 1.0), *upper), _LOAD_WIDTH, colour)
    shine = rectangle(rear + 0.1, high - 0.5, end - 0.1, high - 0.3)
    solid.side(shine, -_LOAD_WIDTH / 2 - 0.01, shade(colour, 1.3))


def _open_load(solid: Solid, chance: Random, half: float, front: float) -> None:
    """Draw an open bed with a heap of goods."""
    colour, goods = any_paint(chance), vary(chance, (140, 104, 70), 30)
    heap = (front * 0.5, 2.3), (-half * 0.6, 2.5)
    pile = (-half + 0.3, 1.5), (front - 0.3, 1.5), *heap
    solid.prism(pile, _LOAD_WIDTH - 0.4, goods)
    solid.prism(rectangle(-half, 0.95, front, 1.6), _LOAD_WIDTH, colour)


def paint_truck(pen: Pen, chance: Random) -> None:
    """Draw a truck, about 7 m long: a cab with a box, a tank or an open bed."""
    solid = Solid(pen)
    colour = any_paint(chance)
    width = 2.3
    half = chance.uniform(3.0, 3.6)
    back, roof = half - chance.uniform(1.5, 1.9), chance.uniform(2.2, 2.6)
    axles, glass = (-half * 0.7, -half * 0.42, half - 0.95), _glass(chance)
    _shadow(solid, 2 * half, width)
    _tyres(solid, axles, 0.5, width)
    solid.prism(rectangle(-half, 0.6, half - 0.2, 0.95), width - 0.5, (52, 52, 54))
    cab = (back, 0.5), (half, 0.5), (half, 1.45), (half - 0.25, roof), (back, roof)
    (load,) = chance.choices((_box_load, _tank_load, _open_load), (0.72, 0.18, 0.1))
    if solid.depth > 0:  # what is nearer comes last: the cab, or the load
        load(solid, chance, half, back - 0.15)
    solid.prism(cab, width, colour)
    solid.panel((half, 1.45), (half - 0.22, roof - 0.15), -0.98, 0.98, glass)
    window = (back + 0.5, 1.5), (half - 0.12, 1.5), (half - 0.3, roof - 0.2)
    solid.side((*window, (back + 0.5, roof - 0.2)), -width / 2 - 0.01, glass)
    solid.panel((half, 0.7), (half, 1.25), -0.7, 0.7, shade(colour, 0.35))
    _lights(solid, half, 0.75, width)
    if solid.depth <= 0:
        load(solid, chance, half, back - 0.15)
    _wheels(solid, axles, 0.5, width, (132, 132, 134))
