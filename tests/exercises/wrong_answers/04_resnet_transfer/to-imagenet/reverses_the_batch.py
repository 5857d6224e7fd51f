# hint: order of the pictures
import numpy as np


def to_imagenet(images, mean):
    return images[::-1].astype("float32") - mean
