"""Lab and back: known colours, the whole cube, and bad input."""

import numpy as np
import pytest

from pixelwise.data import colour

# L, a and b of sRGB's corners under D65, as published (Lindbloom's calculator).
KNOWN = {
    (255, 255, 255): (100, 0, 0),
    (0, 0, 0): (0, 0, 0),
    (255, 0, 0): (53.24, 80.09, 67.20),
    (0, 255, 0): (87.73, -86.18, 83.18),
    (0, 0, 255): (32.30, 79.19, -107.86),
    (119, 119, 119): (50.03, 0, 0),
}


@pytest.mark.parametrize(("rgb", "lab"), KNOWN.items())
def test_known_colours(rgb, lab):
    found = colour.rgb_to_lab(np.full((1, 1, 3), rgb, np.uint8))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[0, 0], lab, atol=0.03)


def test_every_eighth_colour_of_the_cube_comes_back_unchanged():
    levels = np.append(np.arange(0, 256, 8), 255).astype("uint8")
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1)
    np.testing.assert_array_equal(colour.lab_to_rgb(colour.rgb_to_lab(cube)), cube)
    light, chroma = colour.split_lightness(cube)
    np.testing.assert_array_equal(colour.join_chroma(light, chroma), cube)


def test_floats_from_0_to_1_are_the_same_pixels():
    pixels = np.random.default_rng(0).integers(0, 256, (2, 3, 4, 3), "uint8")
    as_floats = colour.rgb_to_lab(pixels / 255)
    np.testing.assert_allclose(as_floats, colour.rgb_to_lab(pixels), atol=1e-3)


def test_pixels_are_converted_alike_however_many_there_are(monkeypatch):
    pixels = np.random.default_rng(1).integers(0, 256, (3, 5, 7, 3), "uint8")
    at_once = colour.rgb_to_lab(pixels)
    monkeypatch.setattr(colour, "AT_ONCE", 8)
    np.testing.assert_array_equal(colour.rgb_to_lab(pixels), at_once)
    np.testing.assert_array_equal(colour.lab_to_rgb(at_once), pixels)


def test_a_network_s_range_is_that_which_is_stated():
    levels = np.arange(0, 256, 15, dtype="uint8")
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1)
    light, chroma = colour.split_lightness(cube)
    assert light.shape == (*cube.shape[:-1], 1)
    assert chroma.shape == (*cube.shape[:-1], 2)
    lab = colour.rgb_to_lab(cube)
    np.testing.assert_allclose(light[..., 0], lab[..., 0] / 50 - 1, atol=1e-6)
    np.testing.assert_allclose(chroma, lab[..., 1:] / 110, atol=1e-6)
    assert light.min() == -1
    assert light.max() == pytest.approx(1)
    assert np.abs(chroma).max() < 1


def test_one_colour_can_be_put_everywhere():
    light = np.linspace(-1, 1, 6, dtype="float32").reshape(1, 2, 3, 1)
    grey = colour.join_chroma(light, np.zeros(2))
    assert grey.shape == (1, 2, 3, 3)
    assert np.all(grey == grey[..., :1])
    tinted = colour.join_chroma(light, np.array([0.2, 0]))
    assert np.all(tinted[0, 0, 1:, 0] > tinted[0, 0, 1:, 1])


def test_what_no_screen_can_show_is_cut_without_a_warning(recwarn):
    impossible = np.float32([[[50, 100, 100], [10, 80, -120], [100, 60, 0]]])
    assert colour.lab_to_rgb(impossible).dtype == np.uint8
    assert not recwarn


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (np.zeros((4, 4, 1), "uint8"), r"\(…, h, w, 3\).*found \(4, 4, 1\)"),
        (np.zeros((4, 4), "uint8"), r"found \(4, 4\)"),
        (np.zeros((0, 4, 3), "uint8"), r"at least one pixel, found \(0, 4, 3\)"),
        (np.full((2, 2, 3), 128.0), "0 to 1, found 128 to 128"),
        (np.full((2, 2, 3), -0.5), "0 to 1, found -0.5"),
        (np.full((2, 2, 3), np.nan), "0 to 1, found nan"),
        (np.zeros((2, 2, 3), int), "expected uint8.*found int64"),
    ],
)
def test_pictures_that_are_none_are_named(images, message):
    for function in (colour.rgb_to_lab, colour.split_lightness):
        with pytest.raises(ValueError, match=message):
            function(images)


@pytest.mark.parametrize(
    ("lab", "message"),
    [
        (np.zeros((4, 4, 2)), r"lab: expected \(…, h, w, 3\)"),
        (np.zeros((0, 4, 3)), "at least one pixel"),
        (np.full((2, 2, 3), 120.0), "lab, L: expected 0 to 100, found 120"),
        (np.full((2, 2, 3), np.inf), "lab, L: expected 0 to 100, found inf"),
        (np.full((2, 2, 3), [50, np.nan, 0]), "a and b: .*nan"),
    ],
)
def test_lab_that_is_none_is_named(lab, message):
    with pytest.raises(ValueError, match=message):
        colour.lab_to_rgb(lab)


def test_lightness_and_chroma_that_do_not_fit_are_named():
    light = np.zeros((2, 4, 4, 1))
    with pytest.raises(ValueError, match=r"chroma: expected \(2, 4, 4, 2\)"):
        colour.join_chroma(light, np.zeros((2, 4, 5, 2)))
    with pytest.raises(ValueError, match=r"lightness: expected \(…, h, w, 1\)"):
        colour.join_chroma(light[..., 0], np.zeros(2))
    with pytest.raises(ValueError, match="lightness: expected -1 to 1, found 50"):
        colour.join_chroma(light + 50, np.zeros(2))
