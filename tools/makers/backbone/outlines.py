"""Outlines of things, from geometry to animals and vehicles, as lists of polygons.

Each function takes a source of chance and returns parts from -1 to 1 (x to the right,
y downwards): a polygon, and whether it is filled or cut out of those before it.
"""

from collections.abc import Callable
from math import cos, hypot, pi, sin
from random import Random

Points = list[tuple[float, float]]
Parts = list[tuple[Points, bool]]


def oval(x: float, y: float, wide: float, high: float, turn: float = 0) -> Points:
    """Return an ellipse about (x, y), turned by `turn` radians."""
    points = []
    for step in range(24):
        across = wide * cos(2 * pi * step / 24)
        down = high * sin(2 * pi * step / 24)
        points.append(
            (
                x + across * cos(turn) - down * sin(turn),
                y + across * sin(turn) + down * cos(turn),
            )
        )
    return points


def disc(x: float, y: float, radius: float) -> Points:
    return oval(x, y, radius, radius)


def box(left: float, top: float, right: float, bottom: float) -> Points:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def limb(x0: float, y0: float, x1: float, y1: float, thick: float, end: float = 0):
    """Return a bar between two points: half as thick as `thick`, `end` at its end."""
    end = end or thick
    length = hypot(x1 - x0, y1 - y0)
    across, down = (y0 - y1) / length, (x1 - x0) / length
    return [
        (x0 + across * thick, y0 + down * thick),
        (x1 + across * end, y1 + down * end),
        (x1 - across * end, y1 - down * end),
        (x0 - across * thick, y0 - down * thick),
    ]


def filled(*polygons: Points) -> Parts:
    return [(polygon, True) for polygon in polygons]


def cut(*polygons: Points) -> Parts:
    return [(polygon, False) for polygon in polygons]


def around(radii: list[float]) -> Points:
    """Return a closed line whose distance from the centre goes through `radii`."""
    steps = [2 * pi * k / len(radii) for k in range(len(radii))]
    return [(r * cos(a), r * sin(a)) for r, a in zip(radii, steps, strict=True)]


def triangle(chance: Random) -> Parts:
    return filled([(x, y * chance.uniform(0.6, 1)) for x, y in around([1] * 3)])


def square(chance: Random) -> Parts:
    side = chance.uniform(0.5, 0.8)
    return filled(box(-0.75, -side, 0.75, side))


def hexagon(chance: Random) -> Parts:
    squeeze = chance.uniform(0.6, 1)
    return filled([(x, y * squeeze) for x, y in around([1] * 6)])


def star(chance: Random) -> Parts:
    return filled(around([1, chance.uniform(0.3, 0.55)] * chance.randint(4, 7)))


def ellipse(chance: Random) -> Parts:
    return filled(oval(0, 0, 1, chance.uniform(0.35, 1)))


def ring(chance: Random) -> Parts:
    return filled(disc(0, 0, 1)) + cut(disc(0, 0, chance.uniform(0.45, 0.75)))


def crescent(chance: Random) -> Parts:
    return filled(disc(0, 0, 1)) + cut(disc(chance.uniform(0.3, 0.6), 0, 0.85))


def cross(chance: Random) -> Parts:
    arm = chance.uniform(0.15, 0.35)
    return filled(box(-1, -arm, 1, arm), box(-arm, -1, arm, 1))


def arrow(chance: Random) -> Parts:
    shaft = chance.uniform(0.12, 0.3)
    return filled(box(-1, -shaft, 0.2, shaft), [(0.1, -0.7), (1, 0), (0.1, 0.7)])


def blob(chance: Random) -> Parts:
    waves = [(k, chance.uniform(-0.35, 0.35) / k, chance.uniform(0, 6)) for k in (2, 3)]
    waves += [(k, chance.uniform(-0.1, 0.1), chance.uniform(0, 6)) for k in (4, 5)]
    radii = []
    for step in range(40):
        angle = 2 * pi * step / 40
        radii.append(0.7 + sum(size * cos(k * angle + at) for k, size, at in waves))
    return filled(around(radii))


def splinter(chance: Random) -> Parts:
    return filled(around([chance.uniform(0.35, 1) for _ in range(16)]))


