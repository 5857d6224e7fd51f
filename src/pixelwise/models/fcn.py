"""The fully convolutional networks of chapters 5 to 7: a category for every pixel."""

from pathlib import Path

import keras
from keras import layers

from pixelwise.models.arguments import check_count, check_picture
from pixelwise.models.backbones import build_backbone, stage_outputs
from pixelwise.models.pixels import add_pixels
from pixelwise.models.resnet import add_stages, add_stem

STRIDES = (32, 16, 8, 4)
HALVINGS = 5  # of a backbone, and of ResNet-18 with the stem for ImageNet
FIRST = 256  # channels of the first transposed convolution; each next has half


def build_fcn(
    input_shape: tuple[int, int, int] = (128, 128, 3),
    num_classes: int = 7,
    backbone: str | None = None,
    weights: str | Path | None = "imagenet",
    stride: int = 32,
) -> keras.Model:
    """Return a frozen backbone and a 1×1 convolution, resized to the picture's size.

    Pixels 0 to 255 of shape (n, h, w, 3) in, float32 logits (n, h, w, num_classes) out.
    On "resnet50" with seven categories it has 23,602,055 parameters, of which 14,343
    are trained. Logits are resized, bilinearly, and not probabilities. Long, Shelhamer
    and Darrell 2015, arXiv:1411.4038.

    Args:
        input_shape: (h, w, 3) of one picture, 32×32 or larger.
        num_classes: number of logits of a pixel.
        backbone: "efficientnet_lite0" or "resnet50"; by default the profile's.
        weights: "imagenet", None for random ones, or a file, as in `build_backbone`.
        stride: pixels from one value of the finest maps used to the next: 32 for the
            last stage alone; 16, 8 and 4 add the logits of one to three earlier ones.

    Raises:
        ValueError: an argument is not one that the model can be built from, or the
            file holds no weights of this backbone.
        FileNotFoundError: `weights` is not a file.
        BackboneUnavailable: the weights from ImageNet are not to be had.
    """
    check_stride(stride)
    check_count("num_classes", num_classes)
    stages = 1 + STRIDES.index(stride)
    pixels, maps = add_frozen(input_shape, backbone, weights, stages)
    logits = None
    for index, level in enumerate(reversed(maps)):
        name = f"logits_{STRIDES[index]}"
        scores = layers.Conv2D(num_classes, 1, dtype="float32", name=name)(level)
        if logits is not None:
            larger = resize(logits, scores.shape[1:3], f"{name}_coarser")
            scores = layers.Add(dtype="float32", name=f"{name}_sum")([scores, larger])
        logits = scores
    return keras.Model(pixels, resize(logits, input_shape[:2], "logits"), name="fcn")


def check_stride(stride: int) -> None:
    """Raise ValueError unless there is such a stride."""
    if stride not in STRIDES:
        raise ValueError(f"stride: expected one of {list(STRIDES)}, found {stride!r}")


def add_frozen(input_shape, backbone, weights, stages: int):
    """Return pixels, and the maps that end the last `stages` of a frozen backbone."""
    whole = build_backbone(input_shape, backbone, weights)
    ends = stage_outputs(whole)[-stages:]
    base = keras.Model(whole.input, ends, name=whole.name)
    base.trainable = False
    pixels = keras.Input(input_shape, name="pixels")
    maps = base(pixels)
    return pixels, maps if isinstance(maps, (list, tuple)) else [maps]


def resize(maps, size: tuple[int, int], name: str):
    """Return float32 maps (n, h, w, c) of another height and width, bilinearly."""
    layer = layers.Resizing(*size, interpolation="bilinear", dtype="float32", name=name)
    return layer(maps)


def build_better_fcn(
    input_shape: tuple[int, int, int] = (128, 128, 3),
    num_classes: int = 7,
    backbone: str | None = None,
    weights: str | Path | None = "imagenet",
) -> keras.Model:
    """Return a frozen backbone, and transposed convolutions up to the picture's size.

    Pixels 0 to 255 of shape (n, h, w, 3) in, float32 logits (n, h, w, num_classes) out.
    The transposed 3×3 convolutions have stride 2 and 256, 128, 64, 32 and 16 channels.

    Args:
        input_shape: (h, w, 3) of one picture; h and w multiples of 32.
        num_classes: number of logits of a pixel.
        backbone: "efficientnet_lite0" or "resnet50"; by default the profile's.
        weights: "imagenet", None for random ones, or a file, as in `build_backbone`.

    Raises:
        ValueError: an argument is not one that the model can be built from, or the
            file holds no weights of this backbone.
        FileNotFoundError: `weights` is not a file.
        BackboneUnavailable: the weights from ImageNet are not to be had.
    """
    check_picture(input_shape, multiple_of=2**HALVINGS)
    check_count("num_classes", num_classes)
    pixels, (maps,) = add_frozen(input_shape, backbone, weights, stages=1)
    logits = add_decoder(maps, FIRST, num_classes)
    return keras.Model(pixels, logits, name="better_fcn")


def build_resnet18_segmenter(
    input_shape: tuple[int, int, int] = (128, 128, 3),
    num_classes: int = 7,
    width: int = 64,
    preprocessing: keras.Layer | None = None,
) -> keras.Model:
    """Return ResNet-18 with transposed convolutions in place of its classifier.

    Pixels 0 to 255 of shape (n, h, w, c) in, float32 logits (n, h, w, num_classes) out.
    It has the stem for ImageNet, is trained from random weights, and goes up again by
    transposed 3×3 convolutions with stride 2, each with half the channels of the one
    before it.

    Args:
        input_shape: (h, w, c) of one picture; h and w multiples of 32.
        num_classes: number of logits of a pixel.
        width: channels of the first stage; each further stage has twice as many.
        preprocessing: what scales the pixels; by default a division by 255.

    Raises:
        ValueError: a shape or a count is not one that the network can take.
    """
    check_picture(input_shape, multiple_of=2**HALVINGS)
    check_count("num_classes", num_classes)
    check_count("width", width)
    pixels, scaled = add_pixels(input_shape, preprocessing)
    maps = add_stem(scaled, width, "imagenet")
    maps = add_stages(maps, (2, 2, 2, 2), width)
    logits = add_decoder(maps, 4 * width, num_classes)
    return keras.Model(pixels, logits, name="resnet18_segmenter")


def add_decoder(maps, channels: int, num_classes: int):
    """Return logits of maps that were halved five times: each layer doubles them."""
    for index in range(HALVINGS):
        maps = layers.Conv2DTranspose(
            max(channels // 2**index, 1),
            3,
            strides=2,
            padding="same",
            activation="relu",
            kernel_initializer="he_normal",
            name=f"up{index + 1}",
        )(maps)
    return layers.Conv2D(num_classes, 1, dtype="float32", name="logits")(maps)
