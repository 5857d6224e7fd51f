# hint: Height comes first
import numpy as np


def pad_to_multiple(picture, multiple):
    below, right = (-side % multiple for side in picture.shape[:2])
    return np.pad(picture, ((0, below), (0, right), (0, 0)), mode="symmetric")


def crop_back(maps, height, width):
    return maps[:width, :height]
