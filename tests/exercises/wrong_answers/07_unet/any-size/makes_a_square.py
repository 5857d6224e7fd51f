# hint: No square
import numpy as np


def pad_to_multiple(picture, multiple):
    largest = -(-max(picture.shape[:2]) // multiple) * multiple
    ends = [(0, largest - side) for side in picture.shape[:2]]
    return np.pad(picture, (*ends, (0, 0)), "symmetric")


def crop_back(maps, height, width):
    return maps[:height, :width]
