"""What grows beside a street: trees, bushes, hedges, lawns, and villas among them."""

from math import pi

from drawntown.buildings.houses import paint_house
from drawntown.drawing.canvas import Pen
from drawntown.drawing.colours import any_leaf, shade, vary
from drawntown.ground.roads import strip
from drawntown.nature.plants import paint_bush, paint_tree
from drawntown.nature.trees import paint_great_tree
from drawntown.street.plot import Plot
from drawntown.street.stage import Stage
from drawntown.things.barriers import fence, low_wall

_NEAREST = 2.5  # metres ahead; nothing grows nearer to the camera


def _leafy(stage: Stage, aside: float, ahead: float, enlarge: float) -> Pen:
    """Return the pen for a plant, in this season's green."""
    dull = stage.weather.dull
    return stage.stand("vegetation", aside, ahead, enlarge=enlarge, fade=dull)


def add_tree(stage: Stage, aside: float, ahead: float, largest: float = 2.2) -> None:
    """Add a tree, 5 to 12 m tall, bare where it is winter."""
    if ahead < _NEAREST:
        return
    chance, bare = stage.own_chance(), stage.weather.winter
    enlarge = chance.uniform(1.0, largest)
    trimmed = chance.random() < (0.15 if bare else 0.4)
    stage.add_shadow(aside, ahead, 0.4, 0.4, 3 * enlarge)

    def draw() -> None:
        pen = _leafy(stage, aside, ahead, enlarge)
        if trimmed:
            paint_tree(pen, chance)
        else:
            paint_great_tree(pen, chance, bare)

    stage.add(ahead, draw)


def _add_bush(stage: Stage, aside: float, ahead: float) -> None:
    """Add a bush, 1 to 2 m tall."""
    if ahead < _NEAREST:
        return
    chance = stage.own_chance()
    enlarge = chance.uniform(0.8, 2.0)
    stage.add(ahead, lambda: paint_bush(_leafy(stage, aside, ahead, enlarge), chance))


def hedge(plot: Plot) -> None:
    """Add a hedge, 0.8 to 2.2 m tall."""
    height = plot.chance.uniform(0.8, 2.2)
    leaf = shade(any_leaf(plot.chance), 0.9)
    plot.shadow(0, 1, height)

    def draw() -> None:
        plot.front("vegetation").box(-plot.half, 0, plot.half, height, leaf)
        ahead = plot.end
        while ahead > max(plot.start, _NEAREST):
            tone = shade(leaf, plot.chance.uniform(0.75, 1.2))
            clump = plot.stage.stand("vegetation", plot.back(0), ahead, height * 0.55)
            clump.ellipse((0, 0), (0.5, height * 0.5), tone)
            ahead -= 0.5 + ahead / 60

    plot.stage.add(plot.end, draw)


def lawn(plot: Plot) -> None:
    """Add open ground with a bush or a few."""
    grass = vary(plot.chance, (96, 118, 62), 20)
    edges = plot.back(0), plot.back(25)
    strip(plot.stage, "terrain", *edges, grass, plot.start, plot.end)
    for _ in range(plot.chance.randrange(4)):
        _add_bush(plot.stage, *plot.anywhere(0.8, 6))


def park(plot: Plot) -> None:
    """Add a piece of a park: grass, trees and bushes, fenced in at times."""
    lawn(plot)
    for _ in range(max(1, int(plot.half / 2))):
        add_tree(plot.stage, *plot.anywhere(1, 18), largest=2.0)
    if plot.chance.random() < 0.5:
        plot.chance.choice((fence, low_wall, hedge))(plot)


def villa(plot: Plot) -> None:
    """Add a house in its garden, behind a hedge, a wall or a fence."""
    chance, stage = plot.chance, plot.stage
    chance.choice((hedge, low_wall, fence, lawn))(plot)
    if plot.middle < 4:
        return
    aside = plot.back(chance.uniform(7, 11))
    heading = chance.choice((0.0, pi / 2, pi, -pi / 2)) + chance.uniform(-0.15, 0.15)
    stage.add_shadow(aside, plot.middle, 6, 6, 5)

    def draw() -> None:
        pen = stage.stand("building", aside, plot.middle, heading=heading)
        paint_house(pen, chance)

    stage.add(plot.middle + 3, draw)
    if chance.random() < 0.6:
        add_tree(stage, *plot.anywhere(1.5, 4))
