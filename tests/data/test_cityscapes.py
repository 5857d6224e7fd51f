"""Which pairs `load` gives, what it keeps, and what is said of files that are none."""

import runpy
import types
import warnings
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from PIL import Image

import drawntown
from drawntown.pictures import pairs as town_pairs
from helpers import ROOT, folders, street_pairs
from pixelwise import run
from pixelwise.data import cityscapes, decoded, kaggle, pairs
from pixelwise.data.download import DownloadError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder, in profile `laptop`."""
    return folders.use_data(tmp_path / "data", monkeypatch)


@pytest.fixture
def real(folder):
    """A small set in Kaggle's layout in the data folder."""
    street_pairs.write_set(folder / "cityscapes_data")
    return folder / "cityscapes_data"


@pytest.fixture
def town(monkeypatch):
    """Drawn streets that note how they were asked for, in place of the real ones."""
    calls = []

    def write_pairs(folder, split_sizes):
        calls.append((folder, split_sizes))
        for split, count in split_sizes.items():
            for number in range(1, min(count, 5) + 1):
                street_pairs.write(folder / split / f"{number}.jpg", number)

    monkeypatch.setattr(drawntown, "write_pairs", write_pairs)
    monkeypatch.setattr(drawntown, "STREETS_VERSION", 7)
    return types.SimpleNamespace(calls=calls)


@pytest.fixture
def readings(monkeypatch):
    """The names of the files of each decoding, instead of hidden work."""
    made = []
    read_files = pairs.read_files

    def noted(files, *settings):
        made.append([path.name for path in files])
        return read_files(files, *settings)

    monkeypatch.setattr(pairs, "read_files", noted)
    return made


def rightness(masks, seeds):
    size = masks.shape[1]
    expected = np.stack([street_pairs.truth(seed, size) for seed in seeds])
    return (masks == expected).mean()


def test_load_gives_photos_and_categories_of_the_split(real):
    images, masks = cityscapes.load("train")
    assert images.shape == (3, 128, 128, 3) and masks.shape == (3, 128, 128)
    assert images.dtype == masks.dtype == np.uint8
    assert rightness(masks, [1, 2, 3]) > 0.99
    assert rightness(cityscapes.load("val", size=64)[1], [101, 102]) > 0.99


def test_limit_takes_the_first_files_in_natural_order(folder):
    street_pairs.write_set(folder / "cityscapes_data", train=11)
    _, masks = cityscapes.load("train", size=32, limit=3)
    assert rightness(masks, [1, 2, 3]) > 0.98


def test_more_than_there_is_gives_all_and_says_so(real, capsys):
    assert len(cityscapes.load("val", limit=1_000)[0]) == 2
    assert "Asked for 1,000 val pairs, found 2: using all." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("test",), r"split: expected one of \['train', 'val'\], found 'test'"),
        (("val", 100), r"size: expected one of \[32, 64, 128, 256\], found 100"),
        (("val", 512), "found 512"),
        (("val", "128"), "found '128'"),
        (("val", 128, 0), "limit: expected None or at least 1, found 0"),
    ],
)
def test_wrong_arguments_are_named(real, arguments, message):
    with pytest.raises(ValueError, match=message):
        cityscapes.load(*arguments)


@pytest.mark.parametrize("profile", ["full", "laptop", "smoke"])
def test_real_pairs_are_used_in_every_profile(real, town, monkeypatch, capsys, profile):
    monkeypatch.setattr(run, "profile", lambda: profile)
    chosen = cityscapes.source()
    assert chosen == cityscapes.Source(
        "Cityscapes pairs", cityscapes.CATEGORIES, real, True
    )
    cityscapes.load("val")
    assert capsys.readouterr().out == f"Data: Cityscapes pairs, from {real}\n"
    assert town.calls == []


@pytest.mark.parametrize("inner", ["cityscapes_data", "cityscapes_data/again", ""])
def test_what_the_kaggle_command_unzips_is_read_as_it_is(folder, inner):
    inner = inner.replace("again", "cityscapes_data")
    street_pairs.write_set(folder / inner)
    (folder / cityscapes.NOTE_NAME).write_text("mine")
    assert cityscapes.source().path == folder / inner
    assert cityscapes.source().name == "mine"
    assert len(cityscapes.load("train", 32)[0]) == 3


