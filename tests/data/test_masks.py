"""Colours become categories at full size, and no colour is ever blended."""

import io

import numpy as np
import pytest
from PIL import Image

from pixelwise.data import masks, palette

COLOURS, CATEGORIES = (np.array(part) for part in palette.distinct())


def pack(colours: np.ndarray) -> np.ndarray:
    red, green, blue = np.moveaxis(colours.astype(np.uint32), 2, 0)
    return red + 256 * green + 65_536 * blue


def nearest_categories(colours: np.ndarray, choice: np.ndarray) -> np.ndarray:
    """Return categories by comparing every pixel with every colour of the choice."""
    away = ((colours[:, :, None].astype(int) - COLOURS[choice]) ** 2).sum(-1)
    return CATEGORIES[choice][away.argmin(-1)]


def majority(categories: np.ndarray, factor: int) -> np.ndarray:
    """Return the first of the most frequent labels of each block, void last."""
    made = np.empty(np.array(categories.shape) // factor, np.uint8)
    for place in np.ndindex(made.shape):
        row, column = np.array(place) * factor
        block = categories[row : row + factor, column : column + factor]
        made[place] = np.bincount(block.ravel(), minlength=256).argmax()
    return made


def stripes_and_blobs(seed: int = 0) -> np.ndarray:
    """Return a mask of 64 × 64 colours with edges of all kinds and thin lines."""
    generator = np.random.default_rng(seed)
    numbers = np.repeat(np.repeat(generator.integers(0, 29, (8, 8)), 8, 0), 8, 1)
    numbers[:, 21] = 12
    numbers[40:44, 10:50] = 3
    return COLOURS[numbers].astype(np.uint8)


def through_jpeg(colours: np.ndarray, quality: int = 90) -> np.ndarray:
    written = io.BytesIO()
    Image.fromarray(colours).save(written, "JPEG", quality=quality)
    return np.asarray(Image.open(written))


def test_every_class_is_decoded_to_its_category():
    colours = np.array([[entry.colour for entry in palette.CLASSES]], np.uint8)
    expected = [[entry.category for entry in palette.CLASSES]]
    found = masks.decode_mask(colours, rule="definition")
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.uint8


def test_what_cityscapes_does_not_evaluate_is_decoded_to_void():
    names = ["parking", "rail track", "guard rail", "bridge", "tunnel", "caravan"]
    colours = [palette.colour_of(name) for name in [*names, "trailer"]]
    assert set(masks.decode_mask(np.array([colours], np.uint8))[0]) == {255}
    counted = np.array([[palette.colour_of("pole"), palette.colour_of("car")]])
    assert masks.decode_mask(counted.astype(np.uint8)).tolist() == [[2, 6]]


def test_a_lossless_mask_loses_nothing():
    colours = np.full((64, 64, 3), palette.colour_of("road"), np.uint8)
    colours[10, 11] = palette.colour_of("person")
    colours[20:22, 30] = palette.colour_of("caravan")
    found, unmatched = masks.shrink(pack(colours), 1)
    expected = np.zeros((64, 64), int)
    expected[10, 11], expected[20:22, 30] = 5, 255
    np.testing.assert_array_equal(found, expected)
    assert unmatched == 0


def test_the_rim_of_a_car_is_neither_caravan_nor_trailer():
    colours = np.full((64, 64, 3), palette.colour_of("static"), np.uint8)
    colours[17:47, 17:47] = palette.colour_of("car")
    found, _ = masks.shrink(pack(through_jpeg(colours)), 1)
    assert (found[17:47, 17:47] == 6).mean() > 0.99
    colours[17:47, 17:47] = palette.colour_of("caravan")
    found, _ = masks.shrink(pack(through_jpeg(colours)), 1)
    assert (found[18:46, 18:46] == 255).mean() > 0.9


def test_any_colour_goes_to_the_nearest_and_to_void_when_far_from_all():
    colours = np.random.default_rng(0).integers(0, 256, (60, 40, 3), np.uint8)
    expected = nearest_categories(colours, np.arange(len(COLOURS)))
    away = ((colours[:, :, None].astype(int) - COLOURS) ** 2).sum(-1).min(-1)
    expected[away > 100**2] = 255
    assert (away > 100**2).any()
    np.testing.assert_array_equal(masks.decode_mask(colours), expected)


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 255, 0), (0, 255, 255)])
def test_colours_like_none_of_the_palette_are_void_and_counted(colour):
    colours = np.full((8, 8, 3), colour, np.uint8)
    assert (masks.decode_mask(colours) == 255).all()
    small, unmatched = masks.shrink(pack(colours), 2)
    assert (small == 255).all() and unmatched == 64


@pytest.mark.parametrize(
    "colours",
    [
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((1, 4, 4, 3), np.uint8),
        np.zeros((4, 4, 3), np.int64),
        np.zeros((4, 4, 3)),
    ],
)
def test_other_arrays_are_named(colours):
    with pytest.raises(ValueError, match=r"uint8 \(h, w, 3\), found .*4"):
        masks.decode_mask(colours)


