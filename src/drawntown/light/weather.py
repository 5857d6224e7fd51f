"""The light of one scene, and what the season does to its trees."""

from dataclasses import dataclass
from random import Random

from drawntown.drawing.canvas import Point
from drawntown.drawing.colours import Colour, vary

_AIRS = ((196, 208, 220), (206, 208, 210), (226, 220, 208), (176, 182, 190))


@dataclass(frozen=True)
class Weather:
    """The light of one scene.

    `air`: the colour of what is far off; `clear`: the metres after which half of a
    thing's own colour is left. `sun`: how far a shadow reaches per metre of height,
    (aside, ahead); None without sun. `dark`: what a shadow leaves of the light. `lit`:
    how bright the fronts on the left and on the right are. `winter`: trees are bare.
    `dull` (0 to 1): how much of their green leaves lack.
    """

    air: Colour
    clear: float
    sun: Point | None
    dark: float
    lit: tuple[float, float]
    winter: bool
    dull: float


def any_weather(chance: Random) -> Weather:
    """Return the weather: sunny with shadows, dull, or misty."""
    sun, lit = None, (0.96, 0.96)
    if chance.random() < 0.5:
        sun = chance.uniform(-1.6, 1.6), chance.uniform(-0.8, 1.6)
        shaded = chance.uniform(0.5, 0.8)
        lit = (1.08, shaded) if sun[0] < 0 else (shaded, 1.08)
    return Weather(
        air=vary(chance, chance.choice(_AIRS), 8),
        clear=chance.choice((500, 350, 250, 120)),
        sun=sun,
        dark=chance.uniform(0.4, 0.7),
        lit=lit,
        winter=chance.random() < 0.22,
        dull=chance.uniform(0, 0.45),
    )
