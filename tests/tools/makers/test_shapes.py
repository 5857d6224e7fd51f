import colorsys
from random import Random

import numpy as np
import pytest

from tools.makers.backbone import outlines, pictures


@pytest.fixture(scope="module")
def drawn():
    return pictures.draw_pictures(64, np.random.default_rng(0))


def test_pictures_and_answers_have_the_promised_form(drawn):
    images, answers = drawn
    assert images.shape == (64, 64, 64, 3)
    assert images.dtype == np.uint8
    assert answers.keys() == pictures.QUESTIONS.keys()
    for question, count in pictures.QUESTIONS.items():
        assert answers[question].shape == (64,)
        assert 0 <= answers[question].min() <= answers[question].max() < count


def test_the_seed_fixes_the_pictures(drawn):
    again, _ = pictures.draw_pictures(64, np.random.default_rng(0))
    other, _ = pictures.draw_pictures(64, np.random.default_rng(1))
    np.testing.assert_array_equal(again, drawn[0])
    assert np.mean(other != drawn[0]) > 0.9


def test_every_outline_can_be_seen_and_fits_its_picture():
    for number, outline in enumerate(outlines.OUTLINES):
        masks = [pictures.draw_mask(number, Random(seed)) for seed in range(8)]
        covered = np.mean(masks, axis=(1, 2)) / 255
        assert covered.min() > 0.004, outline.__name__
        assert covered.max() < 0.9, outline.__name__


def test_no_two_outlines_are_the_same():
    drawn = {repr(outline(Random(0))) for outline in outlines.OUTLINES}
    assert len(drawn) == len(outlines.OUTLINES)


def test_a_limb_is_a_bar_of_its_thickness():
    corners = outlines.limb(0, 0, 2, 0, thick=0.5, end=0.25)
    assert sorted(corners) == [(0, -0.5), (0, 0.5), (2, -0.25), (2, 0.25)]


def test_an_oval_has_its_radii_about_its_centre():
    points = np.array(outlines.oval(1, -2, 3, 0.5))
    np.testing.assert_allclose(points.mean(0), [1, -2], atol=1e-9)
    np.testing.assert_allclose(np.ptp(points, axis=0), [6, 1], atol=1e-9)


def test_colours_are_those_of_their_hue():
    generator = np.random.default_rng(0)
    hue, saturation, value = generator.random((3, 50))
    found = pictures.rgb(hue, saturation, value)[:, 0, 0]
    wanted = [
        colorsys.hsv_to_rgb(*hsv) for hsv in zip(hue, saturation, value, strict=True)
    ]
    np.testing.assert_allclose(found, wanted, atol=1e-6)


def test_two_colours_number_is_their_mean_s_hue_or_its_brightness_where_it_is_grey():
    drawn = pictures.draw_colours(2_000, np.random.default_rng(0))
    pairs = np.stack(drawn[:2])[:, :, 0, 0].astype(float)
    compared = 0
    for one, other, number in zip(*pairs, drawn[2], strict=True):
        both = np.array([colorsys.rgb_to_hsv(*colour) for colour in (one, other)])
        if (
            both[:, 1].min() < 0.02
            or both[:, 1:].max() > 0.99
            or both[:, 2].min() < 0.03
        ):
            continue  # clipped, so the mean of what is seen is another one
        compared += 1
        _, saturation, value = both.mean(axis=0)
        if number < pictures.HUES:
            turns = np.exp(2j * np.pi * both[:, 0]).sum()
            hue = np.angle(turns) / (2 * np.pi) % 1
            assert abs(hue * pictures.HUES - number - 0.5) < 0.51
        else:
            assert saturation * value < 0.121
            brightness = value * pictures.GREYS - (number - pictures.HUES)
            assert -0.01 < brightness < 1.01
    assert compared > 500


def test_textures_differ_and_use_the_whole_range():
    textures = pictures.all_textures()
    assert textures.shape == (7, pictures.PATCHES, 96, 96)
    for texture in textures[1:]:  # the first may rise hardly at all
        assert texture.std(axis=(1, 2)).mean() > 30


def test_coarse_pictures_keep_their_brightness():
    pixels = np.random.default_rng(0).random((3, 64, 64, 3)).astype("float32")
    coarse = pictures.coarsen(pixels)
    assert coarse.shape == pixels.shape
    assert coarse.mean() == pytest.approx(pixels.mean(), abs=0.01)
    assert coarse.std() < 0.5 * pixels.std()