def test_the_data_page_tells_what_to_do_by_hand():
    page = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert f"`kaggle datasets download {kaggle.DATASET} -p data --unzip`" in page
    assert f"`{kaggle.FOLDER}/train/*.jpg`, `{kaggle.FOLDER}/val/*.jpg`" in page
    assert f"`{kaggle.ARCHIVE}`" in page and f"`{cityscapes.NOTE_NAME}`" in page


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("CamVid street pairs", "CamVid street pairs"),
        ("\ufeff CamVid \r\nsecond line\n", "CamVid"),
        ("a/b | c\x00", "a b c"),
        ("x" * 61, "x" * 59 + "…"),
        (" \n", "Cityscapes pairs"),
    ],
)
def test_another_set_is_named_by_its_note(real, note, name):
    real.with_name("cityscapes_data.note").write_text(note, encoding="utf-8")
    assert cityscapes.source().name == name


@pytest.mark.parametrize("profile", ["laptop", "smoke"])
def test_small_profiles_draw_and_tell_how_to_get_the_real_set(
    folder, town, monkeypatch, capsys, profile
):
    monkeypatch.setattr(run, "profile", lambda: profile)
    chosen = cityscapes.source()
    assert (chosen.name, chosen.path, chosen.is_real) == ("drawn streets", None, False)
    _, masks = cityscapes.load("train", size=32, limit=4)
    assert rightness(masks, [1, 2, 3, 4]) > 0.98
    assert town.calls == [(folder / "drawn" / "streets-v7", {"train": 4})]
    assert capsys.readouterr().out.startswith("Data: drawn streets\n")
    said = chosen.describe()
    assert said.startswith("drawn streets. For Cityscapes pairs: `python -m")
    assert "pixelwise.data.cityscapes.download()" in said


def test_a_new_version_of_the_drawing_leaves_the_old_pairs(folder, monkeypatch):
    old = [cityscapes.draw("train", 1) / "1.jpg", folder / "drawn/streets/train/1.jpg"]
    old[1].parent.mkdir(parents=True)
    old[1].write_bytes(b"from before the folders had versions")
    before = [path.read_bytes() for path in old]
    version = drawntown.STREETS_VERSION + 1
    monkeypatch.setattr(town_pairs, "VERSION", version)
    monkeypatch.setattr(drawntown, "STREETS_VERSION", version)
    new = cityscapes.draw("train", 1) / "1.jpg"
    assert f"v{version} ".encode() in Image.open(new).info["comment"]
    assert new not in old and [path.read_bytes() for path in old] == before


def test_drawn_streets_have_their_own_size_by_default_and_at_most(folder, town):
    cityscapes.load("train", 32)
    cityscapes.load("val", 32, limit=3_000)
    assert [call[1] for call in town.calls] == [{"train": 256}, {"val": 80}]


def test_fewer_drawn_pairs_are_given_although_more_are_there(folder, town):
    cityscapes.load("val", 32)
    assert len(cityscapes.load("val", 32, limit=2)[0]) == 2


def test_drawn_streets_can_be_asked_for_anywhere(real, town, monkeypatch):
    monkeypatch.setattr(run, "profile", lambda: "full")
    monkeypatch.setattr(run, "drawn_asked", lambda: True)
    assert not cityscapes.source().is_real
    cityscapes.load("val", 32, limit=1)
    assert "unset PIXELWISE_DATA" in cityscapes.source().describe()
    assert len(town.calls) == 1


def test_full_profile_downloads(folder, town, monkeypatch, capsys):
    monkeypatch.setattr(run, "profile", lambda: "full")

    def give(data_folder):
        street_pairs.write_set(data_folder / "cityscapes_data")
        return data_folder / "cityscapes_data"

    monkeypatch.setattr(kaggle, "download", give)
    assert cityscapes.source().path is None and cityscapes.source().is_real
    assert len(cityscapes.load("train", 32)[0]) == 3
    assert "Cityscapes pairs, to be downloaded once" in capsys.readouterr().out
    assert town.calls == []


def test_failed_download_is_an_error_and_nothing_else_is_used(
    folder, town, monkeypatch
):
    monkeypatch.setattr(run, "profile", lambda: "full")

    def fail(data_folder):
        raise DownloadError("no network")

    monkeypatch.setattr(kaggle, "download", fail)
    with pytest.raises(DownloadError, match="no network"):
        cityscapes.load("train")
    assert town.calls == []


def test_source_cannot_be_changed(real):
    with pytest.raises(FrozenInstanceError):
        cityscapes.source().name = "Mapillary"


def test_any_folder_is_read_in_natural_order(folder, tmp_path):
    for number in (10, 9, 1):
        street_pairs.write(tmp_path / "mine" / f"{number}.jpg", number)
    images, masks = cityscapes.load_folder(str(tmp_path / "mine"), size=64)
    assert rightness(masks, [1, 9, 10]) > 0.99
    assert images.shape == (3, 64, 64, 3)


