# hint: The others are mirrored
import numpy as np


def mirror(images, chosen):
    return np.where(chosen[:, None, None, None], images, images[:, :, ::-1])
