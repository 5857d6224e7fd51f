"""Measures of colours against formulas written out, and on constructed pictures."""

import math

import numpy as np
import pytest

from pixelwise.data import colour
from pixelwise.metrics import colour as colour_metrics


def pictures(seed=0, shape=(3, 12, 16)):
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (2, *shape, 3)).astype("uint8")


def test_psnr_is_ten_times_the_logarithm_of_the_mean_square():
    truth = np.full((2, 3, 4, 3), 100, "uint8")
    guess = truth.copy()
    guess[0] += 10  # a square of 100 in half of the values
    expected = 10 * math.log10(255**2 / 50)
    assert colour_metrics.psnr(truth, guess) == pytest.approx(expected)
    assert colour_metrics.psnr(guess, truth) == pytest.approx(expected)
    assert colour_metrics.psnr(truth, truth) == math.inf


# Sharma, Wu and Dalal 2005, Table 1: L, a, b of two colours, and their difference.
PUBLISHED = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1, 2), (50, 0, 0), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def ciede2000(one, other):
    """Return the difference of two colours, by the formula, step by step."""
    chromas = [math.hypot(*lab[1:]) for lab in (one, other)]
    seventh = (sum(chromas) / 2) ** 7
    stretch = 1.5 - 0.5 * math.sqrt(seventh / (seventh + 25**7))
    points = [(stretch * a, b) for _, a, b in (one, other)]
    c1, c2 = (math.hypot(*point) for point in points)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in points)
    turn, mean_hue = 0.0, h1 + h2
    if c1 * c2:
        turn = (h2 - h1 + 180) % 360 - 180
        mean_hue = ((h1 + h2) / 2 + (180 if abs(h1 - h2) > 180 else 0)) % 360
    light, chroma = (one[0] + other[0]) / 2, (c1 + c2) / 2
    factor = 1.0
    terms = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    for weight, times, by in terms:
        factor += weight * math.cos(math.radians(times * mean_hue + by))
    square = (light - 50) ** 2
    lightness_unit = 1 + 0.015 * square / math.sqrt(20 + square)
    chroma_unit = 1 + 0.045 * chroma
    hue_unit = 1 + 0.015 * chroma * factor
    parts = [
        (other[0] - one[0]) / lightness_unit,
        (c2 - c1) / chroma_unit,
        2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / hue_unit,
    ]
    angle = 60 * math.exp(-(((mean_hue - 275) / 25) ** 2))
    root = 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    mixed = -math.sin(math.radians(angle)) * root * parts[1] * parts[2]
    return math.sqrt(sum(part**2 for part in parts) + mixed)


@pytest.mark.parametrize(("one", "other", "difference"), PUBLISHED)
def test_the_formula_of_these_tests_is_the_published_one(one, other, difference):
    assert ciede2000(one, other) == pytest.approx(difference, abs=1e-4)


def test_ciede2000_is_that_of_each_pixel_by_the_formula():
    truth, guess = pictures()
    found = colour_metrics.ciede2000(truth, guess)
    assert found.shape == truth.shape[:-1]
    labs = [colour.rgb_to_lab(each).astype(float) for each in (truth, guess)]
    expected = [
        ciede2000(*pair)
        for pair in zip(*(lab.reshape(-1, 3) for lab in labs), strict=True)
    ]
    np.testing.assert_allclose(found.ravel(), expected, rtol=1e-3, atol=1e-3)


def test_ciede2000_takes_a_single_picture_too():
    truth, guess = pictures()
    of_all = colour_metrics.ciede2000(truth, guess)
    of_one = colour_metrics.ciede2000(truth[1], guess[1])
    np.testing.assert_array_equal(of_one, of_all[1])


def test_colourfulness_of_pictures_that_were_computed_by_hand():
    grey = np.repeat(pictures()[0][..., :1], 3, axis=-1)
    assert colour_metrics.colourfulness(grey).tolist() == [0, 0, 0]
    halves = np.zeros((1, 2, 4, 3), "uint8")
    halves[0, 0, :, 0] = halves[0, 1, :, 2] = 255  # red above, blue below
    # rg is 255 and 0, yb is 127.5 and -255: spreads 127.5 and 191.25, means 127.5
    # and -63.75.
    expected = math.hypot(127.5, 191.25) + 0.3 * math.hypot(127.5, 63.75)
    assert colour_metrics.colourfulness(halves)[0] == pytest.approx(expected)


