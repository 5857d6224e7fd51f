"""From the colours of a mask to the category of each pixel, and to a smaller mask.

JPEG blends the colours along every edge, and halfway between two colours of the
palette there is often a third. So `shrink` matches every pixel to the nearest colour
of the palette, and then those whose colour stands nowhere in the mask as itself to the
nearest colour that does.
"""

import functools

import numpy as np

from pixelwise.data import palette
from pixelwise.data.palette import VOID

# Raise it with every change to what is decoded, or old caches hide the change.
VERSION = 2

# Distances are Euclidean, in red, green and blue of 0 to 255.
FURTHEST = 100  # what is further from every colour of the palette is void
PURE = 12  # a pixel nearer than this shows a colour as itself
SAMPLING = 9  # every ninth pixel is asked whether it does

# What the table holds: the number of a palette colour, plus BLENDED unless it is PURE.
BLENDED = 64
FAR = BLENDED - 1  # the number of what matches no colour
UNSETTLED = 254  # in place of a category: a colour that the mask does not have

LABELS = np.array([*range(len(palette.CATEGORIES)), VOID], np.uint8)
# One 64-bit number counts the votes for all eight labels, a byte for each.
VOTES = np.zeros(256, "<u8")
VOTES[LABELS] = 1 << 8 * np.arange(8, dtype=np.uint64)

_COLOURS = np.array(palette.distinct()[0])
_CATEGORIES = {rule: np.array(palette.distinct(rule)[1]) for rule in palette.RULES}
_IS_VOID = _CATEGORIES["evaluation"] == VOID

# The product of a row of terms with (red, green, blue, 1) is SHARED × (the squared
# distance less what all rows share) + the row's number: one minimum over rows finds the
# distance and the number. Every whole number here is exact in float32.
SHARED = 32
_TERMS = np.column_stack(
    [
        -2 * SHARED * _COLOURS,
        SHARED * (_COLOURS**2).sum(axis=1) + np.arange(len(_COLOURS)),
    ]
).astype(np.float32)


def decode_mask(colours: np.ndarray, rule: str = "evaluation") -> np.ndarray:
    """Return the categories uint8 (h, w) of a mask, each pixel decided by itself.

    A pixel gets the category of the nearest colour of the palette, and 255 (void) if
    that is void's or further away than `FURTHEST`. `shrink` also heeds which colours
    the mask has, as JPEG's blends need it.

    Args:
        colours: uint8 (h, w, 3), red, green and blue.
        rule: "evaluation", by which the classes that Cityscapes' own evaluation does
            not count are void, or "definition", by which they have their category.

    Raises:
        ValueError: another shape or dtype, or no such rule.
    """
    palette.check_rule(rule)
    colours = np.asarray(colours)
    if colours.dtype != np.uint8 or colours.ndim != 3 or colours.shape[2] != 3:
        raise ValueError(
            f"colours: expected uint8 (h, w, 3), found {colours.dtype} {colours.shape}"
        )
    red, green, blue = np.moveaxis(colours, 2, 0).astype(np.uint32)
    numbers = table().take(red | green << 8 | blue << 16) & BLENDED - 1
    return categories_of(np.arange(len(_COLOURS)), rule).take(numbers)


def shrink(
    packed: np.ndarray, factor: int, rule: str = "evaluation"
) -> tuple[np.ndarray, int]:
    """Return the categories of a mask made smaller, and how many pixels matched none.

    A pixel of the smaller mask, uint8 (h / factor, w / factor), gets the category that
    most pixels of its block have; of several, the first, and void last.

    Args:
        packed: integers (h, w), each red + 256 green + 65,536 blue.
        factor: 1, 2, 4 or 8; it divides h and w.
        rule: of `palette.RULES`.
    """
    # No colour is out of the table's range: "wrap" saves the check.
    numbers = table().take(packed, mode="wrap")
    present = pure_colours(numbers)
    numbers &= BLENDED - 1
    meaning = categories_of(present, rule)
    first = numbers[::factor, ::factor]
    small = meaning.take(first)
    # Most blocks are of one colour that the mask has, which leaves little to count.
    counted = small == UNSETTLED
    words = numbers.view(f"u{factor}")  # each is one row of a block
    even = first * words.dtype.type(int.from_bytes(bytes([1] * factor)))
    for row in range(factor):
        counted |= words[row::factor] != even
    chosen = np.flatnonzero(counted)
    pixels = pixels_of_blocks(chosen, packed.shape[1], factor)
    settled = settle(numbers.take(pixels), packed.take(pixels), present, rule)
    np.put(small, chosen, most_frequent(settled))
    return small, np.count_nonzero(numbers == FAR)


