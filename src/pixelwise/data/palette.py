"""Cityscapes' classes: thirty in seven categories and void; numbers and colours.

Source: M. Cordts et al., "The Cityscapes Dataset for Semantic Urban Scene
Understanding", 2016, table 1, and the class definitions published with it.
"""

from typing import NamedTuple

from pixelwise.data.arguments import check_choice
from pixelwise.data.labels import VOID

CATEGORIES = ("flat", "construction", "object", "nature", "sky", "human", "vehicle")

Colour = tuple[int, int, int]


class PaletteClass(NamedTuple):
    """A class of the palette.

    Attributes:
        name: such as "road".
        number: as `gtFine/…_labelIds.png` has it.
        colour: red, green and blue, 0 to 255. Some classes share one.
        category: index into `CATEGORIES`, or `VOID`, as the class is defined.
        evaluated: whether Cityscapes' own evaluation counts it; else it is void there.
    """

    name: str
    number: int
    colour: Colour
    category: int
    evaluated: bool


# Number and colour. A licence plate is part of its car, and no class of its own among
# the thirty: its number is -1, which an 8-bit file holds as 255. Of two classes with
# one colour the one that is meant where it is seen comes last.
_CLASSES_OF = {
    "flat": {
        "road": (7, (128, 64, 128)),
        "sidewalk": (8, (244, 35, 232)),
        "parking": (9, (250, 170, 160)),
        "rail track": (10, (230, 150, 140)),
    },
    "construction": {
        "building": (11, (70, 70, 70)),
        "wall": (12, (102, 102, 156)),
        "fence": (13, (190, 153, 153)),
        "guard rail": (14, (180, 165, 180)),
        "bridge": (15, (150, 100, 100)),
        "tunnel": (16, (150, 120, 90)),
    },
    "object": {
        "polegroup": (18, (153, 153, 153)),
        "pole": (17, (153, 153, 153)),
        "traffic light": (19, (250, 170, 30)),
        "traffic sign": (20, (220, 220, 0)),
    },
    "nature": {"vegetation": (21, (107, 142, 35)), "terrain": (22, (152, 251, 152))},
    "sky": {"sky": (23, (70, 130, 180))},
    "human": {"person": (24, (220, 20, 60)), "rider": (25, (255, 0, 0))},
    "vehicle": {
        "license plate": (255, (0, 0, 142)),
        "car": (26, (0, 0, 142)),
        "truck": (27, (0, 0, 70)),
        "bus": (28, (0, 60, 100)),
        "caravan": (29, (0, 0, 90)),
        "trailer": (30, (0, 0, 110)),
        "train": (31, (0, 80, 100)),
        "motorcycle": (32, (0, 0, 230)),
        "bicycle": (33, (119, 11, 32)),
    },
    "void": {
        "static": (4, (0, 0, 0)),
        "dynamic": (5, (111, 74, 0)),
        "ground": (6, (81, 0, 81)),
    },
}

# Void in Cityscapes' own evaluation, whatever their category (`ignoreInEval`).
NOT_EVALUATED = frozenset(
    {
        *("parking", "rail track", "guard rail", "bridge", "tunnel", "polegroup"),
        *("license plate", "caravan", "trailer", "static", "dynamic", "ground"),
    }
)

CLASSES = tuple(
    PaletteClass(
        name,
        number,
        colour,
        CATEGORIES.index(category) if category in CATEGORIES else VOID,
        name not in NOT_EVALUATED,
    )
    for category, classes in _CLASSES_OF.items()
    for name, (number, colour) in classes.items()
)

# The nineteen that Cityscapes' evaluation by classes counts, in its order.
EVALUATED = tuple(entry.name for entry in CLASSES if entry.evaluated)

RULES = ("evaluation", "definition")


def category_by(rule: str, entry: PaletteClass) -> int:
    """Return the category of a class by a rule, or `VOID`.

    By "evaluation" a class that Cityscapes' own evaluation does not count is void;
    by "definition" it has the category that it was defined in.
    """
    counted = rule == "definition" or entry.evaluated
    return entry.category if counted else VOID


def check_rule(rule: str) -> None:
    """Raise ValueError unless there is such a rule."""
    check_choice("rule", rule, RULES)


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


def distinct(rule: str = "evaluation") -> tuple[tuple[Colour, ...], tuple[int, ...]]:
    """Return every colour of the palette once, and the category of each by a rule.

    Pole shares its colour with polegroup, car with licence plate: what is counted
    stands for both.
    """
    categories = {entry.colour: category_by(rule, entry) for entry in CLASSES}
    return tuple(categories), tuple(categories.values())
