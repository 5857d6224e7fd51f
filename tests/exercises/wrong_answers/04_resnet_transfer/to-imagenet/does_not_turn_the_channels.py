# hint: still red, green, blue
import numpy as np


def to_imagenet(images, mean):
    return images.astype("float32") - mean
