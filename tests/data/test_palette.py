"""The palette is Cityscapes', and its colours tell the categories apart."""

import pytest

from pixelwise.data import palette

# Colours as published with the data set, by category.
PUBLISHED = {
    "flat": {"road": (128, 64, 128), "sidewalk": (244, 35, 232)},
    "construction": {"building": (70, 70, 70), "fence": (190, 153, 153)},
    "object": {"pole": (153, 153, 153), "traffic sign": (220, 220, 0)},
    "nature": {"vegetation": (107, 142, 35), "terrain": (152, 251, 152)},
    "sky": {"sky": (70, 130, 180)},
    "human": {"person": (220, 20, 60), "rider": (255, 0, 0)},
    "vehicle": {"car": (0, 0, 142), "bicycle": (119, 11, 32)},
}
NOT_COUNTED = {"parking", "rail track", "guard rail", "bridge", "tunnel", "polegroup"}
NOT_COUNTED |= {"caravan", "trailer", "license plate"}


def test_categories_are_in_the_order_of_the_labels():
    assert list(palette.CATEGORIES) == list(PUBLISHED)
    assert palette.VOID == 255


def test_classes_have_their_published_colours_and_categories():
    found = {entry.name: entry for entry in palette.CLASSES}
    for label, classes in enumerate(PUBLISHED.values()):
        for name, colour in classes.items():
            entry = found[name]
            assert (entry.colour, entry.category) == (colour, label)
            assert entry.evaluated
            assert palette.colour_of(name) == colour


def test_there_are_thirty_classes_and_the_licence_plate_of_the_car():
    names = [entry.name for entry in palette.CLASSES]
    assert len(set(names)) == len(names) == 31
    assert {entry.category for entry in palette.CLASSES} == {*range(7), 255}


def test_classes_of_one_colour_are_of_one_category():
    colours, categories = palette.distinct("definition")
    assert len(set(colours)) == len(colours) == 29
    for entry in palette.CLASSES:
        assert categories[colours.index(entry.colour)] == entry.category


def test_what_the_evaluation_does_not_count_is_void():
    colours, categories = palette.distinct()
    void = {name for name in NOT_COUNTED if name not in ("polegroup", "license plate")}
    for entry in palette.CLASSES:
        expected = 255 if entry.name in void else entry.category
        # A polegroup has a pole's colour, a licence plate a car's.
        assert categories[colours.index(entry.colour)] == expected
        by_evaluation = 255 if entry.name in NOT_COUNTED else entry.category
        assert palette.category_by("evaluation", entry) == by_evaluation
        assert palette.category_by("definition", entry) == entry.category


def test_another_rule_is_named():
    with pytest.raises(ValueError, match=r"'definition'\], found 'mine'"):
        palette.check_rule("mine")


def test_an_unknown_class_is_named():
    with pytest.raises(ValueError, match=r"road.*found 'street'"):
        palette.colour_of("street")
