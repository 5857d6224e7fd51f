# hint: changed what was handed in
import numpy as np


def to_imagenet(images, mean):
    bgr = images[..., ::-1]
    if bgr.dtype == "uint8":
        bgr = bgr.astype("float32")
    bgr -= mean.astype("float32")
    return bgr
