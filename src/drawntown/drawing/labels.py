"""The classes of a drawn street's pixels, numbered as its mask holds them.

Their colours are those of Cityscapes' masks: M. Cordts et al., "The Cityscapes Dataset
for Semantic Urban Scene Understanding", 2016, and the class definitions published with
it.
"""

import numpy as np

# Number 0 is void: what no class names, such as the bonnet of the camera's own car.
COLOURS_OF = {
    "static": (0, 0, 0),
    "road": (128, 64, 128),
    "sidewalk": (244, 35, 232),
    "parking": (250, 170, 160),
    "building": (70, 70, 70),
    "wall": (102, 102, 156),
    "fence": (190, 153, 153),
    "guard rail": (180, 165, 180),
    "bridge": (150, 100, 100),
    "pole": (153, 153, 153),
    "traffic light": (250, 170, 30),
    "traffic sign": (220, 220, 0),
    "vegetation": (107, 142, 35),
    "terrain": (152, 251, 152),
    "sky": (70, 130, 180),
    "person": (220, 20, 60),
    "rider": (255, 0, 0),
    "car": (0, 0, 142),
    "truck": (0, 0, 70),
    "bus": (0, 60, 100),
    "motorcycle": (0, 0, 230),
    "bicycle": (119, 11, 32),
}
NAMES = tuple(COLOURS_OF)
LABEL = {name: number for number, name in enumerate(NAMES)}
COLOURS = np.array(tuple(COLOURS_OF.values()), np.uint8)