@pytest.mark.parametrize("factor", [1, 2, 4, 8])
def test_exact_colours_become_the_majority_of_their_block(factor):
    colours = stripes_and_blobs()
    expected = majority(masks.decode_mask(colours), factor)
    small, unmatched = masks.shrink(pack(colours), factor)
    np.testing.assert_array_equal(small, expected)
    assert small.dtype == np.uint8 and unmatched == 0


def is_shown(number: int, away: np.ndarray) -> bool:
    """Return whether a colour counts: void's must fill a cross of five pixels."""
    if CATEGORIES[number] != 255:
        return True
    here = (away.argmin(-1) == number) & (away.min(-1) < 12**2)
    cross = [(0, 0), (0, 1), (1, 0), (0, -1), (-1, 0)]
    return any(
        all(here[row + down, column + right] for down, right in cross)
        for row in range(1, here.shape[0] - 1)
        for column in range(1, here.shape[1] - 1)
    )


@pytest.mark.parametrize("factor", [1, 2, 4, 8])
@pytest.mark.parametrize("quality", [60, 90])
def test_noisy_colours_go_to_the_nearest_that_the_mask_has(factor, quality):
    colours = through_jpeg(stripes_and_blobs(1), quality)
    away = ((colours[:, :, None].astype(int) - COLOURS) ** 2).sum(-1)
    sampled = away.reshape(-1, len(COLOURS))[::9]
    shown = sampled.argmin(1)[sampled.min(1) < 12**2]
    present = [number for number in np.unique(shown) if is_shown(number, away)]
    full = nearest_categories(colours, present)
    full[away.min(-1) > 100**2] = 255
    small, unmatched = masks.shrink(pack(colours), factor)
    np.testing.assert_array_equal(small, majority(full, factor))
    assert unmatched == (away.min(-1) > 100**2).sum()


def test_jpeg_edges_do_not_become_a_third_category():
    # Between a car's blue and a building's grey lies the blue of other vehicles, and
    # between a building's grey and a sign's yellow that of vegetation and void.
    names = ["building", "car", "traffic sign", "sky"]
    colours = np.array([palette.colour_of(name) for name in names], np.uint8)
    quarters = np.kron([[0, 1], [2, 3]], np.ones((32, 32), int))
    mask = through_jpeg(colours[quarters])
    allowed = {1, 6, 2, 4}
    assert set(np.unique(masks.decode_mask(mask))) - allowed
    assert set(np.unique(masks.shrink(pack(mask), 2)[0])) == allowed


def cells() -> np.ndarray:
    """Return a mask 256 × 256 of seven colours, with edges in all directions."""
    names = ["road", "building", "pole", "vegetation", "sky", "person", "car"]
    colours = np.array([palette.colour_of(name) for name in names], np.uint8)
    rows, columns = np.random.default_rng(2).integers(0, 256, (2, 1, 1, 42))
    down, right = np.ogrid[:256, :256]
    away = (down[..., None] - rows) ** 2 + (right[..., None] - columns) ** 2
    return colours[away.argmin(-1) % len(names)]


def test_edges_are_kept_better_than_by_shrinking_the_colours_first():
    exact = cells()
    full = masks.decode_mask(exact)
    truth = majority(full, 2)
    # Two against two is no truth to be measured by.
    votes = full.reshape(128, 2, 128, 2) == truth[:, None, :, None]
    clear = votes.sum((1, 3)) > 2
    mask = through_jpeg(exact)
    usual = masks.decode_mask(np.asarray(Image.fromarray(mask).resize((128, 128))))
    found = masks.shrink(pack(mask), 2)[0]
    each_by_itself = majority(masks.decode_mask(mask), 2)
    assert (found == truth)[clear].mean() > 0.992
    assert (usual == truth)[clear].mean() < 0.99
    assert (each_by_itself == truth)[clear].mean() < 0.99


def test_categories_are_voted_on_and_not_colours():
    blocks = {
        ("road", "sidewalk", "wall", "building"): 0,
        ("static", "static", "car", "truck"): 6,
        ("static", "dynamic", "ground", "car"): 255,
        ("pole", "sky", "sky", "traffic sign"): 2,
    }
    # Above the blocks every colour of them stands as itself.
    names = sorted({name for block in blocks for name in block})
    above = np.repeat([[palette.colour_of(name) for name in names]], 6, 0)
    mask = np.zeros((8, 6 * len(names), 3), np.uint8)
    mask[:6] = np.repeat(above, 6, 1)
    for column, block in enumerate(blocks):
        pixels = np.array([palette.colour_of(name) for name in block])
        mask[6:, 2 * column : 2 * column + 2] = pixels.reshape(2, 2, 3)
    found = masks.shrink(pack(mask), 2)[0]
    assert found[3, : len(blocks)].tolist() == list(blocks.values())


def test_a_mask_that_shows_no_colour_as_itself_is_still_decoded():
    colours = np.full((8, 8, 3), (128 + 15, 64 + 15, 128), np.uint8)
    assert (masks.shrink(pack(colours), 2)[0] == 0).all()
