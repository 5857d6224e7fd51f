"""Painters of the ground: the road, its kerbs and what lies beside it."""

from itertools import pairwise
from math import cos, pi, sin
from random import Random

from drawntown.drawing.colours import Colour, mix, shade, vary
from drawntown.street.stage import Stage

_FAR = 320.0  # metres; from there on it is all horizon
_STATIONS = (-2, 1, 2, 3, 4.5, 6.5, 9, 12, 16, 22, 30, 40, 55, 75, 105, 160, _FAR)
_KERB = 0.16
_ASPHALTS = ((92, 92, 94), (76, 77, 82), (112, 110, 108), (132, 130, 126), (98, 90, 84))
_PAVINGS = ((140, 136, 130), (120, 120, 120), (164, 154, 140), (136, 108, 94))
_GRASSES = ((92, 120, 60), (116, 128, 70), (78, 100, 56), (134, 122, 84))
_CIRCLE = tuple((0.3 * cos(k * pi / 5), 0.3 * sin(k * pi / 5)) for k in range(10))


def strip(
    stage: Stage,
    label: str,
    left: float,
    right: float,
    colour: Colour,
    start: float = _STATIONS[0],
    end: float = _FAR,
) -> None:
    """Fill the ground between two lines along the street, from start to end."""
    stations = [start, *(z for z in _STATIONS if start < z < end), end]
    for near, far in pairwise(stations):
        pen = stage.ground(label, (near + far) / 2)
        pen.polygon(((left, near), (right, near), (right, far), (left, far)), colour)


def paint_ground(stage: Stage) -> None:
    """Draw all the ground, from the camera to the horizon."""
    chance = stage.chance
    asphalt = vary(chance, chance.choice(_ASPHALTS), 10)
    if chance.random() < 0.5:
        beside, label = chance.choice(_GRASSES), "terrain"
    else:
        beside, label = chance.choice(_PAVINGS), "sidewalk"
    strip(stage, label, -400, 400, vary(chance, beside, 14))
    strip(stage, "road", *stage.layout.kerbs, asphalt)
    _wear(stage, chance, asphalt)
    _parking(stage, chance, asphalt)
    _sides(stage, chance)
    for start, end in stage.layout.crossroads:
        strip(stage, "road", -90, 90, asphalt, start, end)


def _wear(stage: Stage, chance: Random, asphalt: Colour) -> None:
    """Paint what years leave on a road: tracks, patches, manholes."""
    left, right = stage.layout.kerbs
    for aside, _ in stage.layout.lanes:
        for track in (aside - 0.75, aside + 0.75):
            tone = shade(asphalt, chance.uniform(0.94, 1.02))
            strip(stage, "road", track - 0.25, track + 0.25, tone)
    for _ in range(chance.randrange(7)):
        x, z = chance.uniform(left + 0.5, right - 1.5), chance.uniform(2, 35)
        wide, deep = chance.uniform(0.4, 2.5), chance.uniform(0.5, 7)
        tone = shade(vary(chance, asphalt, 6), chance.uniform(0.84, 1.1))
        strip(stage, "road", x, min(x + wide, right - 0.2), tone, z, z + deep)
    for _ in range(chance.randrange(4)):
        x, z = chance.uniform(left + 0.5, right - 0.5), chance.uniform(3, 25)
        corners = [(x + a, z + b) for a, b in _CIRCLE]
        stage.ground("road", z).polygon(corners, shade(asphalt, 0.6))


def _parking(stage: Stage, chance: Random, asphalt: Colour) -> None:
    """Fill the parking strips, where they are a surface of their own."""
    for kerb, width in zip(stage.layout.kerbs, stage.layout.parking, strict=True):
        if width and chance.random() < 0.4:
            tone = shade(asphalt, chance.uniform(0.85, 1.15))
            inner = kerb - width if kerb > 0 else kerb + width
            strip(stage, "parking", inner, kerb, tone)


def _sides(stage: Stage, chance: Random) -> None:
    """Fill both sides of the road: pavement and kerb, behind a verge at times."""
    layout = stage.layout
    paving = vary(chance, chance.choice(_PAVINGS), 16)
    kerb = mix(paving, (206, 204, 198), chance.uniform(0.2, 0.7))
    verge = vary(chance, chance.choice(_GRASSES), 14)
    joint = shade(paving, chance.uniform(0.8, 1.1))
    for side in (0, 1):
        edge = layout.kerbs[side]
        walk = layout.walks[side]
        wall = layout.walls[side]
        strip(stage, "terrain", edge, walk, verge)
        strip(stage, "sidewalk", walk, wall, paving)
        middle = (walk + wall) / 2
        strip(stage, "sidewalk", middle - 0.04, middle + 0.04, joint, end=30)
        lip = edge + (_KERB if side else -_KERB)
        strip(stage, "sidewalk", edge, lip, kerb)
        strip(stage, "road", edge, 2 * edge - lip, shade(kerb, 0.55))
