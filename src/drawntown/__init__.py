"""The drawn town: labelled pictures of streets from a seed, without any network.

Two kinds of pictures: a street in perspective with the class of each of its pixels, and
one thing of ten in a busy street. What a painter draws it draws with a pen, in metres;
the pen knows where on the canvas the thing stands, how large, turned which way, and
which label its pixels get.

`CLASSES` names what the pixels of a street are, in the order of the numbers in its
mask, and `COLOURS`, uint8 (n, 3), has the colour of each. `OBJECTS` names the ten
things. `STREETS_VERSION` and `OBJECTS_VERSION` are whole numbers, raised with every
change to the pictures that a seed draws.
"""

from drawntown.drawing.labels import COLOURS
from drawntown.drawing.labels import NAMES as CLASSES
from drawntown.objects import OBJECTS, OBJECTS_VERSION, draw_object, draw_objects
from drawntown.pictures.pairs import VERSION as STREETS_VERSION
from drawntown.streets import draw_scene, write_pairs

__all__ = [
    "CLASSES",
    "COLOURS",
    "OBJECTS",
    "OBJECTS_VERSION",
    "STREETS_VERSION",
    "draw_object",
    "draw_objects",
    "draw_scene",
    "write_pairs",
]