def four_legged(chance: Random) -> Parts:
    hoof = chance.uniform(0.5, 0.9)
    parts = filled(oval(0, -0.05, 0.65, chance.uniform(0.2, 0.32)))
    for x in (-0.5, -0.35, 0.35, 0.5):
        parts += filled(limb(x, 0, x + chance.uniform(-0.12, 0.12), hoof, 0.09, 0.05))
    head = chance.uniform(-0.65, -0.15)
    return parts + filled(
        limb(0.5, -0.1, 0.75, head, 0.16, 0.1),
        oval(0.85, head, 0.22, 0.14, chance.uniform(-0.2, 0.6)),
        [(0.73, head - 0.08), (0.75, head - 0.3), (0.85, head - 0.1)],
        limb(-0.6, -0.1, -0.95, chance.uniform(-0.5, 0.4), 0.06, 0.02),
    )


def stag(chance: Random) -> Parts:
    parts = four_legged(chance)
    for lean in (-0.12, 0.12):
        parts += filled(
            limb(0.85, -0.5, 0.85 + lean * 1.5, -1, 0.03),
            limb(0.85 + lean, -0.75, 0.85 + lean * 2.5, -0.85, 0.03),
        )
    return parts


def cat_head(chance: Random) -> Parts:
    ear = -0.5 - chance.uniform(0.35, 0.6)
    parts = filled(oval(0, 0, 0.75, 0.65))
    for side in (-1, 1):
        parts += filled([(0.7 * side, -0.2), (0.6 * side, ear), (0.15 * side, -0.55)])
        parts += cut(oval(0.3 * side, -0.05, 0.13, 0.09))
    return parts + cut([(-0.1, 0.2), (0.1, 0.2), (0, 0.33)])


def bird(chance: Random) -> Parts:
    return filled(
        oval(0, 0, 0.5, 0.28, -0.2),
        oval(0.5, -0.3, 0.2, 0.18),
        [(0.65, -0.35), (0.95, -0.25), (0.65, -0.22)],
        [(-0.4, 0), (-1, 0.25), (-0.9, -0.05)],
        [(-0.1, -0.1), (-0.5, -chance.uniform(0.4, 1)), (0.25, -0.15)],
        limb(0.05, 0.2, 0.1, 0.7, 0.03),
        limb(-0.1, 0.2, -0.1, 0.7, 0.03),
    )


def gull(chance: Random) -> Parts:
    parts = filled(oval(0, 0, 0.45, 0.1))
    for side in (-1, 1):
        tip = -chance.uniform(0.4, 0.9)
        parts += filled([(0, 0), (0.5 * side, tip), (side, -0.2), (0.5 * side, -0.3)])
    return parts


def aeroplane(chance: Random) -> Parts:
    wing, other = chance.uniform(0.5, 0.95), chance.uniform(0.2, 0.9)
    return filled(
        oval(0, 0, 1, 0.13),
        [(0.15, 0), (-0.35, wing), (-0.5, wing), (-0.2, 0)],
        [(0.15, 0), (-0.35, -other), (-0.5, -other), (-0.2, 0)],
        [(-0.75, 0), (-1, -0.4), (-0.85, -0.4), (-0.6, 0)],
    )


def fish(chance: Random) -> Parts:
    return filled(
        oval(0.1, 0, 0.7, chance.uniform(0.25, 0.45)),
        [(-0.5, 0), (-1, -0.4), (-0.85, 0), (-1, 0.4)],
        [(0, -0.3), (0.3, -0.6), (0.4, -0.2)],
    ) + cut(disc(0.55, -0.07, 0.06))


def frog(chance: Random) -> Parts:
    parts = filled(oval(0, 0.1, 0.6, chance.uniform(0.3, 0.45)))
    for side in (-1, 1):
        parts += filled(
            disc(0.3 * side, -0.3, 0.17),
            oval(0.65 * side, 0.35, 0.35, 0.14, -0.6 * side),
            limb(0.6 * side, 0.5, 0.9 * side, 0.55, 0.06),
        ) + cut(disc(0.3 * side, -0.32, 0.07))
    return parts


def car(chance: Random) -> Parts:
    roof = -chance.uniform(0.35, 0.55)
    pane = roof + 0.08
    parts = filled(
        box(-1, -0.1, 1, 0.35),
        [(-0.7, -0.1), (-0.45, roof), (0.35, roof), (0.65, -0.1)],
    ) + cut(
        [(-0.55, -0.12), (-0.4, pane), (-0.05, pane), (-0.05, -0.12)],
        [(0.03, -0.12), (0.03, pane), (0.3, pane), (0.5, -0.12)],
    )
    for x in (-0.55, 0.55):
        parts += filled(disc(x, 0.35, 0.23)) + cut(disc(x, 0.35, 0.1))
    return parts