def pure_colours(numbers: np.ndarray) -> np.ndarray:
    """Return the numbers of the palette colours that a mask (h, w) shows as themselves.

    A mask without any, or without any blend, is taken to have them all. A colour that
    is void must fill a pixel and its four neighbours somewhere: blends of a car's blue
    with black are those of caravan and trailer, but only along an edge.
    """
    if numbers.max() < BLENDED:
        return np.arange(len(_COLOURS))
    seen = are_among(numbers.ravel()[::SAMPLING])
    for colour in np.flatnonzero(seen & _IS_VOID):
        seen[colour] = is_solid(numbers == colour)
    return np.flatnonzero(seen) if seen.any() else np.arange(len(_COLOURS))


def are_among(numbers: np.ndarray) -> np.ndarray:
    """Return whether each palette colour is among the numbers (n,), as itself."""
    return np.bincount(numbers, minlength=len(_COLOURS))[: len(_COLOURS)] > 0


def is_solid(here: np.ndarray) -> bool:
    """Return whether a pixel and its four neighbours are all true in (h, w)."""
    across = here[1:-1, 1:-1] & here[1:-1, :-2] & here[1:-1, 2:]
    return bool((across & here[:-2, 1:-1] & here[2:, 1:-1]).any())


def categories_of(present: np.ndarray, rule: str) -> np.ndarray:
    """Return the category of each number; UNSETTLED where the colour is not present."""
    meaning = np.full(BLENDED, UNSETTLED, np.uint8)
    meaning[present] = _CATEGORIES[rule][present]
    meaning[FAR] = VOID
    return meaning


def pixels_of_blocks(chosen: np.ndarray, width: int, factor: int) -> np.ndarray:
    """Return the flat indices (factor², n) of the pixels of the chosen blocks.

    Args:
        chosen: (n,), flat indices into the smaller mask.
        width: of the larger mask, in pixels.
        factor: height and width of a block.
    """
    rows = chosen // (width // factor)
    corners = chosen * factor + rows * (width * (factor - 1))
    within = np.add.outer(np.arange(factor) * width, np.arange(factor))
    return within.reshape(-1, 1) + corners


def settle(
    numbers: np.ndarray, packed: np.ndarray, present: np.ndarray, rule: str
) -> np.ndarray:
    """Return the categories of pixels, by the nearest colour that is present."""
    categories = categories_of(present, rule).take(numbers)
    blends = np.flatnonzero(categories == UNSETTLED)
    found = nearest(packed.take(blends), present)
    np.put(categories, blends, _CATEGORIES[rule][found])
    return categories


def nearest(packed: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Return for each packed colour (n,) the number of the nearest that is present.

    Of several it is the first.
    """
    colours = np.ones((4, len(packed)), np.float32)
    for channel in range(3):
        colours[channel] = packed >> 8 * channel & 255
    return (_TERMS[present] @ colours).min(0).astype(np.int32) & SHARED - 1


def most_frequent(categories: np.ndarray) -> np.ndarray:
    """Return the most frequent label in each column (m, n); of several, the first.

    Void comes last. There are at most 255 rows.
    """
    votes = VOTES.take(categories).sum(0).view(np.uint8).reshape(-1, 8)
    return LABELS.take(votes.argmax(1))


@functools.cache
def table() -> np.ndarray:
    """Return what every colour is in the palette: uint8, for all 2**24 colours.

    That is the number of the nearest palette colour (of several, the first), plus
    BLENDED unless it is PURE; or FAR + BLENDED. The index is red + 256 green +
    65,536 blue. It takes 16 MB, and is made once, in a fraction of a second.
    """
    squares = (np.arange(256) - _COLOURS.T[:, :, None]) ** 2 * BLENDED
    red, green, blue = squares.astype(np.int32)  # each (colours, 256)
    plane = (green[:, :, None] + red[:, None, :]).reshape(len(_COLOURS), -1)
    plane += np.arange(len(_COLOURS), dtype=np.int32)[:, None]
    made = np.empty((256, 256 * 256), np.uint8)
    best, other = np.empty((2, 256 * 256), np.int32)
    for level in range(256):
        np.add(plane[0], blue[0, level], out=best)
        for number in range(1, len(_COLOURS)):
            np.add(plane[number], blue[number, level], out=other)
            # The number stands below the distance, so one minimum keeps both.
            np.minimum(best, other, out=best)
        made[level] = entries(best)
    return made.ravel()


def entries(best: np.ndarray) -> np.ndarray:
    """Return the table's entries, from BLENDED × squared distances plus numbers."""
    numbers = (best & BLENDED - 1) + BLENDED * (best >= BLENDED * PURE**2)
    return np.where(best < BLENDED * (FURTHEST**2 + 1), numbers, FAR + BLENDED)
