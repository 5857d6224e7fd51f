# hint: [-0:] takes all
import numpy as np


def pad_to_multiple(picture, multiple):
    below, right = (-side % multiple for side in picture.shape[:2])
    picture = np.concatenate([picture, picture[-below:][::-1]])
    return np.concatenate([picture, picture[:, -right:][:, ::-1]], axis=1)


def crop_back(maps, height, width):
    return maps[:height, :width]
