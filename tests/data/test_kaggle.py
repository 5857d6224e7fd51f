"""Kaggle's pairs are fetched, unpacked and kept; else the error says what to do."""

import errno
import io
import shutil
import sys
import tarfile
import traceback
import zipfile
from collections import namedtuple

import pytest

from helpers import street_pairs
from helpers.kaggle_server import KaggleServer
from pixelwise.data import kaggle
from pixelwise.data.download import DownloadError

TOKEN = "KGAT_never_to_be_seen"
PICTURE = b"bytes of a picture"
NAMES = [f"train/{number}.jpg" for number in (1, 2, 3)] + ["val/1.jpg", "val/2.jpg"]


def zipped(names, data: bytes = PICTURE) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(names) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = len(PICTURE)
            archive.addfile(info, io.BytesIO(PICTURE))
    return packed.getvalue()


def good(top: str = "cityscapes_data/") -> list[str]:
    return [top + name for name in NAMES]


def contents(folder) -> set[str]:
    """Return the files below a folder, without locks."""
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix() for path in files}
    return {name for name in found if not name.endswith(".lock")}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder, for a set of three pairs to train and two to validate."""
    monkeypatch.setattr(kaggle, "COUNTS", {"train": 3, "val": 2})
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Kaggle, on this machine; kagglehub's folder and the home are empty ones."""
    pytest.importorskip("kagglehub")
    from kagglehub import config
    from kagglesdk import kaggle_env

    for name in ("KAGGLE_API_TOKEN", "KAGGLE_USERNAME", "KAGGLE_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(
        config, "DEFAULT_KAGGLE_CREDENTIALS_FOLDER", str(tmp_path / "home")
    )
    monkeypatch.setenv("KAGGLEHUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("KAGGLE_API_ENVIRONMENT", "LOCALHOST")
    with KaggleServer(zipped(good())) as running:
        local = kaggle_env._env_to_endpoint | {kaggle_env.KaggleEnv.LOCAL: running.url}
        monkeypatch.setattr(kaggle_env, "_env_to_endpoint", local)
        yield running


def test_the_set_is_pinned_to_a_version():
    assert kaggle.HANDLE.startswith("dansbecker/cityscapes-image-pairs/versions/")
    assert kaggle.COUNTS == {"train": 2975, "val": 500}


def test_download_keeps_the_pictures_of_both_splits(folder, server):
    assert kaggle.download(folder) == folder / "cityscapes_data"
    assert contents(folder) == set(good())
    assert (folder / "cityscapes_data/val/2.jpg").read_bytes() == PICTURE
    (question, token), *more = server.questions
    assert b"cityscapes-image-pairs" in question and token is None and not more


@pytest.mark.parametrize("top", ["", "cityscapes_data/cityscapes_data/"])
def test_other_layouts_of_the_archive_are_found(folder, server, top):
    server.archive = zipped([*good(top), top + "train/notes.txt", "readme.md"])
    kaggle.download(folder)
    assert contents(folder) == set(good())


def test_kagglehub_s_folder_may_be_read_only_once_it_is_filled(
    folder, server, tmp_path, monkeypatch
):
    kaggle.download(folder)
    shutil.rmtree(folder / "cityscapes_data")
    before = contents(tmp_path / "hub")
    monkeypatch.setattr(zipfile.ZipFile, "extractall", None)
    kaggle.download(folder)
    assert contents(tmp_path / "hub") == before
    assert len(server.questions) == 1
    assert contents(folder) == set(good())


def test_a_token_is_used_and_never_told(folder, server, monkeypatch, capsys):
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    kaggle.download(folder)
    assert server.questions[0][1] == f"Bearer {TOKEN}"
    said = capsys.readouterr()
    assert TOKEN not in said.out + said.err


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, "it refused (HTTP 401)"),
        (403, "it refused (HTTP 403)"),
        (404, "it has no version"),
        (429, "it answered HTTP 429"),
        (500, "it answered HTTP 500"),
    ],
)
def test_a_refusal_says_what_to_do_and_hides_the_token(
    folder, server, monkeypatch, capsys, status, expected
):
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    server.status = status
    with pytest.raises(DownloadError) as info:
        kaggle.download(folder)
    text = str(info.value)
    assert expected in text
    assert f"kaggle datasets download {kaggle.DATASET} -p {folder} --unzip" in text
    assert "PIXELWISE_DATA=drawn" in text
    told = "".join(traceback.format_exception(info.value))
    said = capsys.readouterr()
    assert TOKEN not in told + said.out + said.err
    assert contents(folder) == set()


def test_no_network_says_so(folder, server, monkeypatch):
    from kagglesdk import kaggle_env

    nowhere = dict.fromkeys(kaggle_env._env_to_endpoint, "http://127.0.0.1:9")
    monkeypatch.setattr(kaggle_env, "_env_to_endpoint", nowhere)
    with pytest.raises(DownloadError, match="no connection") as info:
        kaggle.download(folder)
    assert "--unzip" in str(info.value)


def test_a_broken_connection_goes_on_at_the_next_try(folder, server):
    server.archive = zipped(good(), data=bytes(range(256)) * 8_000)
    server.broken_after = 6_000_000
    with pytest.raises(DownloadError, match="no connection") as info:
        kaggle.download(folder)
    assert "signature" not in "".join(traceback.format_exception(info.value))
    assert contents(folder) == set()
    kaggle.download(folder)
    assert contents(folder) == set(good())
    assert server.ranges[-1].startswith("bytes=")


