"""The samples that are kept show what the town draws today."""

import numpy as np
import pytest
from PIL import Image

import drawntown
from tools.makers import draw_samples

KEPT = {
    draw_samples.SHEET: draw_samples.sheet,
    draw_samples.STREETS: draw_samples.streets,
}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_a_kept_picture_is_the_one_that_is_drawn(path):
    with Image.open(path) as image:
        kept = np.asarray(image.convert("RGB")).astype(int)
    drawn = np.asarray(KEPT[path]()).astype(int)
    assert kept.shape == drawn.shape
    # What the file's compression changes is below 5; another seed is over 30 away.
    assert np.abs(kept - drawn).mean() < 8, "python -m tools.makers.draw_samples"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_a_kept_picture_is_light(path):
    assert path.stat().st_size < 150_000


def test_the_legend_has_each_class_s_colour():
    image = np.asarray(draw_samples.streets())
    legend = image[2 * (draw_samples.SIDE + draw_samples.GAP) :].reshape(-1, 3)
    colours = {tuple(colour) for colour in legend.tolist()}
    assert {tuple(colour) for colour in drawntown.COLOURS.tolist()} <= colours
