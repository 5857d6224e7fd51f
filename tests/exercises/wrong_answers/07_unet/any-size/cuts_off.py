# hint: Nothing is cut off
import numpy as np


def pad_to_multiple(picture, multiple):
    height, width = (n // multiple * multiple for n in picture.shape[:2])
    return picture[:height, :width]


def crop_back(maps, height, width):
    return maps[:height, :width]
