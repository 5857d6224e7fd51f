# hint: no division
import numpy as np


def to_imagenet(images, mean):
    return (images[..., ::-1].astype("float32") - mean) / 255