def step(height=30.0, blur=1, across="columns", size=48):
    """Return a picture whose chroma makes one step, smeared over `blur` pixels."""
    line = np.where(np.arange(size + blur - 1) < size // 2 + blur // 2, -1.0, 1.0)
    line = np.convolve(line, np.full(blur, 1 / blur), "valid") * height / 2
    lab = np.zeros((1, size, size, 3))
    lab[..., 0], lab[..., 1] = 60, line
    if across == "rows":
        lab = lab.swapaxes(1, 2)
    return colour.lab_to_rgb(lab)


@pytest.mark.parametrize("across", ["rows", "columns"])
def test_edges_of_the_truth_itself_are_full(across):
    truth = step(across=across)
    assert colour_metrics.chroma_edges(truth, truth) == pytest.approx((1, 1))


@pytest.mark.parametrize("across", ["rows", "columns"])
def test_a_dull_guess_has_less_contrast_and_is_as_sharp(across):
    truth, dull = step(30, across=across), step(15, across=across)
    contrast, sharpness = colour_metrics.chroma_edges(truth, dull, share=0.01)
    assert contrast == pytest.approx(0.5, abs=0.05)
    assert sharpness == pytest.approx(1, abs=0.05)


def test_a_blurred_guess_is_less_sharp_the_wider_its_step():
    truth = step(40)
    found = [
        colour_metrics.chroma_edges(truth, step(40, blur), share=0.01)
        for blur in (1, 5, 9)
    ]
    contrasts, sharpnesses = zip(*found, strict=True)
    assert sharpnesses[0] > 2 * sharpnesses[1] > 2.5 * sharpnesses[2]
    # Two of nine, and of five, pixels are within the two about a place at the step.
    assert sharpnesses[1:] == pytest.approx((0.4, 0.25), abs=0.06)
    assert min(contrasts) > 0.85


def test_a_guess_without_colour_has_no_contrast_and_no_sharpness():
    truth = step()
    grey = np.repeat(truth[..., 1:2], 3, axis=-1)
    flat = np.full_like(grey, 128)
    contrast, sharpness = colour_metrics.chroma_edges(truth, flat)
    assert contrast == pytest.approx(0, abs=1e-3)
    assert math.isnan(sharpness)


def test_an_edge_painted_the_other_way_round_has_negative_contrast():
    contrast, _ = colour_metrics.chroma_edges(step(30), step(-30))
    assert contrast == pytest.approx(-1, abs=0.05)


def test_a_tint_everywhere_changes_no_edge():
    lab = colour.rgb_to_lab(step(20))
    lab[..., 2] += 15
    found = colour_metrics.chroma_edges(step(20), colour.lab_to_rgb(lab))
    assert found == pytest.approx((1, 1), abs=0.1)


PAIRWISE = [
    colour_metrics.psnr,
    colour_metrics.ciede2000,
    colour_metrics.chroma_edges,
]


@pytest.mark.parametrize("measure", PAIRWISE)
def test_pictures_that_cannot_be_compared_are_named(measure):
    truth, guess = pictures()
    with pytest.raises(ValueError, match="one shape"):
        measure(truth, guess[:1])
    with pytest.raises(ValueError, match="guess: expected uint8, found float64"):
        measure(truth, guess / 255)
    with pytest.raises(ValueError, match=r"truth: expected \(…, h, w, 3\)"):
        measure(truth[..., :1], guess)
    with pytest.raises(ValueError, match="at least one pixel"):
        measure(truth[:0], guess[:0])


def test_edges_need_room_and_a_change():
    truth, guess = pictures(shape=(2, 8, 20))
    with pytest.raises(ValueError, match="h and w above 8"):
        colour_metrics.chroma_edges(truth, guess)
    flat = np.full((1, 12, 12, 3), 90, "uint8")
    with pytest.raises(ValueError, match="found none"):
        colour_metrics.chroma_edges(flat, flat)


def test_colourfulness_is_of_several_pictures():
    with pytest.raises(ValueError, match=r"expected \(n, h, w, 3\)"):
        colour_metrics.colourfulness(pictures()[0][0])
