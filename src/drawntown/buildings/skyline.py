"""Painter of what closes the view: far houses and woods, pale with distance."""

from drawntown.drawing.canvas import Pen, Pose
from drawntown.drawing.colours import any_leaf, any_wall, mix, shade, vary
from drawntown.drawing.labels import LABEL
from drawntown.street.stage import Stage

_DISTANCE = 260  # metres


def paint_skyline(stage: Stage) -> None:
    """Draw far houses and woods side by side, with gaps at times."""
    chance, canvas = stage.chance, stage.canvas
    scale = stage.camera.focal / _DISTANCE
    wooded, left = chance.random(), -10 * scale
    while left < canvas.width:
        wide = chance.uniform(8, 40)
        pose = Pose(left + wide * scale / 2, stage.camera.horizon + 2, scale)
        if chance.random() < wooded:
            _wood(stage, Pen(canvas, pose, LABEL["vegetation"]), wide)
        elif chance.random() < 0.8:
            _block(stage, Pen(canvas, pose, LABEL["building"]), wide)
        left += wide * scale * chance.uniform(0.6, 1.1)


def _block(stage: Stage, pen: Pen, wide: float) -> None:
    """Draw a far house, 5 to 26 m tall."""
    chance = stage.chance
    colour = mix(any_wall(chance), stage.weather.air, chance.uniform(0.3, 0.6))
    pen.box(-wide / 2, 0, wide / 2, chance.uniform(5, 26), colour)


def _wood(stage: Stage, pen: Pen, wide: float) -> None:
    """Draw a far row of trees, 6 to 16 m tall."""
    chance, high = stage.chance, stage.chance.uniform(6, 16)
    leaf = shade(any_leaf(chance), 0.8)
    colour = mix(leaf, stage.weather.air, chance.uniform(0.3, 0.6))
    for k in range(-2, 3):
        crown = k * wide / 5, high * chance.uniform(0.3, 0.6)
        pen.ellipse(crown, (wide / 4, high * 0.5), vary(chance, colour, 6))
    pen.box(-wide / 2, 0, wide / 2, high * 0.5, colour)
