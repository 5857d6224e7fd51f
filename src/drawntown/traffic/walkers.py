"""The people in a street, on its pavements and on the road."""

from drawntown.street.stage import Stage
from drawntown.street.upright import Upright, add_upright, any_distance
from drawntown.traffic.people import paint_person

_NOBODY_NEARER = 0.3  # metres to the kerb and to the wall


def add_people(stage: Stage) -> None:
    """Add people on both pavements, alone or in groups, and some on the road."""
    chance = stage.chance
    for _ in range(chance.choice((0, 1, 2, 4, 6, 9, 12))):
        _add_group(stage, chance.randrange(2), any_distance(chance, 4, 55))
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
        aside = chance.uniform(*stage.layout.kerbs)
        _add_person(stage, aside, any_distance(chance, 8, 40))


def _add_group(stage: Stage, side: int, ahead: float) -> None:
    """Add one to three people on the left (0) or right (1) pavement."""
    chance = stage.chance
    edges = sorted((stage.layout.walks[side], stage.layout.walls[side]))
    low, high = edges[0] + _NOBODY_NEARER, edges[1] - _NOBODY_NEARER
    aside = chance.uniform(low, high)
    for k in range(chance.choice((1, 1, 1, 2, 2, 3))):
        _add_person(stage, min(aside + 0.7 * (k % 2), high), ahead + 0.3 * k)


def _add_person(stage: Stage, aside: float, ahead: float) -> None:
    """Add a person, at times a child, and mostly in duller clothes than cars wear."""
    chance = stage.chance
    sizes = (0.92, 1.08) if chance.random() < 0.88 else (0.55, 0.8)
    enlarge, fade = chance.uniform(*sizes), chance.choice((0.0, 0.6, 0.9))
    kind = Upright("person", paint_person, 1.7)
    add_upright(stage, kind, aside, ahead, enlarge=enlarge, fade=fade)
