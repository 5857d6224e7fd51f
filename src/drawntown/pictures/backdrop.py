"""Painters of what lies behind: sky, skyline, facades, greenery, road, pavement."""

from random import Random

from drawntown.buildings.houses import paint_facade, paint_house
from drawntown.drawing.canvas import Canvas, Pen, Pose
from drawntown.drawing.colours import any_leaf, any_wall, mix, shade, vary
from drawntown.nature.plants import paint_bush, paint_tree
from drawntown.things.furniture import paint_fence

_SKIES = (
    ((96, 148, 206), (204, 222, 236)),  # clear
    ((150, 160, 172), (206, 208, 208)),  # overcast
    ((92, 112, 156), (246, 188, 140)),  # low sun
    ((206, 210, 214), (226, 226, 222)),  # mist
    ((58, 108, 172), (128, 172, 206)),  # deep blue
)
_GROUNDS = ((92, 92, 94), (124, 122, 118), (150, 140, 126), (84, 112, 60), (70, 70, 74))
_WHITE = (214, 212, 204)


def paint_sky(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw the sky, from the picture's top to the horizon (in pixels), with clouds."""
    top, low = (vary(chance, colour, 14) for colour in chance.choice(_SKIES))
    bands = 8
    pen = Pen(canvas, Pose(0, 0, 1.0))
    for k in range(bands):
        upper, lower = horizon * k / bands, horizon * (k + 1) / bands + 1
        pen.box(0, -lower, canvas.width, -upper, mix(top, low, k / (bands - 1)))
    for _ in range(chance.choice((0, 0, 2, 4, 6))):
        place = chance.uniform(0, canvas.width), -horizon * chance.uniform(0, 0.8)
        wide = canvas.width * chance.uniform(0.06, 0.2)
        pen.ellipse(place, (wide, wide * 0.35), mix(low, (255, 255, 255), 0.5))


def paint_ground(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw road, pavement or grass below the horizon (in pixels), kerb and marks."""
    width, height = canvas.width, canvas.height
    ground = vary(chance, chance.choice(_GROUNDS), 16)
    pen = Pen(canvas, Pose(0, horizon, 1.0))
    pen.box(0, -(height - horizon), width, 0, ground)
    deep = height - horizon
    if chance.random() < 0.6:  # another surface farther off, and a kerb between
        near, far = chance.uniform(0.2, 0.9) * deep, chance.uniform(0, 0.2) * deep
        tone = shade(vary(chance, chance.choice(_GROUNDS), 16), 1.1)
        pen.polygon(((0, -far), (width, -near * 0.6), (width, 0), (0, 0)), tone)
        kerb = mix(tone, (220, 218, 212), 0.6)
        pen.stroke(((0, -far), (width, -near * 0.6)), kerb, height * 0.02)
    if chance.random() < 0.5:
        marks = chance.choice((_lane_marks, _lane_marks, _crossing))
        marks(pen, chance, width, deep)
    for _ in range(chance.randrange(5)):
        place = chance.uniform(0, width), -deep * chance.uniform(0.1, 1)
        stain = shade(ground, chance.uniform(0.7, 1.25))
        pen.ellipse(place, (width * 0.1, height * 0.02), stain)


def _lane_marks(pen: Pen, chance: Random, width: float, deep: float) -> None:
    """Draw a broken white line that narrows towards the horizon."""
    white = vary(chance, _WHITE, 12)
    vanish = chance.uniform(0.1, 0.9) * width
    aside = chance.uniform(-0.5, 0.5) * width
    for near, far in ((1.0, 0.7), (0.5, 0.33), (0.22, 0.14)):
        x_near, x_far = vanish + aside * near, vanish + aside * far
        half = width * 0.03
        start = (
            (x_near - half * near, -near * deep),
            (x_near + half * near, -near * deep),
        )
        end = (x_far + half * far, -far * deep), (x_far - half * far, -far * deep)
        pen.polygon((*start, *end), white)


def _crossing(pen: Pen, chance: Random, width: float, deep: float) -> None:
    """Draw the white bars of a pedestrian crossing."""
    white = vary(chance, _WHITE, 12)
    for k in range(6):
        left = width * (k + 0.2) / 6
        pen.box(left, -deep, left + width * 0.09, -deep * 0.6, white)


def _skyline(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw the far town as pale blocks."""
    tone = mix(any_wall(chance), (186, 196, 206), 0.55)
    pen = Pen(canvas, Pose(0, horizon, 1.0))
    left = -2.0
    while left < canvas.width:
        wide = canvas.width * chance.uniform(0.08, 0.3)
        high = horizon * chance.uniform(0.1, 0.5)
        pen.box(left, 0, left + wide, high, vary(chance, tone, 12))
        left += wide


def _facades(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw a closed row of fronts that stand at the horizon line."""
    scale = canvas.height / chance.uniform(7, 18)
    left = -chance.uniform(0, 6) * scale
    while left < canvas.width:
        width = chance.uniform(5, 11)
        height = chance.uniform(4, 14)
        foot = Pose(left + width * scale / 2, horizon, scale)
        paint_facade(Pen(canvas, foot), chance, width, height)
        left += width * scale


def _greenery(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw a line of trees and bushes before a dark hedge."""
    leaf = shade(any_leaf(chance), 0.7)
    hedge = horizon * chance.uniform(0.2, 0.9)
    Pen(canvas, Pose(0, horizon, 1.0)).box(0, 0, canvas.width, hedge, leaf)
    for _ in range(chance.randint(2, 5)):
        scale = canvas.height * chance.uniform(0.07, 0.2)
        place = Pose(chance.uniform(0, canvas.width), horizon + 1, scale)
        painter = chance.choice((paint_tree, paint_bush, paint_bush))
        painter(Pen(canvas, place), chance)


def _village(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw a few houses apart from each other, with trees between them."""
    for _ in range(chance.randint(1, 3)):
        scale = canvas.height * chance.uniform(0.03, 0.07)
        yaw = chance.uniform(-70, 70)
        place = Pose(chance.uniform(0, canvas.width), horizon + 1, scale, yaw=yaw)
        paint_house(Pen(canvas, place), chance)
        foot = Pose(chance.uniform(0, canvas.width), horizon + 1, scale * 1.3)
        paint_tree(Pen(canvas, foot), chance)


def _wall(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw one wall close behind, of plaster or in courses of stone."""
    tone = any_wall(chance)
    pen = Pen(canvas, Pose(0, horizon, 1.0))
    pen.box(0, 0, canvas.width, canvas.height, tone)
    course = canvas.height * chance.uniform(0.06, 0.2)
    seam = shade(tone, chance.uniform(0.7, 1.2))
    for k in range(1, int(horizon / course) + 1):
        pen.box(0, k * course, canvas.width, k * course + 0.5, seam)


def paint_backdrop(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Draw a whole street without its actors; `horizon` is in pixels from the top."""
    paint_sky(canvas, chance, horizon)
    if chance.random() < 0.6:
        _skyline(canvas, chance, horizon)
    layer = chance.choice((_facades, _facades, _greenery, _village, _wall, None))
    if layer is not None:
        layer(canvas, chance, horizon)
    paint_ground(canvas, chance, horizon)
    if chance.random() < 0.2:
        scale = canvas.height * chance.uniform(0.1, 0.2)
        place = Pose(canvas.width / 2, horizon + 1, scale)
        paint_fence(Pen(canvas, place), chance, canvas.width / scale + 1)
