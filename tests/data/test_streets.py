"""Which street pictures the chapters use, and that their parts share no neighbours."""

import numpy as np
import pytest

import drawntown
from helpers import camvid as small_camvid
from helpers import cityscapes as small_cityscapes
from helpers import folders, street_pairs
from pixelwise import run
from pixelwise.data import camvid, cifar10, cityscapes, streets


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder, in profile `laptop`."""
    return folders.use_data(tmp_path, monkeypatch)


def test_cityscapes_is_used_before_camvid_and_camvid_before_the_drawn(
    folder, monkeypatch
):
    chosen = streets.source()
    assert (chosen.name, chosen.is_real) == ("drawn streets", False)
    assert "For CamVid: `make data`" in chosen.describe()
    small_camvid.write(folder / "camvid")
    assert streets.source().name == "CamVid"
    street_pairs.write_set(folder / "cityscapes_data")
    assert streets.source().name == "Cityscapes pairs"
    monkeypatch.setattr(run, "drawn_asked", lambda: True)
    assert streets.source().name == "drawn streets"


def test_full_downloads_camvid(folder, monkeypatch):
    monkeypatch.setattr(run, "profile", lambda: "full")
    chosen = streets.source()
    assert chosen.brief() == "CamVid, to be downloaded once (187 MB)"
    monkeypatch.setattr(camvid, "load", lambda *arguments: arguments)
    assert streets.load("validation", 64, 7) == ("val", 64, 7)


def parts(count=None):
    """Return the names of the files of training and validation."""
    chosen = cityscapes.source()
    return [streets.list_part(chosen, split) for split in ("train", "validation")]


@pytest.mark.parametrize(("count", "train"), [(5, 4), (11, 9), (40, 30)])
def test_of_pairs_the_last_fifth_is_for_validation(folder, count, train):
    street_pairs.write_set(folder / "cityscapes_data", train=count)
    first, last = parts()
    assert len(first) == train and len(last) == count // 5
    # A twentieth between them is left out: neighbours of both.
    names = [path.stem for path in first], [path.stem for path in last]
    assert names[0] == [str(number) for number in range(1, train + 1)]
    assert names[1] == [str(n) for n in range(count - count // 5 + 1, count + 1)]


def test_validation_takes_the_last_and_training_the_first(folder):
    street_pairs.write_set(folder / "cityscapes_data", train=15, val=2)
    truths = {n: street_pairs.truth(n, 32) for n in (1, 2, 14, 15, 101)}
    for split, numbers in (("train", (1, 2)), ("validation", (14, 15))):
        _, masks = streets.load(split, 32, limit=2)
        for mask, number in zip(masks, numbers, strict=True):
            assert (mask == truths[number]).mean() > 0.97
    _, masks = streets.load("test", 32)
    assert (masks[0] == truths[101]).mean() > 0.97


def test_of_the_publisher_s_files_whole_towns_are(folder):
    towns = {"aachen": 6, "bochum": 3, "ulm": 1}
    small_cityscapes.write_set(folder / "cityscapes", towns, {"lindau": 1})
    first, last = parts()
    assert {each.photo.parent.name for each in first} == {"aachen"}
    assert {each.photo.parent.name for each in last} == {"bochum", "ulm"}


def test_a_single_town_leaves_none_for_validation(folder):
    small_cityscapes.write_set(folder / "cityscapes", {"ulm": 10}, {"lindau": 1})
    with pytest.raises(ValueError, match="5 pairs in train, of several towns"):
        streets.load("train", 32)


def test_full_goes_on_without_what_a_build_gave_up(folder, monkeypatch):
    monkeypatch.setattr(run, "profile", lambda: "full")
    monkeypatch.setenv("PIXELWISE_GIVEN_UP", "CIFAR-10,CamVid")
    assert streets.source().name == "drawn streets"
    assert cifar10.source().name == "drawn town"
    monkeypatch.setenv("PIXELWISE_GIVEN_UP", "CamVid")
    assert cifar10.source().brief().startswith("CIFAR-10, to be downloaded")


def test_too_few_pairs_are_told(folder):
    street_pairs.write_set(folder / "cityscapes_data", train=4)
    with pytest.raises(ValueError, match="expected at least 5 pairs in train"):
        streets.load("validation", 32)


def test_the_drawn_streets_have_three_parts(folder, monkeypatch):
    asked = []

    def write_pairs(folder, sizes):
        asked.append(sizes)
        for split, count in sizes.items():
            for number in range(1, min(count, 3) + 1):
                street_pairs.write(folder / split / f"{number}.jpg", number)

    monkeypatch.setattr(drawntown, "write_pairs", write_pairs)
    for split, limit in (("train", None), ("validation", 2), ("test", 1_000)):
        images, masks = streets.load(split, 32, limit)
        assert len(images) == len(masks) == (limit if limit == 2 else 3)
    assert asked == [{"train": 256}, {"validation": 2}, {"val": 80}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("val",), r"expected one of \['train', 'validation', 'test'\], found 'val'"),
        (("test", 100), r"size: expected one of \[32, 64, 128, 256\], found 100"),
        (("test", 128, 0), "limit: expected None or at least 1, found 0"),
    ],
)
def test_wrong_arguments_are_named(folder, arguments, message):
    with pytest.raises(ValueError, match=message):
        streets.load(*arguments)


def test_camvid_is_loaded_by_its_own_drives(folder, monkeypatch):
    small_camvid.write(folder / "camvid")
    monkeypatch.setattr(camvid, "COUNTS", small_camvid.COUNTS)
    images, masks = streets.load("validation", 32)
    assert images.shape == (1, 32, 32, 3)
    assert np.isin(masks, [*range(7), 255]).all()
