"""The U-Net of chapter 7: down and up again, with what was seen on the way down."""

import keras
from keras import layers

from pixelwise.models.arguments import check_count, check_picture
from pixelwise.models.pixels import add_pixels
from pixelwise.models.resnet import add_convolution

HALVINGS = 4


def build_unet(
    input_shape: tuple[int, int, int] = (128, 128, 3),
    num_classes: int = 7,
    width: int = 64,
    batch_norm: bool = False,
    skips: bool = True,
    preprocessing: keras.Layer | None = None,
) -> keras.Model:
    """Return a U-Net: a logit for each category at each pixel.

    Pixels 0 to 255 of shape (n, h, w, c) in, float32 logits (n, h, w, num_classes) out.
    With three channels and seven categories it has 31,032,135 parameters. Ronneberger,
    Fischer and Brox 2015, arXiv:1505.04597; here with zero padding, so that the answer
    is as large as the picture.

    Args:
        input_shape: (h, w, c) of one picture; h and w multiples of 16.
        num_classes: number of logits of a pixel.
        width: channels of the first level; each of the four below has twice as many.
        batch_norm: whether every convolution but the last is followed by batch norm,
            in place of a bias; published without.
        skips: whether the maps on the way up are joined to those of the same size on
            the way down.
        preprocessing: what scales the pixels; by default a division by 255.

    Raises:
        ValueError: a shape or a count is not one that the network can take.
    """
    check_picture(input_shape, multiple_of=2**HALVINGS)
    check_count("num_classes", num_classes)
    check_count("width", width)
    pixels, scaled = add_pixels(input_shape, preprocessing)
    maps = add_unet(scaled, width, batch_norm, skips)
    logits = layers.Conv2D(num_classes, 1, dtype="float32", name="logits")(maps)
    return keras.Model(pixels, logits, name="unet")


def add_unet(maps, width: int, batch_norm: bool = False, skips: bool = True):
    """Return the last maps (n, h, w, width) of a U-Net on maps (n, h, w, c)."""
    levels = []
    for level in range(HALVINGS):
        maps = add_pair(maps, width * 2**level, f"down{level + 1}", batch_norm)
        levels.append(maps)
        maps = layers.MaxPooling2D(2, name=f"down{level + 1}_pool")(maps)
    maps = add_pair(maps, width * 2**HALVINGS, "bottom", batch_norm)
    for level in reversed(range(HALVINGS)):
        across = levels[level] if skips else None
        name = f"up{level + 1}"
        maps = add_expansion(maps, across, width * 2**level, name, batch_norm)
    return maps


def add_pair(maps, channels: int, name: str, batch_norm: bool):
    """Return two 3×3 convolutions of maps, each with ReLU."""
    for index in (1, 2):
        maps = add_convolution(maps, channels, 3, 1, f"{name}_{index}", batch_norm)
    return maps


def add_expansion(maps, across, channels: int, name: str, batch_norm: bool):
    """Return maps of twice the height and width, joined to those `across`, if any."""
    maps = layers.UpSampling2D(2, name=f"{name}_larger")(maps)
    maps = add_convolution(maps, channels, 2, 1, f"{name}_half", batch_norm)
    if across is not None:
        maps = layers.Concatenate(name=f"{name}_join")([across, maps])
    return add_pair(maps, channels, name, batch_norm)