def car_from_the_front(chance: Random) -> Parts:
    roof = -chance.uniform(0.5, 0.75)
    parts = filled(
        box(-0.8, -0.1, 0.8, 0.5),
        [(-0.75, -0.1), (-0.5, roof), (0.5, roof), (0.75, -0.1)],
    ) + cut(
        [(-0.58, -0.12), (-0.4, roof + 0.1), (0.4, roof + 0.1), (0.58, -0.12)],
        box(-0.3, 0.05, 0.3, 0.25),
    )
    for side in (-1, 1):
        parts += filled(box(0.65 * side - 0.15, 0.4, 0.65 * side + 0.15, 0.75))
        parts += cut(oval(0.58 * side, 0.12, 0.13, 0.1))
    return parts


def lorry(chance: Random) -> Parts:
    high = chance.uniform(0.5, 0.9)
    return (
        filled(box(-1, -high, 0.4, 0.3), box(0.45, -0.45 * high, 1, 0.3))
        + cut(box(0.62, -0.35 * high, 0.92, -0.05))
        + filled(*(disc(x, 0.35, 0.19) for x in (-0.7, -0.3, 0.7)))
    )


HULL = [(-1, 0.1), (1, 0.1), (0.7, 0.5), (-0.75, 0.5)]


def sailing_boat(chance: Random) -> Parts:
    mast = -chance.uniform(0.5, 1)
    sail = [(0.06, 0), (0.06, mast), (0.7, 0)]
    return filled(HULL, limb(0, 0.1, 0, mast, 0.03), sail)


def ship(chance: Random) -> Parts:
    funnel = -0.25 - 0.4 * chance.uniform(0.5, 1)
    return filled(HULL, box(-0.5, -0.25, 0.4, 0.1), box(-0.2, funnel, 0.1, -0.2)) + cut(
        box(-0.4, -0.15, -0.2, 0), box(0, -0.15, 0.2, 0)
    )


def bicycle(chance: Random) -> Parts:
    parts = []
    for x in (-0.6, 0.6):
        parts += filled(disc(x, 0.3, 0.4)) + cut(disc(x, 0.3, 0.32))
    seat, bar = -0.3 * chance.uniform(0.8, 1.2), -0.5 * chance.uniform(0.9, 1.1)
    return parts + filled(
        limb(-0.6, 0.3, -0.1, seat, 0.04),
        limb(-0.1, seat, 0.5, seat, 0.04),
        limb(0.6, 0.3, 0.45, bar, 0.04),
        limb(-0.1, 0.3, 0.5, seat, 0.04),
        limb(-0.6, 0.3, -0.1, 0.3, 0.04),
        limb(-0.1, 0.3, -0.2, seat - 0.15, 0.04),
    )


def figure(chance: Random) -> Parts:
    stride, swing = chance.uniform(-0.2, 0.2), chance.uniform(-0.4, 0.4)
    parts = filled(oval(0, -0.75, 0.17, 0.2), limb(0, -0.5, 0, 0.15, 0.24, 0.18))
    for side in (-1, 1):
        foot, hand = side * (0.1 + stride), side * 0.3 + swing
        parts += filled(
            limb(0.08 * side, 0.1, foot, 1, 0.1, 0.07),
            limb(0.2 * side, -0.45, hand, 0.15, 0.07, 0.05),
        )
    return parts


def house(chance: Random) -> Parts:
    roof = -0.1 - chance.uniform(0.3, 0.7)
    return filled(
        box(-0.7, -0.1, 0.7, 0.8), [(-0.85, -0.1), (0, roof), (0.85, -0.1)]
    ) + cut(
        box(-0.12, 0.3, 0.12, 0.8),
        box(-0.5, 0.1, -0.28, 0.35),
        box(0.28, 0.1, 0.5, 0.35),
    )


