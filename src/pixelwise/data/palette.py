"""The colours of Cityscapes' masks: thirty classes in seven categories, and void.

Source: M. Cordts et al., "The Cityscapes Dataset for Semantic Urban Scene
Understanding", 2016, table 1, and the class definitions published with it.
"""

from typing import NamedTuple

from pixelwise.data.labels import VOID

CATEGORIES = ("flat", "construction", "object", "nature", "sky", "human", "vehicle")

Colour = tuple[int, int, int]


class PaletteClass(NamedTuple):
    """A class of the palette.

    Attributes:
        name: such as "road".
        colour: red, green and blue, 0 to 255. Some classes share one.
        category: index into `CATEGORIES`, or `VOID`.
    """

    name: str
    colour: Colour
    category: int


# A licence plate is part of its car, and no class of its own among the thirty.
_CLASSES_OF = {
    "flat": {
        "road": (128, 64, 128),
        "sidewalk": (244, 35, 232),
        "parking": (250, 170, 160),
        "rail track": (230, 150, 140),
    },
    "construction": {
        "building": (70, 70, 70),
        "wall": (102, 102, 156),
        "fence": (190, 153, 153),
        "guard rail": (180, 165, 180),
        "bridge": (150, 100, 100),
        "tunnel": (150, 120, 90),
    },
    "object": {
        "pole": (153, 153, 153),
        "polegroup": (153, 153, 153),
        "traffic light": (250, 170, 30),
        "traffic sign": (220, 220, 0),
    },
    "nature": {"vegetation": (107, 142, 35), "terrain": (152, 251, 152)},
    "sky": {"sky": (70, 130, 180)},
    "human": {"person": (220, 20, 60), "rider": (255, 0, 0)},
    "vehicle": {
        "car": (0, 0, 142),
        "license plate": (0, 0, 142),
        "truck": (0, 0, 70),
        "bus": (0, 60, 100),
        "caravan": (0, 0, 90),
        "trailer": (0, 0, 110),
        "train": (0, 80, 100),
        "motorcycle": (0, 0, 230),
        "bicycle": (119, 11, 32),
    },
    "void": {"static": (0, 0, 0), "dynamic": (111, 74, 0), "ground": (81, 0, 81)},
}


def _category(name: str) -> int:
    return CATEGORIES.index(name) if name in CATEGORIES else VOID


CLASSES = tuple(
    PaletteClass(name, colour, _category(category))
    for category, classes in _CLASSES_OF.items()
    for name, colour in classes.items()
)


def colour_of(name: str) -> Colour:
    """Return the colour of a class, such as `colour_of("road")`.

    Raises:
        ValueError: no class has this name.
    """
    for entry in CLASSES:
        if entry.name == name:
            return entry.colour
    names = ", ".join(entry.name for entry in CLASSES)
    raise ValueError(f"name: expected one of {names}; found {name!r}")


def distinct() -> tuple[tuple[Colour, ...], tuple[int, ...]]:
    """Return every colour of the palette once, and the category of each."""
    categories = {entry.colour: entry.category for entry in CLASSES}
    return tuple(categories), tuple(categories.values())
