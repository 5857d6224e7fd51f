"""Pictures and what belongs to their pixels changed at random, always together."""

import numpy as np

from pixelwise.augmentation import fold


def flip_scale_crop(
    images: np.ndarray,
    targets: np.ndarray,
    generator: np.random.Generator,
    smallest: float = 0.75,
    largest: float = 1.5,
) -> tuple[np.ndarray, np.ndarray]:
    """Return images and targets, each pair mirrored or not, scaled and cropped.

    Left and right are exchanged in half of the pairs. A window of the scaled pair is
    cut out at random, as large as the pair was; where it is larger than the scaled
    pair, the pair goes on mirrored. Pictures and maps are read between their pixels
    (bilinear), masks at the nearest: no label comes out that did not go in.

    Args:
        images: (n, h, w, c), integers or floats; the answer has the same dtype.
        targets: masks, integers (n, h, w), or maps such as chroma, floats
            (n, h, w, k); the answer has the same dtype.
        generator: the source of randomness.
        smallest: the least scale, above 0; 0.5 shows things at half their size.
        largest: the greatest scale.

    Raises:
        ValueError: images and targets do not match, or the scales are no range.
    """
    check_pairs(images, targets)
    if not 0 < smallest <= largest:
        raise ValueError(
            f"scales: expected 0 < smallest <= largest, found {smallest} and {largest}"
        )
    count, height, width = images.shape[:3]
    scales = generator.uniform(smallest, largest, count)
    rows = window(height, scales, generator)
    columns = window(width, scales, generator)
    mirrored = generator.random(count) < 0.5
    columns[mirrored] = columns[mirrored, ::-1]
    moved, moved_targets = np.empty_like(images), np.empty_like(targets)
    read_target = read_nearest if targets.ndim == 3 else read_between
    for number, places in enumerate(zip(rows, columns, strict=True)):
        moved[number] = read_between(images[number], *places)
        moved_targets[number] = read_target(targets[number], *places)
    return moved, moved_targets


def check_pairs(images: np.ndarray, targets: np.ndarray) -> None:
    """Raise ValueError unless targets are the masks or the maps of the images."""
    # Labels with a channel axis would be read between, and blended.
    is_map = targets.ndim == 4 and np.issubdtype(targets.dtype, np.floating)
    paired = images.ndim == 4 and images.shape[:3] == targets.shape[:3]
    if not (paired and (targets.ndim == 3 or is_map)):
        raise ValueError(
            "images and targets: expected (n, h, w, c) and masks (n, h, w) or maps "
            f"(n, h, w, k) of floats, found {images.shape} and {targets.shape} of "
            f"{targets.dtype}"
        )


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