def tower(chance: Random) -> Parts:
    wide = chance.uniform(0.2, 0.45)
    parts = filled(box(-wide, -1, wide, 1))
    for storey in range(6):
        top = -0.85 + 0.35 * storey
        parts += cut(
            box(-0.6 * wide, top, -0.15 * wide, top + 0.18),
            box(0.15 * wide, top, 0.6 * wide, top + 0.18),
        )
    return parts


def bare_tree(chance: Random) -> Parts:
    parts, ends = [], [(0.0, 1.0, -pi / 2, 0.65, 0.07)]
    for _ in range(5):
        grown = []
        for x, y, angle, length, thick in ends:
            x_end, y_end = x + length * cos(angle), y + length * sin(angle)
            parts += filled(limb(x, y, x_end, y_end, thick, 0.7 * thick))
            for side in (-1, 1):
                turned = angle + side * chance.uniform(0.3, 0.7)
                shorter = length * chance.uniform(0.6, 0.8)
                grown.append((x_end, y_end, turned, shorter, 0.65 * thick))
        ends = grown
    return parts


def leafy_tree(chance: Random) -> Parts:
    parts = filled(limb(0, 1, 0, 0, 0.08))
    for _ in range(6):
        x, y = chance.uniform(-0.35, 0.35), chance.uniform(-0.7, -0.1)
        wide, high = chance.uniform(0.25, 0.45), chance.uniform(0.25, 0.4)
        parts += filled(oval(x, y, wide, high))
    return parts


def fir(chance: Random) -> Parts:
    parts = filled(box(-0.07, 0.6, 0.07, 1))
    slim = chance.uniform(0.7, 1)
    for tier in range(3):
        foot, half = 0.65 - 0.45 * tier, slim * (0.7 - 0.2 * tier)
        parts += filled([(-half, foot), (0, -0.05 - 0.4 * tier), (half, foot)])
    return parts


def board_on_a_pole(chance: Random) -> Parts:
    boards = [
        filled(disc(0, -0.65, 0.35)),
        filled([(0, -1), (0.4, -0.3), (-0.4, -0.3)]),
        filled(box(-0.18, -1, 0.18, -0.1))
        + cut(*(disc(0, y, 0.1) for y in (-0.82, -0.55, -0.28))),
    ]
    return filled(limb(0, -0.3, 0, 1, 0.05)) + chance.choice(boards)


def lamp(chance: Random) -> Parts:
    reach = chance.uniform(0.4, 0.8)
    return filled(
        limb(0, 1, 0, -0.8, 0.05, 0.03),
        limb(0, -0.8, reach, -0.9, 0.04),
        box(reach - 0.2, -0.95, reach + 0.2, -0.8),
    )


def flower(chance: Random) -> Parts:
    count = chance.randint(4, 8)
    parts = []
    for petal in range(count):
        turn = 2 * pi * petal / count
        x, y = 0.6 * cos(turn), 0.6 * sin(turn)
        parts += filled(oval(x, y, 0.4, 1.1 / count + 0.08, turn))
    return parts + cut(disc(0, 0, 0.18))


def table(chance: Random) -> Parts:
    foot = chance.uniform(0.5, 0.9)
    return filled(
        box(-1, -0.25, 1, -0.05),
        box(-0.9, -0.1, -0.75, foot),
        box(0.75, -0.1, 0.9, foot),
    )


def bottle(chance: Random) -> Parts:
    neck = chance.uniform(-0.6, -0.35)
    return filled(
        box(-0.3, -0.2, 0.3, 1),
        [(-0.3, -0.2), (-0.1, neck), (0.1, neck), (0.3, -0.2)],
        box(-0.1, -1, 0.1, neck + 0.05),
    )


# Those that have no upright and may stand at any angle come first.
FREE: tuple[Callable[[Random], Parts], ...] = (
    triangle,
    square,
    hexagon,
    star,
    ellipse,
    ring,
    crescent,
    cross,
    arrow,
    blob,
    splinter,
)
UPRIGHT: tuple[Callable[[Random], Parts], ...] = (
    four_legged,
    stag,
    cat_head,
    bird,
    gull,
    fish,
    frog,
    aeroplane,
    car,
    car_from_the_front,
    lorry,
    sailing_boat,
    ship,
    bicycle,
    figure,
    house,
    tower,
    bare_tree,
    leafy_tree,
    fir,
    board_on_a_pole,
    lamp,
    flower,
    table,
    bottle,
)
OUTLINES = FREE + UPRIGHT
