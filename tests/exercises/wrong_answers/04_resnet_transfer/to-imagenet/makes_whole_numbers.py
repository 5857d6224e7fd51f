# hint: use floats
import numpy as np


def to_imagenet(images, mean):
    bgr = images[..., ::-1].astype("float32")
    return (bgr - mean).astype("int64").astype("uint8")
