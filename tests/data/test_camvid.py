"""CamVid: its parts by drives, its labels, and a download that goes on and verifies."""

import hashlib
import subprocess

import numpy as np
import pytest
from PIL import Image

from helpers import camvid as small
from helpers import folders
from pixelwise.data import camvid, download, repository
from pixelwise.data.download import DownloadError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder."""
    return folders.use_data(tmp_path / "data", monkeypatch)


@pytest.fixture
def there(folder, monkeypatch):
    """A small CamVid in the data folder."""
    small.write(folder / "camvid")
    small.expect(folder / "camvid", monkeypatch)
    return folder / "camvid"


@pytest.fixture
def server(tmp_path, folder, monkeypatch):
    """A server of a small CamVid, which `download` uses."""
    published = small.write(tmp_path / "published")
    small.expect(published, monkeypatch)
    monkeypatch.setattr(repository, "PAUSES", (0,))
    with small.FolderServer(published) as server:
        monkeypatch.setenv(camvid.URL_VARIABLE, server.url)
        yield server


def names(folder, split):
    return [files.photo.stem for files in camvid.list_files(folder, split)]


def test_a_part_is_whole_drives_in_natural_order(there):
    train = ["0001TP_1", "0001TP_2", "0016E5_2", "0016E5_3", "0016E5_10"]
    assert names(there, "train") == train
    assert names(there, "val") == ["0006R0_1"]
    assert names(there, "test") == ["0001TP_9", "Seq05VD_1"]
    for split in camvid.SPLITS:
        found = {name.partition("_")[0] for name in names(there, split)}
        assert found == set(camvid.drives(split))


def test_the_published_numbers_add_up():
    assert camvid.COUNTS == {"train": 367, "val": 101, "test": 233}
    assert sum(camvid.COUNTS.values()) == 701


def test_photos_and_labels_come_whole(there):
    images, masks = camvid.load("test", (36, 48), classes="camvid")
    assert images.dtype == masks.dtype == np.uint8
    assert images.shape == (2, 36, 48, 3) and masks.shape == (2, 36, 48)
    for mask, name in zip(masks, names(there, "test"), strict=True):
        labels = small.labels_of(name)
        assert np.array_equal(mask, np.where(labels == 11, 255, labels))


def test_a_smaller_mask_has_the_class_that_most_pixels_have(there):
    _, masks = camvid.load("val", (18, 24), classes="camvid")
    labels = small.labels_of("0006R0_1")[::2, ::2]  # each stripe is four pixels wide
    assert np.array_equal(masks[0], np.where(labels == 11, 255, labels))


def test_categories_are_cityscapes_seven(there):
    _, eleven = camvid.load("val", 16, classes="camvid")
    _, seven = camvid.load("val", 16)
    meant = {"sky": 4, "road": 0, "pavement": 0, "building": 1, "fence": 1, "pole": 2}
    meant |= {"sign": 2, "tree": 3, "pedestrian": 5, "car": 6, "bicyclist": 6}
    for label, name in enumerate(camvid.CLASS_NAMES):
        assert set(seven[eleven == label]) <= {meant[name]}
    assert set(seven[eleven == 255]) == {255}


def test_a_limit_takes_the_first_and_more_than_there_is_says_so(there, capsys):
    assert len(camvid.load("train", 16, limit=2)[0]) == 2
    assert "train: drives 0001TP and 0016E5" in capsys.readouterr().out
    assert len(camvid.load("test", 16, limit=9)[0]) == 2
    assert "Asked for 9 test photos, found 2: using all." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("validation",), r"expected one of \['train', 'val', 'test'\], found 'valid"),
        (("val", 8), "of 16 or more; found 8"),
        (("val", "128"), "found '128'"),
        (("val", 16, 0), "limit: expected None or at least 1, found 0"),
        (("val", 16, 1, "eleven"), r"expected one of \['categories', 'camvid'\]"),
        (("val", 64), "48×36 pixels, expected at least 64×64"),
    ],
)
def test_wrong_arguments_are_named(there, arguments, message):
    with pytest.raises(ValueError, match=message):
        camvid.load(*arguments)


def test_half_a_set_is_not_taken_for_the_whole(there):
    next((there / "trainannot").iterdir()).unlink()
    with pytest.raises(ValueError, match=r"expected 5 photos for train .* found 4"):
        camvid.load("train", 16)


def test_labels_that_no_class_has_are_named(there):
    file = there / "valannot" / "0016E5_3.png"
    Image.fromarray(np.full((36, 48), 12, np.uint8)).save(file)
    with pytest.raises(ValueError, match=r"0016E5_3\.png: labels that no class has"):
        camvid.load("train", 16)


def test_a_note_names_another_copy(there):
    (there.parent / "camvid.note").write_text("frames of our own\n")
    assert camvid.source().name == "CamVid, frames of our own"


def test_a_download_gives_the_set_and_is_not_repeated(server, folder):
    assert camvid.download() == folder / "camvid"
    assert len(camvid.load("train", 16)[0]) == 5
    asked = len(server.asked)
    assert asked == 3 + 2 * 8
    camvid.download()
    assert len(server.asked) == asked
    assert not (folder / "camvid.part").exists()


def test_an_interrupted_download_goes_on(server, folder):
    server.refused["testannot/Seq05VD_1.png"] = 404
    with pytest.raises(DownloadError, match=r"Could not download .*Seq05VD_1\.png"):
        camvid.download()
    assert not (folder / "camvid").exists()
    had = set(server.asked) - set(server.refused)
    kept = {path for path in had if (folder / "camvid.part" / path).exists()}
    assert len(kept) >= 3
    server.refused.clear()
    server.asked.clear()
    camvid.download()
    assert not kept & set(server.asked)


def test_a_file_that_was_cut_is_asked_for_again(server, folder):
    server.cut = {"train/0016E5_2.png", "val.txt"}
    camvid.download()
    assert server.asked.count("train/0016E5_2.png") == 2
    assert not server.cut


@pytest.mark.parametrize("name", ["val.txt", "test/Seq05VD_1.png"])
def test_another_file_is_told_and_not_kept(server, folder, tmp_path, name):
    file = tmp_path / "published" / name
    right = file.read_bytes()
    file.write_bytes(right + b" ")
    with pytest.raises(DownloadError, match=r"expected git's hash [0-9a-f]{40}, found"):
        camvid.download()
    file.write_bytes(right)
    assert camvid.download().exists()


def test_a_path_out_of_the_folder_is_never_written(server, tmp_path):
    # A list that names one is no list of this commit, and is refused before it is read.
    file = tmp_path / "published" / "train.txt"
    file.write_text("/SegNet/CamVid/../../evil.png /SegNet/CamVid/train/0001TP_1.png")
    with pytest.raises(DownloadError, match=r"train.txt is not CamVid's"):
        camvid.download()
    assert not (tmp_path / "evil.png").exists()


def test_what_is_there_is_left_as_it_is(server, folder):
    (folder / "camvid").mkdir(parents=True)
    (folder / "camvid" / "mine.txt").write_text("mine")
    assert camvid.source().path is None
    with pytest.raises(DownloadError, match="does not hold CamVid whole"):
        camvid.download()
    assert (folder / "camvid" / "mine.txt").read_text() == "mine"
    assert not server.asked


def test_hidden_files_are_no_photos(there):
    for name in ("train/._0001TP_1.png", "trainannot/._0001TP_1.png"):
        (there / name).write_bytes(b"of another system")
    assert len(camvid.list_files(there, "train")) == 5


def test_remains_of_a_download_that_was_killed_do_not_spoil_it(server, folder):
    server.refused["test/Seq05VD_1.png"] = 404
    with pytest.raises(DownloadError):
        camvid.download()
    part = folder / "camvid.part"
    (part / "train").mkdir(exist_ok=True)
    (part / "train" / ".0123.0001TP_1.png").write_bytes(b"half")
    (part / "val.txt.tmp").write_bytes(b"half")
    server.refused.clear()
    camvid.download()
    assert not (folder / "camvid" / "val.txt.tmp").exists()


def test_an_address_that_is_none_is_named(server, monkeypatch):
    monkeypatch.setenv(camvid.URL_VARIABLE, "www.example.org/CamVid")
    with pytest.raises(DownloadError, match="expected an address that begins with"):
        camvid.download()


def test_what_was_received_counts_for_the_space(server, folder, monkeypatch):
    monkeypatch.setattr(camvid, "MEGABYTES", 0.01)
    (folder / "camvid.part").mkdir(parents=True)
    (folder / "camvid.part" / "rest").write_bytes(bytes(10_000))
    usage = type("usage", (), {"free": 10})
    monkeypatch.setattr(download.shutil, "disk_usage", lambda path: usage)
    camvid.download()


def test_a_full_disk_is_told_before_anything_is_fetched(server, folder, monkeypatch):
    usage = type("usage", (), {"free": 10**6})
    monkeypatch.setattr(download.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DownloadError, match="needs 187 MB free, found 1 MB"):
        camvid.download()
    assert not server.asked


def test_hashes_are_git_s(tmp_path):
    (tmp_path / "b.png").write_bytes(b"two")
    (tmp_path / "a.png").write_bytes(b"one")
    blob = hashlib.sha1(b"blob 3\0one").hexdigest()
    assert repository.hash_of_file(tmp_path / "a.png") == blob
    git = ["git", "-C", str(tmp_path)]
    tree = repository.hash_of_folder(tmp_path)
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "-c", "core.autocrlf=false", "add", "."], check=True)
    written = subprocess.run([*git, "write-tree"], capture_output=True, text=True)
    assert written.stdout.strip() == tree
