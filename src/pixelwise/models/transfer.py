"""The classifier of chapter 4: a frozen backbone, and the better MLP on top."""

from pathlib import Path

import keras
from keras import layers

from pixelwise.models.arguments import check_count
from pixelwise.models.backbones import build_backbone
from pixelwise.models.mlp import UNITS, add_better_head, add_logits


def build_transfer(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    num_classes: int = 10,
    backbone: str | None = None,
    weights: str | Path | None = "imagenet",
    enlarge: int = 1,
    units: tuple[int, ...] = UNITS,
) -> keras.Model:
    """Return a frozen backbone, the mean of its feature maps, and the better MLP.

    Pixels 0 to 255 of shape (n, h, w, 3) in, float32 logits (n, num_classes) out. On
    "resnet50" with 10 classes it has 24,157,098 parameters, of which the head's
    568,746 are trained. Its parts are the layers "features", whose output
    (n, channels) can be kept, and "head", a model of its own from features to logits.

    Args:
        input_shape: (h, w, 3) of one picture; h and w times `enlarge` 32 or more.
        num_classes: number of logits.
        backbone: "efficientnet_lite0" or "resnet50"; by default the profile's.
        weights: "imagenet", None for random ones, or a file, as in `build_backbone`.
        enlarge: how many times larger pictures are made inside, beforehand.
        units: width of each hidden layer of the head; () makes it linear.

    Raises:
        ValueError: an argument is not one that the model can be built from, or the
            file holds no weights of this backbone.
        FileNotFoundError: `weights` is not a file.
        BackboneUnavailable: the weights from ImageNet are not to be had.
    """
    check_count("num_classes", num_classes)  # before a long download
    base = build_backbone(input_shape, backbone, weights, enlarge)
    base.trainable = False
    pixels = keras.Input(input_shape, name="pixels")
    # Batch norm goes by its averages because it is frozen, and `unfreeze` leaves it so.
    # (`training=False` here would be overruled by the mode of the model around it.)
    maps = base(pixels)
    pool = layers.GlobalAveragePooling2D(dtype="float32", name="features")
    features = pool(maps)
    logits = build_head(features.shape[-1], num_classes, units)(features)
    return keras.Model(pixels, logits, name="transfer")


def build_head(
    channels: int, num_classes: int = 10, units: tuple[int, ...] = UNITS
) -> keras.Sequential:
    """Return the better MLP from features (n, channels) to logits (n, num_classes).

    Without hidden `units` it is linear: one dense layer.
    """
    check_count("channels", channels)
    head = keras.Sequential([keras.Input((channels,), name="features")], name="head")
    # Heads are trained for few steps, so the moving averages follow quickly.
    add_better_head(head, units, momentum=0.9)
    return add_logits(head, num_classes)


def feature_model(model: keras.Model) -> keras.Model:
    """Return the part of a transfer model from pixels to features (n, channels).

    It shares the model's layers, so it is no copy.
    """
    return keras.Model(model.input, model.get_layer("features").output, name="features")
