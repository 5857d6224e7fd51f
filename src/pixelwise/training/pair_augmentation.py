"""Pictures and their targets flipped, scaled, cropped at random, always together."""

import numpy as np

from pixelwise.training.augmentation import fold


def flip(
    images: np.ndarray, targets: np.ndarray, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return images and targets, left and right exchanged in half of the pairs.

    Args:
        images: (n, h, w, c).
        targets: what is known of each pixel, such as masks (n, h, w) or chroma
            (n, h, w, 2).
        generator: the source of randomness.

    Raises:
        ValueError: images and targets do not match.
    """
    if images.ndim != 4 or images.shape[:3] != targets.shape[:3]:
        raise ValueError(
            "images and targets: expected (n, h, w, c) and (n, h, w, …), "
            f"found {images.shape} and {targets.shape}"
        )
    mirrored = generator.random(len(images)) < 0.5
    images, targets = images.copy(), targets.copy()
    images[mirrored] = images[mirrored, :, ::-1]
    targets[mirrored] = targets[mirrored, :, ::-1]
    return images, targets


def flip_scale_crop(
    images: np.ndarray,
    masks: np.ndarray,
    generator: np.random.Generator,
    smallest: float = 0.75,
    largest: float = 1.5,
) -> tuple[np.ndarray, np.ndarray]:
    """Return images and masks, each pair mirrored or not, scaled and cropped at random.

    Left and right are exchanged in half of the pairs. A window of the scaled pair is
    cut out at random, as large as the pair was; where it is larger than the scaled
    pair, the pair goes on mirrored. Pictures are read between their pixels (bilinear),
    masks at the nearest: no label comes out that did not go in.

    Args:
        images: (n, h, w, c), integers or floats; the answer has the same dtype.
        masks: integers (n, h, w); the answer has the same dtype.
        generator: the source of randomness.
        smallest: the least scale, above 0; 0.5 shows things at half their size.
        largest: the greatest scale.

    Raises:
        ValueError: images and masks do not match, or the scales are no range.
    """
    if images.ndim != 4 or images.shape[:3] != masks.shape:
        raise ValueError(
            "images and masks: expected (n, h, w, c) and (n, h, w), "
            f"found {images.shape} and {masks.shape}"
        )
    if not 0 < smallest <= largest:
        raise ValueError(
            f"scales: expected 0 < smallest <= largest, found {smallest} and {largest}"
        )
    count, height, width = masks.shape
    scales = generator.uniform(smallest, largest, count)
    rows = window(height, scales, generator)
    columns = window(width, scales, generator)
    mirrored = generator.random(count) < 0.5
    columns[mirrored] = columns[mirrored, ::-1]
    moved, labels = np.empty_like(images), np.empty_like(masks)
    for number, places in enumerate(zip(rows, columns, strict=True)):
        moved[number] = read_between(images[number], *places)
        labels[number] = read_nearest(masks[number], *places)
    return moved, labels


def window(size: int, scales: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Return (n, size), the places along an axis that a random window shows.

    Args:
        size: pixels along the axis, of the picture and of the window.
        scales: (n,), how much each picture is enlarged.
    """
    step = 1 / scales[:, None]
    start = generator.random((len(scales), 1)) * size * (1 - step)
    # A pixel's centre lies half a pixel behind its beginning.
    return fold(start + (np.arange(size) + 0.5) * step - 0.5, size)


def read_between(
    picture: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    """Return a picture (h, w, c) read between its pixels, rounded for integers."""
    moved = read_rows(picture.astype(np.float32), rows)
    moved = read_rows(moved.swapaxes(0, 1), columns).swapaxes(0, 1)
    return np.rint(moved) if np.issubdtype(picture.dtype, np.integer) else moved


def read_rows(picture: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return a picture (h, w, c) whose rows are read between two rows."""
    above = rows.astype(int)
    below = np.minimum(above + 1, len(picture) - 1)
    share = (rows - above).astype(np.float32)[:, None, None]
    return (1 - share) * picture[above] + share * picture[below]


def read_nearest(mask: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return a mask (h, w) of the labels nearest to the places."""
    rows, columns = (np.rint(places).astype(int) for places in (rows, columns))
    return mask[rows[:, None], columns]
