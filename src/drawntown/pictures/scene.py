"""A whole street as a car's camera sees it: the photo and the label of every pixel."""

from random import Random

import numpy as np

from drawntown.buildings.rows import add_bridge, line_street, line_trees
from drawntown.buildings.skyline import paint_skyline
from drawntown.drawing.canvas import Canvas, Pen, Pose
from drawntown.drawing.colours import any_paint, mix, shade
from drawntown.drawing.labels import LABEL
from drawntown.ground.markings import paint_markings
from drawntown.ground.roads import paint_ground
from drawntown.light.skies import paint_sky
from drawntown.light.weather import any_weather
from drawntown.pictures.finish import develop
from drawntown.street.camera import any_camera, any_course
from drawntown.street.layout import any_layout
from drawntown.street.stage import Stage
from drawntown.things.pavement import furnish
from drawntown.traffic.traffic import fill_road, park_cycles
from drawntown.traffic.walkers import add_people

_DETAIL = 3  # odd, so that each pixel has a middle
_FILLERS = (
    line_street,
    line_trees,
    add_bridge,
    furnish,
    park_cycles,
    fill_road,
    add_people,
)


def _bonnet(stage: Stage) -> None:
    """Draw the front of the camera's own car, which belongs to no class."""
    chance, canvas = stage.chance, stage.canvas
    width, height = canvas.width, canvas.height
    colour = mix(shade(any_paint(chance), 0.7), (60, 60, 62), chance.random())
    rise, middle = height * chance.uniform(0.04, 0.14), width * chance.uniform(0.4, 0.6)
    pen = Pen(canvas, Pose(middle, height, 1.0), LABEL["static"])
    pen.ellipse((0, -rise), (width * chance.uniform(0.5, 0.9), 2 * rise), colour)
    pen.ellipse((0, -rise * 1.4), (width * 0.5, 2 * rise), shade(colour, 1.15))


def _paint(canvas: Canvas, chance: Random) -> Stage:
    """Draw one street on the canvas; return its stage."""
    layout = any_layout(chance)
    stage = Stage(
        canvas=canvas,
        camera=any_camera(chance, layout, canvas.width),
        course=any_course(chance),
        layout=layout,
        weather=any_weather(chance),
        chance=chance,
    )
    paint_sky(canvas, chance, stage.camera.horizon)
    paint_skyline(stage)
    paint_ground(stage)
    paint_markings(stage)
    for add in _FILLERS:
        add(stage)
    stage.draw_shadows()
    stage.draw_things()
    if chance.random() < 0.4:
        _bonnet(stage)
    return stage


def take_scene(chance: Random, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a street's photo, uint8 (size, size, 3), and mask, uint8 (size, size).

    The mask holds numbers of `labels.NAMES`; every stroke wrote both.
    """
    canvas = Canvas(size, size, _DETAIL)
    stage = _paint(canvas, chance)
    return develop(canvas, stage.camera, chance)
