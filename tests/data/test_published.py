"""Cityscapes as its publisher gives it, against the publisher's own evaluation."""

import shutil

import numpy as np
import pytest
from PIL import Image

from helpers import cityscapes as small
from helpers import folders
from pixelwise import metrics, run
from pixelwise.data import cityscapes, palette, published

EVALUATION = "cityscapesscripts.evaluation.evalPixelLevelSemanticLabeling"
TRAIN, VAL = {"aachen": 2, "ulm": 1}, {"lindau": 2}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A small Cityscapes in the data folder."""
    folder = folders.use_data(tmp_path / "data", monkeypatch)
    small.write_set(folder / "cityscapes", TRAIN, VAL)
    return folder / "cityscapes"


def publisher_s_score(truths, predictions, folder):
    """Return the publisher's evaluation of label numbers, as its own program has it."""
    files = []
    for kind, pictures in (("prediction", predictions), ("truth", truths)):
        named = [folder / f"{number}_{kind}.png" for number in range(len(pictures))]
        for path, picture in zip(named, pictures, strict=True):
            # It reads -1, the licence plate, as no 8-bit file can hold it.
            Image.fromarray(picture).save(path)
        files.append([str(path) for path in named])
    evaluation = pytest.importorskip(EVALUATION)
    arguments = evaluation.args
    arguments.quiet, arguments.JSONOutput = True, False
    arguments.evalInstLevelScore = False
    return evaluation.evaluateImgLists(*files, arguments)


def random_numbers(seed):
    """Return random label numbers of some pictures, all but the licence plate's."""
    generator = np.random.default_rng(seed)
    return generator.choice(small.NUMBERS[:-1], (3, 48, 64))


@pytest.mark.parametrize("classes", ["categories", "cityscapes"])
def test_mean_iou_is_the_publisher_s_score(classes, tmp_path):
    truth = random_numbers(0)
    evaluated = [entry.number for entry in palette.CLASSES if entry.evaluated]
    guess = np.random.default_rng(1).choice(np.array(evaluated, np.uint8), truth.shape)
    guess = np.where(np.random.default_rng(2).random(truth.shape) < 0.5, truth, guess)
    wrong = ~np.isin(guess, evaluated)
    guess[wrong] = 7  # a network has no other answers than the classes that count
    found = publisher_s_score(truth, guess, tmp_path)
    expected = {
        "categories": found["averageScoreCategories"],
        "cityscapes": found["averageScoreClasses"],
    }[classes]
    meaning = published.meaning(classes, "evaluation")
    count = {"categories": 7, "cityscapes": 19}[classes]
    ours = metrics.mean_iou(meaning[truth], meaning[guess], count)
    assert ours == pytest.approx(expected, abs=1e-9)
    by_definition = published.meaning("categories", "definition")
    other = metrics.mean_iou(by_definition[truth], by_definition[guess], 7)
    assert classes == "cityscapes" or other != pytest.approx(expected, abs=1e-3)


def test_every_class_is_as_the_publisher_has_it():
    publisher_s = pytest.importorskip("cityscapesscripts.helpers.labels").labels
    theirs = {entry.name: entry for entry in publisher_s}
    for ours in palette.CLASSES:
        entry = theirs[ours.name]
        assert (ours.number, ours.colour) == (entry.id % 256, entry.color)
        assert ours.evaluated != entry.ignoreInEval
        category = "void" if ours.category == 255 else palette.CATEGORIES[ours.category]
        assert category == entry.category
    by_train_id = sorted(publisher_s, key=lambda entry: entry.trainId)
    counted = [entry.name for entry in by_train_id if 0 <= entry.trainId < 255]
    assert tuple(counted) == palette.EVALUATED


