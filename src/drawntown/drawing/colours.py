"""Colours as (red, green, blue) whole numbers from 0 to 255, and how they vary."""

import colorsys
from random import Random

Colour = tuple[int, int, int]

# Cars, coats and lorries share these paints, so that none is known by its colour.
_PAINTS = (
    (232, 232, 230),
    (196, 200, 204),
    (128, 132, 138),
    (74, 78, 84),
    (34, 36, 40),
    (178, 34, 36),
    (208, 84, 40),
    (224, 176, 52),
    (60, 120, 66),
    (44, 98, 156),
    (34, 52, 104),
    (96, 150, 190),
    (112, 62, 44),
    (120, 40, 84),
    (206, 190, 158),
)
_WALLS = (
    (206, 196, 178),
    (172, 98, 76),
    (150, 146, 140),
    (222, 214, 200),
    (190, 160, 110),
    (128, 84, 66),
    (110, 116, 124),
    (168, 182, 190),
)


def shade(colour: Colour, factor: float) -> Colour:
    """Return the colour darker (factor below 1) or brighter, kept within 0 to 255."""
    red, green, blue = colour
    return (
        min(255, int(red * factor)),
        min(255, int(green * factor)),
        min(255, int(blue * factor)),
    )


def mix(first: Colour, second: Colour, amount: float) -> Colour:
    """Return `amount` (0 to 1) of the second colour stirred into the first."""
    return tuple(int(a + (b - a) * amount) for a, b in zip(first, second, strict=True))


def vary(chance: Random, colour: Colour, spread: int = 18) -> Colour:
    """Return a neighbour of the colour, up to `spread` away in every band."""
    red, green, blue = colour
    common = chance.uniform(-spread, spread)
    return tuple(
        int(max(0, min(255, band + common + chance.uniform(-spread, spread) / 2)))
        for band in (red, green, blue)
    )


def any_paint(chance: Random) -> Colour:
    """Return a colour that somebody would paint a car, a door or a coat in."""
    if chance.random() < 0.25:
        hue, vivid = chance.random(), chance.uniform(0.3, 0.9)
        bands = colorsys.hsv_to_rgb(hue, vivid, chance.uniform(0.3, 0.95))
        return tuple(int(255 * band) for band in bands)
    return vary(chance, chance.choice(_PAINTS))


def any_wall(chance: Random) -> Colour:
    """Return a colour for plaster, brick or concrete."""
    return vary(chance, chance.choice(_WALLS), 24)


def any_leaf(chance: Random) -> Colour:
    """Return a colour for leaves, mostly green, at times autumnal."""
    if chance.random() < 0.22:
        return vary(chance, chance.choice(((190, 120, 40), (170, 70, 40))), 22)
    greens = ((70, 110, 48), (48, 88, 44), (104, 132, 58), (60, 96, 70))
    return vary(chance, chance.choice(greens), 20)


def any_metal(chance: Random) -> Colour:
    """Return a colour for a pole: galvanised, painted dark, or rusty green."""
    metals = (
        (150, 154, 156),
        (60, 64, 66),
        (96, 100, 102),
        (44, 66, 56),
        (190, 190, 188),
    )
    return vary(chance, chance.choice(metals), 14)
