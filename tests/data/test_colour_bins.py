"""Bins of chroma: which are kept, what a pixel's is, weights, and the way back."""

import numpy as np
import pytest

from pixelwise.data import colour_bins

STEP = colour_bins.STEP / colour_bins.CHROMA


def test_bins_lie_on_a_grid_through_grey_and_occur_often_enough():
    pixels = np.array([[0, 0]] * 90 + [[2, -1]] * 9 + [[5, 5]]) * STEP
    pixels = pixels + np.random.default_rng(0).uniform(-0.49, 0.49, (100, 2)) * STEP
    found = colour_bins.centres_of(pixels.reshape(10, 10, 2), least=0.05)
    np.testing.assert_allclose(found, np.array([[0, 0], [2, -1]]) * STEP, atol=1e-6)
    assert len(colour_bins.centres_of(pixels, least=0)) == 3


def test_at_most_256_bins_are_kept_and_they_hold_most():
    generator = np.random.default_rng(1)
    chroma = generator.uniform(-1, 1, (30_000, 2)).astype("float32")
    chroma[:10_000] = 0.3
    centres = colour_bins.centres_of(chroma, least=0)
    assert len(centres) == 256
    gaps = np.abs(centres - 0.3).max(axis=1)
    assert gaps.min() <= STEP / 2


def test_each_pixel_gets_its_own_bin_or_the_one_nearest_to_it():
    generator = np.random.default_rng(2)
    centres = generator.integers(-8, 9, (40, 2)) * STEP
    centres = np.unique(centres, axis=0).astype("float32")
    cells = generator.integers(-20, 21, (3, 4, 5, 2))
    inside = generator.uniform(-0.4, 0.4, cells.shape)
    found = colour_bins.nearest(((cells + inside) * STEP).astype("float32"), centres)
    assert found.shape == (3, 4, 5)
    assert found.dtype == np.uint8
    apart = np.linalg.norm(cells[..., None, :] * STEP - centres, axis=-1)
    chosen = np.take_along_axis(apart, found[..., None].astype(int), -1)[..., 0]
    np.testing.assert_allclose(chosen, apart.min(axis=-1), atol=1e-6)


def test_the_whole_range_of_chroma_has_a_bin():
    corners = np.float32([[1, 1], [-1, 1], [1, -1], [-1, -1]])
    centres = np.float32([[0, 0], [0.5, 0.5]])
    assert colour_bins.nearest(corners, centres).tolist() == [1, 0, 0, 0]


def test_smoothing_keeps_the_sum_and_gives_to_near_bins_most():
    centres = np.float32([[0, 0], [STEP, 0], [6 * STEP, 0]])
    found = colour_bins.smooth(np.array([1.0, 0, 0]), centres)
    assert found.sum() == pytest.approx(1)
    # One step is one standard deviation: e to the minus a half.
    assert found[1] / found[0] == pytest.approx(np.exp(-0.5), rel=1e-3)
    assert found[2] < 1e-6


def test_weights_are_those_of_the_paper():
    shares = np.array([0.75, 0.25])
    below = np.array([0.5 * 0.75 + 0.25, 0.5 * 0.25 + 0.25])
    expected = 1 / below / (0.75 / below[0] + 0.25 / below[1])
    np.testing.assert_allclose(colour_bins.rebalance(shares), expected, rtol=1e-6)
    assert np.sum(shares * colour_bins.rebalance(shares)) == pytest.approx(1)
    assert np.allclose(colour_bins.rebalance(shares, mixed=1), 1)


def test_annealed_mean_goes_from_the_mean_to_the_most_probable_bin():
    centres = np.float32([[-1, 0], [1, 0], [0, 1]])
    logits = np.log([[0.5, 0.3, 0.2]]).astype("float32")
    mean = colour_bins.annealed_mean(logits, centres, temperature=1)
    np.testing.assert_allclose(mean, [[-0.2, 0.2]], atol=1e-6)
    coldest = colour_bins.annealed_mean(logits, centres, temperature=0.01)
    np.testing.assert_allclose(coldest, [[-1, 0]], atol=1e-6)
    squares = np.array([0.25, 0.09, 0.04]) / 0.38
    half = colour_bins.annealed_mean(logits, centres, temperature=0.5)
    np.testing.assert_allclose(half[0], squares @ centres, rtol=1e-5)


def test_large_logits_do_not_overflow():
    centres = np.float32([[-1, 0], [1, 0]])
    found = colour_bins.annealed_mean(np.float32([[1e4, -1e4]]), centres)
    np.testing.assert_allclose(found, [[-1, 0]])


def test_wrong_arguments_are_named():
    centres = np.zeros((3, 2), "float32")
    with pytest.raises(ValueError, match=r"temperature: .*found 0"):
        colour_bins.annealed_mean(np.zeros((2, 3)), centres, 0)
    with pytest.raises(ValueError, match=r"expected 3, .*found 4"):
        colour_bins.annealed_mean(np.zeros((2, 4)), centres)
    with pytest.raises(ValueError, match=r"chroma: expected \(…, 2\)"):
        colour_bins.centres_of(np.zeros((4, 3)))
    with pytest.raises(ValueError, match="least: "):
        colour_bins.centres_of(np.random.default_rng(0).uniform(-1, 1, (99, 2)), 0.9)