def test_load_reads_photos_and_label_numbers(root, capsys):
    images, masks = cityscapes.load("train", (64, 128), classes="cityscapes")
    assert images.shape == (3, 64, 128, 3) and images.dtype == np.uint8
    meaning = published.meaning("cityscapes", "evaluation")
    for number in range(3):
        assert np.array_equal(masks[number], meaning[small.labels(number)])
    printed = capsys.readouterr().out
    assert "Data: Cityscapes, from" in printed
    assert "Cityscapes has 2,975 pairs in train, found 3" in printed


def test_photos_are_squeezed_into_squares_and_labels_never_blend(root):
    images, masks = cityscapes.load("val", 32)
    assert images.shape == (2, 32, 32, 3)
    meaning = published.meaning("categories", "evaluation")
    expected = meaning[small.labels(100)][::2, ::4]  # each block is eight pixels wide
    assert np.array_equal(masks[0], expected)


@pytest.mark.parametrize(
    ("rule", "name"),
    [("evaluation", "Cityscapes"), ("definition", "Cityscapes, void by definition")],
)
def test_the_rule_is_a_choice_that_the_name_tells(root, rule, name):
    assert cityscapes.source(rule).name == name
    _, masks = cityscapes.load("val", (64, 128), rule=rule)
    parking = masks[0][small.labels(100) == 9]
    assert set(parking) == {255 if rule == "evaluation" else 0}


def test_the_cache_tells_classes_and_rules_apart(root):
    for classes, rule in [
        ("categories", "evaluation"),
        ("categories", "definition"),
        ("cityscapes", "evaluation"),
    ]:
        _, masks = cityscapes.load("val", (64, 128), classes=classes, rule=rule)
        expected = published.meaning(classes, rule)[small.labels(100)]
        assert np.array_equal(masks[0], expected)


def test_a_photo_without_labels_is_an_error(root):
    next((root / "gtFine" / "val").rglob("*_labelIds.png")).unlink()
    message = r"found 2 and 1, without the other: lindau_00010\d_000019"
    with pytest.raises(ValueError, match=message):
        cityscapes.load("val")


def test_one_archive_alone_is_not_taken_for_the_set(root):
    shutil.rmtree(root / "gtFine")
    assert cityscapes.source().name == "Cityscapes"
    with pytest.raises(ValueError, match="found 2 and 0"):
        cityscapes.load("val")


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (np.full((64, 128), 40, np.uint8), "labels that no class has"),
        (np.zeros((64, 64), np.uint8), "labels of 64×64 pixels, photo of another size"),
        (np.zeros((64, 128, 3), np.uint8), "labels of mode RGB"),
        (np.zeros((64, 128), np.uint16), "labels of mode I;16"),
    ],
)
def test_labels_of_another_kind_are_named(root, picture, message):
    file = sorted((root / "gtFine" / "val").rglob("*_labelIds.png"))[0]
    Image.fromarray(picture).save(file)
    with pytest.warns(RuntimeWarning, match=message):
        images, _ = cityscapes.load("val", 32)
    assert len(images) == 1


def test_labels_with_a_palette_are_not_taken_for_numbers(root):
    file = sorted((root / "gtFine" / "val").rglob("*_labelIds.png"))[0]
    Image.open(file).convert("P").save(file)
    with pytest.warns(RuntimeWarning, match="labels of mode P, expected L"):
        cityscapes.load("val", 32)


def test_hidden_files_are_no_photos(root):
    photo = next((root / "leftImg8bit" / "val").rglob("*.png"))
    photo.with_name(f"._{photo.name}").write_bytes(b"of another system")
    assert len(cityscapes.load("val", 32)[0]) == 2


def test_the_nineteen_classes_have_one_rule(root):
    with pytest.raises(ValueError, match="expected 'evaluation' for the nineteen"):
        cityscapes.load("val", classes="cityscapes", rule="definition")


def test_the_nineteen_classes_need_the_publisher_s_files(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(run, "drawn_asked", lambda: True)
    with pytest.raises(ValueError, match="needs Cityscapes as its publisher gives it"):
        cityscapes.load("val", classes="cityscapes")
