"""Chroma as one of many bins, so that a network can say several colours at once.

After Zhang, Isola and Efros 2016, "Colorful image colorization", arXiv:1603.08511.
There bins are 10 apart, the 313 that sRGB can show are kept, and a pixel's truth is
shared among its five nearest bins. Here they are 5 apart, since streets are dull, only
those that occur are kept, and the truth is one bin. The shares are smoothed by the same
Gaussian, σ = 5, which is a whole bin here and half of one there.
"""

import numpy as np

from pixelwise.data.colour import CHROMA

STEP = 5.0  # of a and b, between neighbouring bins
REACH = round(CHROMA / STEP)  # bins from grey to the end of the range
MOST = 256  # bins, so that a pixel's takes one byte


def centres_of(chroma: np.ndarray, least: float = 1e-4) -> np.ndarray:
    """Return the bins that pictures need: centres (bins, 2), float32, in chroma.

    They lie on a grid, 5 apart in a and b, which has a bin at grey. Of its bins those
    are kept that hold at least a share of `least` of the pixels, and of these the 256
    that hold most.

    Args:
        chroma: (…, 2), a and b divided by 110, as from `split_lightness`.
        least: share of the pixels, 0 to 1.

    Raises:
        ValueError: the last axis is not of two, or no bin has that share.
    """
    if np.shape(chroma)[-1:] != (2,) or np.size(chroma) == 0:
        raise ValueError(f"chroma: expected (…, 2), found {np.shape(chroma)}")
    a, b = (cell_of(np.ravel(chroma[..., channel])) for channel in (0, 1))
    side = 2 * REACH + 1
    counts = np.bincount((a + REACH).astype(int) * side + b + REACH, minlength=side**2)
    kept = np.argsort(-counts, kind="stable")[:MOST]
    kept = np.sort(kept[counts[kept] >= max(least * len(a), 1)])
    if not len(kept):
        raise ValueError(f"least: expected a share that a bin has, found {least}")
    cells = np.stack(np.divmod(kept, side), axis=-1) - REACH
    return (cells * (STEP / CHROMA)).astype(np.float32)


def nearest(chroma: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the number of each pixel's bin, uint8, of the shape without last axis.

    A pixel whose own bin was not kept gets the kept one that is nearest to it.

    Args:
        chroma: (…, 2).
        centres: (bins, 2), as from `centres_of`.
    """
    cells = np.arange(-REACH, REACH + 1) * (STEP / CHROMA)
    grid = np.stack(np.meshgrid(cells, cells, indexing="ij"), axis=-1)
    apart = ((grid[:, :, None] - centres) ** 2).sum(axis=-1)
    table = apart.argmin(axis=-1).astype(np.uint8)
    a, b = (cell_of(chroma[..., channel]) + REACH for channel in (0, 1))
    return table[a, b]


def cell_of(chroma: np.ndarray) -> np.ndarray:
    """Return which cell of the grid a or b lies in, int16; 0 is that of grey."""
    return np.rint(chroma * (CHROMA / STEP)).astype(np.int16)


def smooth(shares: np.ndarray, centres: np.ndarray, width: float = 5.0) -> np.ndarray:
    """Return shares (bins,) smoothed by a Gaussian over a and b; they sum to 1.

    Args:
        shares: of the pixels, (bins,).
        centres: (bins, 2), in chroma.
        width: the Gaussian's standard deviation, in units of a and b.
    """
    apart = (centres[:, None] - centres[None]) * CHROMA
    weights = np.exp(-(apart**2).sum(axis=-1) / (2 * width**2))
    smoothed = (weights / weights.sum(axis=0)) @ shares
    return smoothed / smoothed.sum()


def rebalance(shares: np.ndarray, mixed: float = 0.5) -> np.ndarray:
    """Return the weight of each bin in the loss, float32 (bins,).

    Proportional to 1 / ((1 - λ) p + λ / Q) for Q bins with shares p, so that they are 1
    on average over the shares: Σ p w = 1.

    Args:
        shares: p, (bins,), which sum to 1.
        mixed: λ, the part of the equal shares in the mixture.
    """
    weights = 1 / ((1 - mixed) * shares + mixed / len(shares))
    return (weights / np.sum(shares * weights)).astype(np.float32)


def annealed_mean(
    logits: np.ndarray, centres: np.ndarray, temperature: float = 0.38
) -> np.ndarray:
    """Return the chroma (…, 2), float32, that logits (…, bins) stand for.

    It is the mean of the bins under softmax(logits / T): T = 1 gives the mean of the
    predicted distribution, T towards 0 its most probable bin.

    Args:
        logits: (…, bins).
        centres: (bins, 2).
        temperature: T, above 0.

    Raises:
        ValueError: T is not above 0, or there are not as many bins as logits.
    """
    if not temperature > 0:
        raise ValueError(f"temperature: expected a number above 0, found {temperature}")
    if np.shape(logits)[-1] != len(centres):
        raise ValueError(
            f"logits: expected {len(centres)}, one for each bin, "
            f"found {np.shape(logits)[-1]}"
        )
    scaled = np.asarray(logits, np.float32) / temperature
    shares = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return shares @ centres / shares.sum(axis=-1, keepdims=True)
