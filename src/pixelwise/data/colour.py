"""Colours as a lightness and two chroma channels: CIE Lab, for colorization.

«Chroma» is the pair (a, b) here; in colour science it is the pair's length.
"""

import warnings
from collections.abc import Callable

import numpy as np
from skimage import color

# What a network reads and predicts: lightness L from 0 to 100 as -1 to 1, and chroma
# (a, b) divided by 110, which brings all that sRGB can show to within -1 to 1.
HALF_LIGHTNESS = 50.0
CHROMA = 110.0

AT_ONCE = 1 << 17  # pixels converted at a time: in double precision, many times over


def rgb_to_lab(images: np.ndarray) -> np.ndarray:
    """Return pictures in CIE Lab, float32 of the same shape.

    L is from 0 (black) to 100 (white); a is negative for green and positive for red, b
    for blue and yellow, from -86 to 98 and from -108 to 94 in sRGB. The white is D65.

    Args:
        images: (…, h, w, 3) sRGB, uint8, or floats from 0 to 1.

    Raises:
        ValueError: another dtype, shape or range, or no pixel.
    """
    images = np.asarray(images)
    check_channels("images", images, 3)
    check_rgb(images)
    return converted(color.rgb2lab, images, np.float32)


def lab_to_rgb(lab: np.ndarray) -> np.ndarray:
    """Return pictures in sRGB, uint8 of the same shape.

    A colour that no sRGB screen can show is cut to the range of each of its channels,
    which changes its lightness, too.

    Args:
        lab: (…, h, w, 3), floats: L from 0 to 100, a and b.

    Raises:
        ValueError: another shape, no pixel, L out of its range, or not finite.
    """
    lab = np.asarray(lab)
    check_channels("lab", lab, 3)
    check_range("lab, L", lab[..., 0], 0, 100)
    check_range("lab, a and b", lab[..., 1:], -1000, 1000)
    with warnings.catch_warnings():
        # Of blues that do not exist; they are cut to what a screen can show.
        warnings.filterwarnings("ignore", "Conversion from CIE-LAB", UserWarning)
        return converted(screen_colours, lab, np.uint8)


def screen_colours(lab: np.ndarray) -> np.ndarray:
    """Return colours (…, 3) in sRGB, 0 to 255, rounded."""
    return np.rint(255 * color.lab2rgb(lab))


def converted(
    convert: Callable[[np.ndarray], np.ndarray], images: np.ndarray, dtype: type
) -> np.ndarray:
    """Return what `convert` makes of pixels (…, 3), some at a time, to spare memory."""
    pixels = images.reshape(-1, 3)
    found = np.empty(pixels.shape, dtype)
    for first in range(0, len(pixels), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        found[part] = convert(pixels[part])
    return found.reshape(images.shape)


def split_lightness(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what a colorizer reads and what it has to say, both float32.

    Lightness (…, h, w, 1) is L / 50 - 1, from -1 to 1; chroma (…, h, w, 2) is a and b
    divided by 110. `join_chroma` is the way back.

    Args:
        images: (…, h, w, 3) sRGB, uint8, or floats from 0 to 1.

    Raises:
        ValueError: as in `rgb_to_lab`.
    """
    lab = rgb_to_lab(images)
    return lab[..., :1] / HALF_LIGHTNESS - 1, lab[..., 1:] / CHROMA


def join_chroma(lightness: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """Return pictures uint8 (…, h, w, 3) in sRGB from lightness and chroma.

    Args:
        lightness: (…, h, w, 1), -1 to 1, as from `split_lightness`.
        chroma: (…, h, w, 2), a and b divided by 110; it may have fewer axes, such as
            the one colour (2,) that is put everywhere.

    Raises:
        ValueError: a shape or a range is another, or there is no pixel.
    """
    lightness, chroma = np.asarray(lightness), np.asarray(chroma)
    check_channels("lightness", lightness, 1)
    check_range("lightness", lightness, -1, 1)
    wanted = (*lightness.shape[:-1], 2)
    try:
        chroma = np.broadcast_to(chroma, wanted)
    except ValueError:
        raise ValueError(
            f"chroma: expected {wanted} beside lightness {lightness.shape}, "
            f"found {chroma.shape}"
        ) from None
    light = np.clip((lightness + 1) * HALF_LIGHTNESS, 0, 100)  # of rounding
    return lab_to_rgb(np.concatenate([light, chroma * CHROMA], axis=-1))


def check_channels(name: str, array: np.ndarray, channels: int) -> None:
    """Raise ValueError unless an array is (…, h, w, channels) with at least a pixel."""
    if array.ndim < 3 or array.shape[-1] != channels or array.size == 0:
        raise ValueError(
            f"{name}: expected (…, h, w, {channels}) with at least one pixel, "
            f"found {array.shape}"
        )


def check_rgb(images: np.ndarray) -> None:
    """Raise ValueError unless pictures are uint8, or floats from 0 to 1."""
    if images.dtype == np.uint8:
        return
    if not np.issubdtype(images.dtype, np.floating):
        raise ValueError(
            "images: expected uint8 from 0 to 255 or floats from 0 to 1, "
            f"found {images.dtype}"
        )
    check_range("images as floats", images, 0, 1)


def check_range(name: str, array: np.ndarray, least: float, most: float) -> None:
    """Raise ValueError unless all of an array is within a range, to a thousandth."""
    slack = 1e-3 * (most - least)
    lowest, highest = array.min(), array.max()
    # Not-a-number fails each comparison, so it is found by asking for what is right.
    if not (lowest >= least - slack and highest <= most + slack):
        raise ValueError(
            f"{name}: expected {least:g} to {most:g}, found {lowest:g} to {highest:g}"
        )