def test_missing_and_empty_folders_and_other_sizes_are_named(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        cityscapes.load_folder(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="found nothing"):
        cityscapes.load_folder(tmp_path)
    with pytest.raises(ValueError, match="found 48"):
        cityscapes.load_folder(tmp_path, size=48)


@pytest.fixture
def mixed(real):
    """The small set's training files, of which two are no pairs."""
    (real / "train" / "2.jpg").write_text("no picture")
    (real / "train" / "20.jpg").write_bytes(
        (real / "train" / "1.jpg").read_bytes()[:9_000]
    )
    return real / "train"


def test_bad_files_are_left_out_with_a_warning_and_a_count(mixed):
    for _ in range(2):  # decoded, and kept from before
        with pytest.warns(RuntimeWarning, match="left out 2 of 4 files") as caught:
            images, masks = cityscapes.load_folder(mixed, 32)
        assert len(images) == 2 and rightness(masks, [1, 3]) > 0.98
        text = str(caught[0].message)
        assert "2.jpg: no JPEG or PNG image" in text and "20.jpg: " in text
        assert str(mixed) in text
        assert caught[0].filename == __file__


def test_load_warns_of_bad_files_too(mixed):
    with pytest.warns(RuntimeWarning, match="left out 2 of 4") as caught:
        assert len(cityscapes.load("train", 32)[0]) == 2
    assert caught[0].filename == __file__


def test_strict_makes_bad_files_an_error(mixed):
    for _ in range(2):
        with pytest.raises(ValueError, match=r"(?s)2 of 4 files.*2\.jpg.*20\.jpg"):
            cityscapes.load_folder(mixed, 32, strict=True)


def test_a_folder_without_a_good_file_is_an_error(folder, tmp_path):
    for number in range(12):
        (tmp_path / f"{number}.jpg").write_text("no picture")
    with pytest.raises(ValueError, match=r"(?s)12 of 12.*9\.jpg.*and 2 more") as info:
        cityscapes.load_folder(tmp_path)
    assert "10.jpg" not in str(info.value)


def test_pixels_of_no_category_are_counted(folder, tmp_path, capsys):
    from PIL import Image

    picture = street_pairs.pair(3)
    picture[:16, 256:272] = 255
    (tmp_path / "mine").mkdir()
    Image.fromarray(picture).save(tmp_path / "mine" / "3.png")
    cityscapes.load_folder(tmp_path / "mine")
    said = capsys.readouterr().out
    assert "match no colour of the palette, now void: 256 in 1 pairs." in said


def test_decoded_pairs_are_kept_and_read_again(real, readings):
    first = cityscapes.load("train")
    again = cityscapes.load("train")
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)
    assert readings == [["1.jpg", "2.jpg", "3.jpg"]]


def test_other_files_sizes_and_ways_are_decoded_anew(real, readings, monkeypatch):
    cityscapes.load("train", 32)
    cityscapes.load("train", 64)
    cityscapes.load("train", 32, limit=2)
    cityscapes.load("val", 32)
    street_pairs.write(real / "train" / "2.jpg", 9)
    _, masks = cityscapes.load("train", 32)
    assert rightness(masks, [1, 9, 3]) > 0.98
    monkeypatch.setattr(decoded.masks, "VERSION", 0)
    cityscapes.load("train", 32)
    assert len(readings) == 6


def test_a_broken_file_of_kept_pairs_is_made_anew(real, readings):
    first = cityscapes.load("val")
    (kept,) = (real.parent / "decoded").iterdir()
    kept.write_bytes(kept.read_bytes()[:1_000])
    with pytest.warns(RuntimeWarning, match="decoding its pairs again"):
        again = cityscapes.load("val")
    np.testing.assert_array_equal(first[1], again[1])
    assert len(readings) == 2


def test_where_nothing_can_be_kept_pairs_are_given_all_the_same(real, monkeypatch):
    def fill_up(file, **_):
        file.write(b"PK half a file")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", fill_up)
    with pytest.warns(RuntimeWarning, match="could not be kept .*No space left"):
        assert len(cityscapes.load("val")[0]) == 2
    assert list((real.parent / "decoded").iterdir()) == []


def test_nothing_is_written_beside_the_pictures(real):
    before = sorted(real.rglob("*"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cityscapes.load_folder(real / "train")
    assert sorted(real.rglob("*")) == before


def test_one_mask_is_decoded_at_its_own_size():
    colours = street_pairs.pair(4)[:, 256:]
    np.testing.assert_array_equal(
        cityscapes.decode_mask(colours), street_pairs.truth(4, 256)
    )


def test_command_prints_where_the_pairs_are(real, capsys):
    cityscapes.main()
    assert capsys.readouterr().out == f"Cityscapes pairs are in {real}\n"


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
def test_module_runs_as_a_command(real, capsys):
    runpy.run_module("pixelwise.data.cityscapes", run_name="__main__")
    assert "Cityscapes pairs are in" in capsys.readouterr().out
