"""Painters of what is painted on a road: lines, arrows, crossings, nets."""

from itertools import pairwise
from random import Random

from drawntown.drawing.canvas import rectangle
from drawntown.drawing.colours import Colour, mix, vary
from drawntown.ground.roads import strip
from drawntown.street.stage import Stage

_WHITE, _YELLOW = (216, 214, 206), (216, 178, 70)
_WHOLE = 8.0, 0.0  # a line without gaps, in pieces


def paint_markings(stage: Stage) -> None:
    """Paint a road's lines, arrows and crossings, fresh or worn."""
    chance = stage.chance
    paint = mix(vary(chance, _WHITE, 10), (110, 110, 110), chance.uniform(0.0, 0.6))
    if chance.random() < 0.8:
        _lane_lines(stage, chance, paint)
        _edge_lines(stage, chance, paint)
    places = [start - 4 for start, _ in stage.layout.crossroads if start > 5]
    if chance.random() < 0.3:
        places.append(chance.uniform(5, 40))
    for ahead in places:
        _stop(stage, chance, ahead, paint)
    for start, end in stage.layout.crossroads:
        if chance.random() < 0.2:
            _net(stage, start, end)


def _line(stage: Stage, aside: float, colour: Colour, dash: float, gap: float) -> None:
    """Paint a line along the street, but on no crossing road."""
    ahead = stage.chance.uniform(-dash, 0)
    while ahead < 110:
        end = ahead + dash
        if not stage.layout.crosses(ahead, end):
            strip(stage, "road", aside - 0.07, aside + 0.07, colour, ahead, end)
        ahead = end + gap


def _lane_lines(stage: Stage, chance: Random, paint: Colour) -> None:
    """Paint what parts the lanes and the directions: broken, whole or double."""
    for (left, towards), (right, also) in pairwise(sorted(stage.layout.lanes)):
        middle, kind = (left + right) / 2, chance.random()
        if towards == also or kind < 0.5:
            _line(stage, middle, paint, *chance.choice(((3, 6), (2, 4), (4, 2))))
        elif kind < 0.8:
            _line(stage, middle, paint, *_WHOLE)
        elif kind < 0.9:
            _line(stage, middle - 0.15, _YELLOW, *_WHOLE)
            _line(stage, middle + 0.15, _YELLOW, *_WHOLE)


def _edge_lines(stage: Stage, chance: Random, paint: Colour) -> None:
    """Paint a line along the kerbs where nobody parks, in most streets."""
    edge, layout = chance.choice((None, paint, paint, _YELLOW)), stage.layout
    for kerb, width in zip(layout.kerbs, layout.parking, strict=True):
        if edge and not width:
            _line(stage, kerb - (0.4 if kerb > 0 else -0.4), edge, *_WHOLE)


def _stop(stage: Stage, chance: Random, ahead: float, paint: Colour) -> None:
    """Paint stop lines for who drives ahead, arrows before, a crossing behind."""
    if chance.random() < 0.6:
        _zebra(stage, ahead, paint)
    line = ahead - 1.2, ahead - 0.8
    for aside, towards in stage.layout.lanes:
        if not towards:
            strip(stage, "road", aside - 1.4, aside + 1.4, paint, *line)
            if chance.random() < 0.5:
                _arrow(stage, aside, ahead - 9, paint)


def _zebra(stage: Stage, ahead: float, paint: Colour) -> None:
    """Paint the bars of a pedestrian crossing, 3 m along the street."""
    left, right = stage.layout.kerbs
    for k in range(int(right - left - 0.8)):
        x = left + 0.3 + k
        strip(stage, "road", x, x + 0.5, paint, ahead, ahead + 3)


def _arrow(stage: Stage, aside: float, ahead: float, paint: Colour) -> None:
    """Paint an arrow that points ahead."""
    pen = stage.ground("road", ahead)
    pen.polygon(rectangle(aside - 0.08, ahead, aside + 0.08, ahead + 2.4), paint)
    tip, wide = ahead + 4.0, 0.4
    corners = (aside - wide, tip - 1.6), (aside + wide, tip - 1.6), (aside, tip)
    pen.polygon(corners, paint)


def _net(stage: Stage, start: float, end: float) -> None:
    """Paint the yellow net over a crossing that must be kept free."""
    left, right = stage.layout.kerbs
    deep, pen = end - start, stage.ground("road", start)
    x = left - deep
    while x < right:
        for near, far in ((start, end), (end, start)):
            low, high = max(left, x), min(right, x + deep)
            slope = (far - near) / deep
            first, last = near + slope * (low - x), near + slope * (high - x)
            corners = (low, first), (low + 0.14, first), (high + 0.14, last)
            pen.polygon((*corners, (high, last)), _YELLOW)
        x += 1.8
