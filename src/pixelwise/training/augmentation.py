"""Pictures changed at random: turned, stretched and blurred, or covered in part."""

import numpy as np


def flip_and_shift(
    images: np.ndarray, labels: np.ndarray, generator: np.random.Generator, by: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Return images mirrored at random and moved by up to `by` pixels; same labels.

    What is uncovered at the edges is filled with the mirrored picture.

    Args:
        images: (n, h, w, c).
        labels: (n, …), returned as they are.
        generator: the source of randomness.
        by: the furthest shift along each axis, in pixels.
    """
    count, height, width = images.shape[:3]
    rows = generator.integers(0, 2 * by + 1, (count, 1)) + np.arange(height)
    columns = generator.integers(0, 2 * by + 1, (count, 1)) + np.arange(width)
    mirrored = generator.random(count) < 0.5
    columns[mirrored] = columns[mirrored, ::-1]
    padded = np.pad(images, ((0, 0), (by, by), (by, by), (0, 0)), mode="reflect")
    each = np.arange(count)[:, None, None]
    return padded[each, rows[:, :, None], columns[:, None, :]], labels


def rotate_blur_stretch(
    images: np.ndarray,
    labels: np.ndarray,
    generator: np.random.Generator,
    angle: float = 10.0,
    stretch: float = 0.1,
    blur: float = 0.25,
) -> tuple[np.ndarray, np.ndarray]:
    """Return images turned, stretched and blurred, each at random; same labels.

    What is uncovered at the edges is filled with the mirrored picture.

    Args:
        images: (n, h, w, c), integers or floats; the answer has the same dtype.
        labels: (n, …), returned as they are.
        generator: the source of randomness.
        angle: the furthest turn to either side, in degrees.
        stretch: height and width are each multiplied by 1 - stretch to 1 + stretch.
        blur: the largest share that a pixel gives to each neighbour along an axis.
    """
    count = len(images)
    turns = np.radians(generator.uniform(-angle, angle, count))
    factors = generator.uniform(1 - stretch, 1 + stretch, (count, 2))
    shares = generator.uniform(0, blur, count)
    moved = warp(images, rotations(turns) / factors[:, :, None])
    blurred = blur_pictures(moved, shares)
    if np.issubdtype(images.dtype, np.integer):
        blurred = np.rint(blurred)
    return blurred.astype(images.dtype), labels


def cut_out(
    images: np.ndarray,
    labels: np.ndarray,
    generator: np.random.Generator,
    size: int = 8,
) -> tuple[np.ndarray, np.ndarray]:
    """Return images with a square of each covered, anywhere in it; same labels.

    The square has the mean colour of all images. DeVries and Taylor 2017,
    arXiv:1708.04552, who let it hang over the edge.

    Args:
        images: (n, h, w, c), integers or floats; the answer has the same dtype.
        labels: (n, …), returned as they are.
        generator: the source of randomness.
        size: the square's side in pixels, at most h and w.

    Raises:
        ValueError: the square does not fit into the pictures.
    """
    count, height, width = images.shape[:3]
    largest = min(height, width)
    if not 1 <= size <= largest:
        raise ValueError(f"size: expected 1 to {largest} pixels, found {size}")
    rows = covered(generator.integers(0, height - size + 1, count), size, height)
    columns = covered(generator.integers(0, width - size + 1, count), size, width)
    square = (rows[:, :, None] & columns[:, None, :])[..., None]
    mean = images.mean(axis=(0, 1, 2)).astype(images.dtype)
    return np.where(square, mean, images), labels


def covered(firsts: np.ndarray, size: int, length: int) -> np.ndarray:
    """Return a Boolean array (n, length): `size` places from each first one on."""
    places = np.arange(length) - firsts[:, None]
    return (places >= 0) & (places < size)


def rotations(turns: np.ndarray) -> np.ndarray:
    """Return (n, 2, 2): from (row, column) in the turned picture to the old one.

    Args:
        turns: (n,) in radians; a positive one turns a picture counter-clockwise.
    """
    cosine, sine = np.cos(turns), np.sin(turns)
    rows = [np.stack([cosine, sine], -1), np.stack([-sine, cosine], -1)]
    return np.stack(rows, axis=1)


def warp(images: np.ndarray, matrices: np.ndarray) -> np.ndarray:
    """Return float32 images (n, h, w, c), each pixel read from somewhere else.

    Args:
        images: (n, h, w, c).
        matrices: (n, 2, 2), from a (row, column) of the answer to that of the picture,
            both counted from the picture's centre.
    """
    height, width = images.shape[1:3]
    rows = np.arange(height, dtype="float32") - (height - 1) / 2
    columns = np.arange(width, dtype="float32") - (width - 1) / 2
    to_row, to_column = matrices.astype("float32").transpose(1, 2, 0)[..., None, None]
    sources = [
        vertical * rows[:, None] + horizontal * columns
        for vertical, horizontal in (to_row, to_column)
    ]
    return sample(
        images,
        fold(sources[0] + (height - 1) / 2, height),
        fold(sources[1] + (width - 1) / 2, width),
    )


def fold(places: np.ndarray, size: int) -> np.ndarray:
    """Return places from 0 to size - 1: those beyond an edge are mirrored back."""
    last = max(size - 1, 1)
    return np.minimum(np.abs((places + last) % (2 * last) - last), size - 1)


def sample(images: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return float32 images (n, h, w, c) read between pixels (bilinear).

    Args:
        images: (n, h, w, c).
        rows: (n, h, w), from 0 to h - 1.
        columns: (n, h, w), from 0 to w - 1.
    """
    count, height, width, channels = images.shape
    flat = images.reshape(-1, channels).astype("float32")
    first = np.arange(count)[:, None, None] * (height * width)
    top, left = rows.astype(int), columns.astype(int)
    answer = np.zeros(images.shape, "float32")
    for row, vertical in ((top, 1 - rows + top), (top + 1, rows - top)):
        for column, share in ((left, 1 - columns + left), (left + 1, columns - left)):
            # Where the next row or column does not exist, its share is 0.
            place = np.minimum(row, height - 1) * width + np.minimum(column, width - 1)
            answer += (vertical * share)[..., None] * flat[first + place]
    return answer


def blur_pictures(images: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return float32 images (n, h, w, c) blurred along both axes by 3 pixels each.

    Args:
        images: (n, h, w, c).
        shares: (n,), what each pixel takes from either neighbour along an axis.
    """
    share = shares.astype("float32")[:, None, None, None]
    for axis in (1, 2):
        padding = [(0, 0)] * 4
        padding[axis] = (1, 1)
        size = images.shape[axis]
        padded = np.pad(images, padding, mode="reflect" if size > 1 else "edge")
        before, after = (
            np.take(padded, range(first, first + size), axis) for first in (0, 2)
        )
        images = (1 - 2 * share) * images + share * (before + after)
    return images