def test_a_wrong_checksum_is_refused(folder, server):
    server.md5 = "AAAAAAAAAAAAAAAAAAAAAA=="
    with pytest.raises(DownloadError, match="the archive is broken or another one"):
        kaggle.download(folder)


@pytest.mark.parametrize(
    ("archive", "expected"),
    [
        (b"no archive", "the archive is broken or another one"),
        (zipped(good()[:-1]), "expected 2 pictures in val, found 1"),
        (zipped(["other/1.jpg"]), "expected 3 pictures in train, found 0"),
    ],
    # An archive as a name would differ between processes by the second it was made in.
    ids=["no archive", "a picture short", "other folders"],
)
def test_another_archive_is_refused(folder, server, archive, expected):
    server.archive = archive
    with pytest.raises(DownloadError, match=expected):
        kaggle.download(folder)
    assert contents(folder) == set()


@pytest.mark.parametrize("packed", [zipped, tarred])
@pytest.mark.parametrize(
    "outside",
    ["../escaped.jpg", "/escaped.jpg", "cityscapes_data/../../train/1.jpg"],
)
def test_an_archive_with_paths_outside_its_folder_is_refused(
    folder, server, tmp_path, packed, outside
):
    # The last one, its ".." taken off, would replace a picture without a trace.
    server.archive = packed([*good(), outside])
    for _ in range(2):  # the second time kagglehub has the archive already
        with pytest.raises(DownloadError, match="a path outside its folder") as info:
            kaggle.download(folder)
        assert outside in str(info.value) and "--unzip" in str(info.value)
    assert not [name for name in contents(tmp_path) if name.endswith(".jpg")]


def test_unpacking_is_checked_during_the_download_alone(folder, server, tmp_path):
    before = zipfile.ZipFile.extractall, tarfile.TarFile.extractall
    kaggle.download(folder)
    assert (zipfile.ZipFile.extractall, tarfile.TarFile.extractall) == before
    server.archive = zipped([*good(), "../escaped.jpg"])
    shutil.rmtree(folder / "cityscapes_data")
    shutil.rmtree(tmp_path / "hub")
    with pytest.raises(DownloadError):
        kaggle.download(folder)
    assert (zipfile.ZipFile.extractall, tarfile.TarFile.extractall) == before


def test_without_kagglehub_the_error_says_how_to_install_it(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    with pytest.raises(DownloadError, match="pip install 'kagglehub>=") as info:
        kaggle.download(folder)
    assert "--unzip" in str(info.value)


def test_an_archive_put_there_by_hand_is_unpacked(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    (folder / "cityscapes-image-pairs.zip").write_bytes(zipped([*good(), "a/b.txt"]))
    kaggle.download(folder)
    assert contents(folder) == {*good(), "cityscapes-image-pairs.zip"}


@pytest.mark.parametrize(
    "outside",
    [
        "../train/9.jpg",
        "/train/9.jpg",
        "cityscapes_data/../../train/9.jpg",
        "..\\train\\9.jpg",
        "C:\\train\\9.jpg",
    ],
)
def test_an_archive_by_hand_with_paths_outside_is_refused(folder, tmp_path, outside):
    path = folder / "cityscapes-image-pairs.zip"
    path.write_bytes(zipped([*good(), outside]))
    with pytest.raises(DownloadError, match="a path outside its folder"):
        kaggle.download(folder)
    assert contents(tmp_path) == {"data/cityscapes-image-pairs.zip"}


@pytest.mark.parametrize("cut", [0.5, 0.0])
def test_an_archive_by_hand_that_is_cut_short_is_named(folder, cut):
    path = folder / "cityscapes-image-pairs.zip"
    whole = zipped(good())
    path.write_bytes(whole[: int(len(whole) * cut)])
    with pytest.raises(DownloadError, match="is no whole zip file"):
        kaggle.download(folder)
    assert contents(folder) == {"cityscapes-image-pairs.zip"}


def test_a_full_disk_is_told_before_anything_is_asked(folder, server, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 1, 10**6))
    with pytest.raises(DownloadError, match="too full"):
        kaggle.download(folder)
    assert server.questions == []


def test_a_disk_that_fills_up_leaves_nothing_half_there(folder, server, monkeypatch):
    def fill_up(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fill_up)
    with pytest.raises(DownloadError, match="No space left on device") as info:
        kaggle.download(folder)
    assert "PIXELWISE_DATA" in str(info.value)
    assert contents(folder) == set()


def test_a_folder_of_kagglehub_that_cannot_be_written_is_told(
    folder, server, monkeypatch
):
    import kagglehub

    def refuse(handle):
        raise OSError(errno.EROFS, "Read-only file system", "/hub")

    monkeypatch.setattr(kagglehub, "dataset_download", refuse)
    with pytest.raises(DownloadError, match=r"(?s)\(EROFS\).*KAGGLEHUB_CACHE"):
        kaggle.download(folder)


def test_pairs_that_are_there_are_left_as_they_are(folder):
    street_pairs.write_set(folder / "cityscapes_data", train=1, val=1)
    before = contents(folder)
    assert kaggle.download(folder) == folder / "cityscapes_data"
    assert contents(folder) == before
