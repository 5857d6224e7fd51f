"""The colorizer of chapter 8: a U-Net from lightness to chroma."""

import keras
from keras import layers

from pixelwise.models.arguments import check_count, check_picture
from pixelwise.models.unet import HALVINGS, add_unet

CHROMA_CHANNELS = 2


def build_colorizer(
    input_shape: tuple[int, int, int] = (128, 128, 1),
    width: int = 64,
    skips: bool = True,
    batch_norm: bool = False,
    num_bins: int | None = None,
) -> keras.Model:
    """Return a U-Net that says a colour for each pixel.

    Lightness (n, h, w, 1) in, L / 50 - 1, as `data.colour.split_lightness` gives it.
    Out: float32 chroma (n, h, w, 2), a and b divided by 110, nearly grey as it begins;
    or, with `num_bins`, a float32 logit for each of so many bins of chroma.
    To say chroma it has 31,030,658 parameters.

    Args:
        input_shape: (h, w, 1) of one picture; h and w multiples of 16.
        width: channels of the first level; each of the four below has twice as many.
        skips: whether the maps on the way up are joined to those of the same size on
            the way down; without them it is a plain encoder and decoder.
        batch_norm: whether every convolution but the last is followed by batch norm,
            in place of a bias.
        num_bins: number of logits of a pixel; None for chroma itself.

    Raises:
        ValueError: a shape or a count is not one that the network can take.
    """
    check_picture(input_shape, multiple_of=2**HALVINGS)
    if input_shape[2] != 1:
        raise ValueError(
            "input_shape: expected one channel, the lightness, "
            f"found {input_shape[2]} in {tuple(input_shape)}"
        )
    check_count("width", width)
    lightness = keras.Input(input_shape, name="lightness")
    maps = add_unet(lightness, width, batch_norm, skips)
    if num_bins is None:
        last = chroma_layer()
    else:
        check_count("num_bins", num_bins)
        last = layers.Conv2D(num_bins, 1, dtype="float32", name="logits")
    return keras.Model(lightness, last(maps), name="colorizer")


def chroma_layer() -> layers.Layer:
    """Return the last convolution, whose small first weights say nearly grey."""
    return layers.Conv2D(
        CHROMA_CHANNELS,
        1,
        kernel_initializer=keras.initializers.RandomNormal(stddev=1e-3),
        dtype="float32",
        name="chroma",
    )
