import base64
import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

mpl.use("Agg")

from pixelwise import figures


@pytest.fixture(autouse=True)
def no_figure_is_left_open():
    yield
    plt.close("all")


@pytest.fixture
def shown(monkeypatch):
    display = pytest.importorskip("IPython.display")
    calls = []
    monkeypatch.setattr(display, "display", lambda *a, **k: calls.append((a, k)))
    return calls


def test_shown_figure_has_alt_text_and_a_white_ground(shown):
    figure = figures.pictures(np.zeros((2, 4, 4, 3), "uint8"))
    figures.show(figure, alt="two black squares")
    (((bundle,), options),) = shown
    assert options["metadata"]["image/png"]["alt"] == "two black squares"
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert not plt.get_fignums()


def test_pictures_are_all_drawn_and_titled():
    images = np.zeros((5, 4, 4, 3), "uint8")
    figure = figures.pictures(images, titles=list("abcde"), columns=3)
    drawn = [axis for axis in figure.axes if axis.images]
    assert [axis.get_title() for axis in drawn] == list("abcde")


def test_learning_curves_tell_training_from_validation():
    history = {"loss": [2, 1], "val_loss": [3, 2], "accuracy": [0.1, 0.2]}
    figure = figures.learning_curves({"MLP": history})
    loss, accuracy = figure.axes
    assert [line.get_linestyle() for line in loss.lines] == ["--", "-"]
    np.testing.assert_array_equal(loss.lines[1].get_data(), [[1, 2], [3, 2]])
    assert len(accuracy.lines) == 1
    (legend,) = figure.legends  # beside the curves, and not on them
    texts = [text.get_text() for text in legend.get_texts()]
    assert texts == ["MLP, training", "MLP, validation"]


def test_confusion_matrix_shows_shares_of_each_true_class():
    counts = np.array([[3, 1], [0, 0]])
    figure = figures.confusion_matrix(counts, ["cat", "dog"])
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["75", "25", "0", "0"]
    assert figure.axes[0].get_ylabel() == "true"


def test_comparison_draws_every_entry():
    entries = [
        {"model": m, "parameters": p, "seconds": s, "metrics": {"test_accuracy": a}}
        for m, p, s, a in (("A", 10, 1, 0.4), ("A", 10, 2, 0.5), ("B", 99, 9, 0.6))
    ]
    figure = figures.comparison(entries)
    left = figure.axes[0].collections
    np.testing.assert_allclose(left[0].get_offsets(), [[10, 40], [10, 50]])
    np.testing.assert_allclose(left[1].get_offsets(), [[99, 60]])


def test_mask_colours_give_each_category_its_own_and_void_white():
    colours = figures.mask_colours(np.array([[[0, 1, 2, 3, 4, 5, 6, 255]]], "uint8"))
    assert colours.shape == (1, 1, 8, 3)
    assert len(np.unique(colours.reshape(8, 3), axis=0)) == 8
    assert colours[0, 0, 4].tolist() == [0x56, 0xB4, 0xE9]
    assert colours[0, 0, 7].tolist() == [255, 255, 255]


def test_segmentations_draw_photos_and_masks_with_titles_and_a_legend():
    names = ("flat", "construction", "object", "nature", "sky", "human", "vehicle")
    photos, masks = np.zeros((2, 4, 4, 3), "uint8"), np.full((2, 4, 4), 6, "uint8")
    rows = {"picture": photos, "truth": masks}
    figure = figures.segmentations(rows, names, {"truth": ["a", "b"]})
    assert [axis.get_ylabel() for axis in figure.axes] == ["picture", "", "truth", ""]
    assert [axis.get_title() for axis in figure.axes] == ["", "", "a", "b"]
    assert np.all(figure.axes[3].images[0].get_array()[0, 0] == (0x00, 0x72, 0xB2))
    texts = [text.get_text() for text in figure.legends[0].get_texts()]
    assert texts == [*names, "void"]


def test_category_bars_stand_side_by_side_for_each_model():
    figure = figures.category_bars({"A": [0.5, np.nan], "B": [1, 0]}, ["sky", "human"])
    (axis,) = figure.axes
    first, second = axis.containers
    assert [bar.get_height() for bar in second] == [1, 0]
    assert first[0].get_x() + first[0].get_width() == pytest.approx(second[0].get_x())
    assert [label.get_text() for label in axis.get_xticklabels()] == ["sky", "human"]
    # Below the bars: in a corner among them it would hide the high ones.
    assert axis.get_legend() is None
    assert [text.get_text() for text in figure.legends[0].texts] == ["A", "B"]


def test_overlay_mixes_the_photo_with_the_colours_of_its_mask():
    photo = np.full((4, 6, 3), 100, "uint8")
    mask = np.zeros((4, 6), "uint8")
    mask[:, 3:] = 1
    figure = figures.overlay(photo, mask, ["flat", "sky"], share=0.5)
    plain, mixed = (axis.images[0].get_array() for axis in figure.axes)
    np.testing.assert_array_equal(plain, photo)
    for column, label in ((0, 0), (5, 1)):
        colour = figures.mask_colours(np.array([[[label]]]))[0, 0, 0]
        expected = np.rint(50 + 0.5 * colour)
        np.testing.assert_array_equal(mixed[0, column], expected)
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["flat", "sky"]


def test_rows_of_pictures_have_their_names_and_titles():
    rows = {"grey": np.zeros((2, 4, 4, 1)), "truth": np.zeros((2, 4, 4, 3), "uint8")}
    figure = figures.picture_rows(rows, {"grey": ["a", "b"]})
    assert [axis.get_ylabel() for axis in figure.axes] == ["grey", "", "truth", ""]
    assert [axis.get_title() for axis in figure.axes] == ["a", "b", "", ""]
    assert not figure.legends


def test_chapters_compared_names_the_best_network_of_each_chapter():
    def row(chapter, model, mean, parameters):
        return dict(
            chapter=chapter, model=model, mean=mean, parameters=parameters, seconds=9
        )

    rows = [row("01_mlp", "a", 0.4, 10), row("01_mlp", "b", 0.5, 20)]
    panels = {"accuracy (%)": [*rows, row("02_cnn", "c", 0.8, 30)]}
    panels["mean IoU (%)"] = [row("07_unet", "d", 0.6, 40)]
    figure = figures.chapters_compared(panels)
    above, _, below, _ = figure.axes
    drawn = [tuple(dots.get_offsets()[0]) for dots in above.collections]
    assert drawn == [(10, 40), (20, 50), (30, 80)]
    pale = [dots.get_alpha() for dots in above.collections]
    assert pale[0] < pale[1] == pale[2] == 1
    (legend,) = figure.legends
    texts = [text.get_text() for text in legend.get_texts()]
    assert texts == ["chapter 1: b", "chapter 2: c", "chapter 7: d"]
    colours = {tuple(dots.get_facecolor()[0][:3]) for dots in above.collections}
    assert tuple(below.collections[0].get_facecolor()[0][:3]) not in colours
    assert below.get_ylabel() == "mean IoU (%)"
