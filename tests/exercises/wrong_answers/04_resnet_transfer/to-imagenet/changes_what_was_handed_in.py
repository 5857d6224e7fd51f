# hint: changed what was handed in
import numpy as np


def to_imagenet(images, mean):
    images[...] = images[..., ::-1].copy()
    return images.astype("float32") - mean
