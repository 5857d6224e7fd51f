"""How far the colours of pictures are from the true ones, and how vivid they are."""

import numpy as np
from skimage import color

from pixelwise.data import colour

NEAR, FAR = 1, 4  # pixels to both sides of an edge
LEAST_CONTRAST = 0.02  # with less, the sharpness would be that of noise


def psnr(truth: np.ndarray, guess: np.ndarray) -> float:
    """Return the peak signal-to-noise ratio in decibels, of all pictures together.

    It is 10 log10(255² / m), m being the mean square of all differences; infinite for
    equal pictures.

    Args:
        truth: (…, h, w, 3), uint8.
        guess: of the same shape and dtype.

    Raises:
        ValueError: another shape or dtype, or no pixel.
    """
    check_pair(truth, guess)
    square = np.mean((truth.astype(np.float32) - guess) ** 2, dtype=np.float64)
    return float(10 * np.log10(255**2 / square)) if square else float("inf")


def ciede2000(truth: np.ndarray, guess: np.ndarray) -> np.ndarray:
    """Return the colour difference ΔE00 at each pixel, float32 (…, h, w).

    About 1 can just be seen where both colours lie side by side. CIE 142-2001; Luo,
    Cui and Rigg 2001. Arguments and errors are those of `psnr`.
    """
    check_pair(truth, guess)
    labs = [colour.rgb_to_lab(pictures) for pictures in (truth, guess)]
    found = np.empty(truth.shape[:-1], np.float32)
    for place in np.ndindex(truth.shape[:-3]):  # one by one, to spare memory
        found[place] = color.deltaE_ciede2000(*(lab[place] for lab in labs))
    return found


def colourfulness(images: np.ndarray) -> np.ndarray:
    """Return how colourful each picture is, float64 (n,); 0 for a grey one.

    With rg = R - G and yb = (R + G) / 2 - B over a picture's pixels it is
    √(σ²(rg) + σ²(yb)) + 0.3 √(μ²(rg) + μ²(yb)). Hasler and Süsstrunk 2003, "Measuring
    colorfulness in natural images", call 15 slightly, 33 moderately and 59 quite so.

    Args:
        images: (n, h, w, 3), uint8.

    Raises:
        ValueError: another shape or dtype, or no pixel.
    """
    check_pair(images, images)
    if images.ndim != 4:
        raise ValueError(f"images: expected (n, h, w, 3), found {images.shape}")
    red, green, blue = np.moveaxis(images.astype(np.float64), -1, 0)
    opponents = np.stack([red - green, (red + green) / 2 - blue])
    spread = np.sqrt(opponents.var(axis=(2, 3)).sum(axis=0))
    distance = np.sqrt((opponents.mean(axis=(2, 3)) ** 2).sum(axis=0))
    return spread + 0.3 * distance


def chroma_edges(
    truth: np.ndarray, guess: np.ndarray, share: float = 0.05
) -> tuple[float, float]:
    """Return contrast and sharpness of the guess' chroma where the truth has edges.

    An edge is a place, and a direction along rows or columns, where the true chroma
    (a, b) changes most over two pixels. Let t be that change as a unit vector, and
    near and far be the changes over two and over eight pixels about the place, along t,
    summed over all edges. **Contrast** is far(guess) / far(truth): which share of the
    true step is made at all. **Sharpness** is near / far of the guess, divided by
    near / far of the truth: whether the step is made within as few pixels as in truth,
    however small it is. Both are 1 for the truth itself. A guess with less than a
    fiftieth of the contrast, such as a grey one, has sharpness NaN.

    Args:
        truth: (n, h, w, 3), uint8, h and w larger than 8.
        guess: of the same shape and dtype.
        share: of the places, those with the largest changes, which count as edges.

    Raises:
        ValueError: another shape or dtype, or pictures too small or without an edge.
    """
    check_pair(truth, guess)
    if truth.ndim != 4 or min(truth.shape[1:3]) <= 2 * FAR:
        raise ValueError(
            f"truth: expected (n, h, w, 3), h and w above {2 * FAR}, "
            f"found {truth.shape}"
        )
    chromas = [colour.rgb_to_lab(pictures)[..., 1:] for pictures in (truth, guess)]
    (near, far), (guess_near, guess_far) = map(changes, chromas)
    size = np.linalg.norm(near, axis=-1)
    edges = size >= max(np.quantile(size, 1 - share), 1e-6)
    if not edges.any():
        raise ValueError("truth: expected a change of chroma, found none")
    along = near[edges] / size[edges, None]
    sums = [
        float(np.sum(along * change[edges], dtype=np.float64))
        for change in (near, far, guess_near, guess_far)
    ]
    contrast = sums[3] / sums[1]
    if contrast < LEAST_CONTRAST:
        return contrast, float("nan")
    return contrast, sums[2] / sums[3] / (sums[0] / sums[1])


def changes(chroma: np.ndarray) -> list[np.ndarray]:
    """Return the changes over two and eight pixels about each place, each (m, 2).

    Places are those at least four pixels from all sides; along rows first, then along
    columns.
    """
    height, width = chroma.shape[1:3]
    rows, columns = slice(FAR, height - FAR), slice(FAR, width - FAR)

    def moved(by: int, axis: int) -> np.ndarray:
        """Return the chroma `by` pixels further on, at the places."""
        shifted = np.roll(chroma, -by, axis=axis)  # what comes round is never read
        return shifted[:, rows, columns].reshape(-1, 2)

    return [
        np.concatenate([moved(by, axis) - moved(-by, axis) for axis in (2, 1)])
        for by in (NEAR, FAR)
    ]


def check_pair(truth: np.ndarray, guess: np.ndarray) -> None:
    """Raise ValueError unless both are uint8 pictures (…, h, w, 3) of one shape."""
    for name, pictures in (("truth", truth), ("guess", guess)):
        colour.check_channels(name, np.asarray(pictures), 3)
        if np.asarray(pictures).dtype != np.uint8:
            raise ValueError(f"{name}: expected uint8, found {pictures.dtype}")
    if np.shape(truth) != np.shape(guess):
        raise ValueError(
            "truth and guess: expected one shape, "
            f"found {np.shape(truth)} and {np.shape(guess)}"
        )
