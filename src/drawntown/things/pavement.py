"""What stands on the pavements: lamps, poles, lights, signs, rails, bins."""

from drawntown.street.stage import Stage
from drawntown.street.upright import Upright, add_upright, any_distance
from drawntown.things.barriers import fence_along, guard_rail
from drawntown.things.boards import paint_board, paint_clutter, paint_pole
from drawntown.things.furniture import (
    paint_bollard,
    paint_street_lamp,
    paint_traffic_light,
    paint_traffic_sign,
)

_LAMP = Upright("pole", paint_street_lamp, 5.0)
_BOLLARD = Upright("pole", paint_bollard, 0.9)
_POLE = Upright("pole", paint_pole, 4.0)
_LIGHT = Upright("traffic light", paint_traffic_light, 3.0)
_SIGN = Upright("traffic sign", paint_traffic_sign, 2.6)
_BOARD = Upright("traffic sign", paint_board, 3.0)
_CLUTTER = Upright("static", paint_clutter, 1.2)


def furnish(stage: Stage) -> None:
    """Add lamps, poles, lights, signs, rails, bollards and bins."""
    chance = stage.chance
    _add_lights(stage)
    for side in (0, 1):
        if chance.random() < 0.75:
            _line_kerb(stage, side, _LAMP, chance.uniform(18, 38))
        if chance.random() < 0.15:
            _line_kerb(stage, side, _BOLLARD, chance.uniform(1.6, 4))
        if chance.random() < 0.15:
            _fence_kerb(stage, side)
    if chance.random() < 0.12:
        guard_rail(stage, chance.randrange(2))
    _scatter(stage, _SIGN, chance.choice((1, 2, 4, 7)))
    _scatter(stage, _BOARD, chance.choice((0, 0, 1, 2)))
    _scatter(stage, _POLE, chance.randrange(6))
    _scatter(stage, _CLUTTER, chance.randrange(6))


def _add_lights(stage: Stage) -> None:
    """Add traffic lights before and behind most crossing roads."""
    chance, layout = stage.chance, stage.layout
    for start, end in layout.crossroads:
        if chance.random() > 0.75:
            continue
        for aside in (layout.kerbs[0] - 0.6, layout.kerbs[1] + 0.6):
            for ahead in (start - 0.8, end + 0.8):
                if chance.random() < 0.85:
                    add_upright(stage, _LIGHT, aside, ahead)


def _line_kerb(stage: Stage, side: int, kind: Upright, step: float) -> None:
    """Add the same thing again and again along the left (0) or right (1) kerb."""
    chance, layout = stage.chance, stage.layout
    inset = chance.uniform(0.35, 0.7)
    aside = layout.kerbs[side] + (inset if side else -inset)
    ahead, seed = chance.uniform(3, 3 + step), chance.getrandbits(64)
    while ahead < 130:
        if not layout.crosses(ahead - 0.5, ahead + 0.5):
            add_upright(stage, kind, aside, ahead, seed=seed)
        ahead += step * chance.uniform(0.9, 1.1)


def _fence_kerb(stage: Stage, side: int) -> None:
    """Add a fence between the road and the left (0) or right (1) pavement."""
    chance, start = stage.own_chance(), stage.chance.uniform(2, 20)
    aside = stage.layout.kerbs[side] + (0.3 if side else -0.3)
    fence_along(stage, chance, aside, start, start + chance.uniform(8, 25))


def _scatter(stage: Stage, kind: Upright, count: int) -> None:
    """Add things of a kind anywhere along the kerbs or the walls."""
    chance, layout = stage.chance, stage.layout
    for _ in range(count):
        side = chance.randrange(2)
        inwards = -1 if side else 1
        aside = layout.kerbs[side] - inwards * chance.uniform(0.3, 0.7)
        if chance.random() < 0.3:
            aside = layout.walls[side] + inwards * 0.3
        ahead = any_distance(chance, 5, 60)
        if not layout.crosses(ahead - 0.5, ahead + 0.5):
            add_upright(stage, kind, aside, ahead, enlarge=chance.uniform(0.9, 1.15))
