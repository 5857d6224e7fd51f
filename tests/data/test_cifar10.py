"""Which pictures `load` gives, and what of an archive or a file is accepted."""

import gzip
import hashlib
import io
import pickle
import runpy
import shutil
import tarfile
import threading
import types
import zipfile
from collections import namedtuple
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from helpers.server import Fault, FileServer
from pixelwise import run
from pixelwise.data import cifar10, download, drawn
from pixelwise.data.download import DownloadError

RECORDS = 12  # in one member of the small archives made here
RECORD_BYTES = 3073
MEMBERS = [f"cifar-10-batches-bin/data_batch_{number}.bin" for number in range(1, 6)]
MEMBERS.append("cifar-10-batches-bin/test_batch.bin")


def member_bytes(seed: int) -> bytes:
    """Return records of one label byte and 3072 pixel bytes, as the publisher's."""
    generator = np.random.default_rng(seed)
    records = generator.integers(0, 256, (RECORDS, RECORD_BYTES), np.uint8)
    records[:, 0] = generator.integers(0, 10, RECORDS)
    return records.tobytes()


def plain(name: str, data: bytes) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    return info, data


def archive_bytes(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as tar:
        for info, data in members:
            tar.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def good_members() -> list[tuple[tarfile.TarInfo, bytes]]:
    return [plain(name, member_bytes(seed)) for seed, name in enumerate(MEMBERS)]


def arrays(num_train: int = 7, num_test: int = 4) -> dict[str, np.ndarray]:
    generator = np.random.default_rng(5)
    made = {}
    for split, count in (("train", num_train), ("test", num_test)):
        made[f"x_{split}"] = generator.integers(0, 256, (count, 32, 32, 3), np.uint8)
        made[f"y_{split}"] = generator.integers(0, 10, count, np.uint8)
    return made


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty data folder, in profile `laptop`."""
    folder = tmp_path / "data"
    monkeypatch.setattr(run, "data_folder", lambda: folder)
    monkeypatch.setattr(run, "drawn_asked", lambda: False)
    monkeypatch.setattr(run, "profile", lambda: "laptop")
    monkeypatch.delenv("PIXELWISE_CIFAR10_URL", raising=False)
    monkeypatch.setattr(download, "sleep", lambda seconds: None)
    return folder


@pytest.fixture
def file(folder):
    """A small, right cifar10.npz in the data folder."""
    folder.mkdir()
    np.savez(folder / "cifar10.npz", **arrays())
    return folder / "cifar10.npz"


@pytest.fixture
def town(monkeypatch):
    """A drawn town that notes how it was asked, in place of the real one."""
    calls = []

    def objects(num_train, num_test, folder):
        calls.append((num_train, num_test, folder))
        return "train", "test"

    monkeypatch.setattr(drawn, "objects", objects)
    return types.SimpleNamespace(calls=calls)


@pytest.fixture
def publish(folder, monkeypatch):
    """Return a function that makes a server's archive the expected one."""
    with FileServer(b"") as server:

        def publish_members(members):
            server.body = archive_bytes(members)
            monkeypatch.setattr(cifar10, "RECORDS", RECORDS)
            monkeypatch.setattr(cifar10, "SIZE", len(server.body))
            digest = hashlib.sha256(server.body).hexdigest()
            monkeypatch.setattr(cifar10, "SHA256", digest)
            monkeypatch.setattr(cifar10, "URL", server.url)
            return server

        yield publish_members


def test_archive_is_described_as_its_publisher_does():
    assert len(cifar10.CLASS_NAMES) == 10
    assert (cifar10.CLASS_NAMES[0], cifar10.CLASS_NAMES[9]) == ("airplane", "truck")
    assert cifar10.RECORDS * cifar10.RECORD_BYTES == 30_730_000
    assert [*cifar10.TRAIN_MEMBERS, cifar10.TEST_MEMBER] == MEMBERS
    assert cifar10.SIZE == 170_052_171
    assert len(bytes.fromhex(cifar10.SHA256)) == 32


def test_download_gives_the_records_pictures_and_labels(folder, publish):
    publish(good_members())
    assert cifar10.download() == folder / "cifar10.npz"
    (x_train, y_train), (x_test, y_test) = cifar10.load()
    assert (x_train.shape, x_test.shape) == ((60, 32, 32, 3), (12, 32, 32, 3))
    assert {array.dtype for array in (x_train, y_train, x_test, y_test)} == {
        np.dtype("uint8")
    }
    second, test = member_bytes(1), member_bytes(5)
    assert list(y_train[12:24]) == [second[at * 3073] for at in range(12)]
    # Row 2, column 30 of record 3: red, green and blue lie 1024 bytes apart.
    at = 3 * 3073 + 1 + 2 * 32 + 30
    assert list(x_train[12 + 3, 2, 30]) == [second[at + 1024 * c] for c in range(3)]
    assert list(x_test[3, 2, 30]) == [test[at + 1024 * c] for c in range(3)]
    assert list(y_test) == [test[at * 3073] for at in range(12)]


def test_download_leaves_only_the_file_and_locks(folder, publish):
    publish(good_members())
    cifar10.download()
    left = {path.name for path in folder.iterdir() if path.suffix != ".lock"}
    assert left == {"cifar10.npz"}


def test_file_is_stored_uncompressed(folder, publish):
    publish(good_members())
    with zipfile.ZipFile(cifar10.download()) as packed:
        kinds = {info.compress_type for info in packed.infolist()}
    assert kinds == {zipfile.ZIP_STORED}


def test_second_download_asks_nothing(folder, publish):
    server = publish(good_members())
    before = cifar10.download().stat()
    after = cifar10.download().stat()
    assert len(server.requests) == 1
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_interrupted_download_goes_on(folder, publish):
    server = publish(good_members())
    server.always = Fault(send=1_000)
    with pytest.raises(DownloadError):
        cifar10.download()
    assert not (folder / "cifar10.npz").exists()
    server.always = Fault()
    server.requests.clear()
    cifar10.download()
    assert [request.range for request in server.requests] == ["bytes=6000-"]


def test_archive_put_there_by_hand_is_used(folder, publish):
    server = publish(good_members())
    folder.mkdir()
    (folder / "cifar-10-binary.tar.gz").write_bytes(server.body)
    cifar10.download()
    assert server.requests == []


@pytest.mark.parametrize("how", ["argument", "variable"])
def test_mirror_is_used(folder, publish, monkeypatch, how):
    mirror = publish(good_members()).url
    monkeypatch.setattr(cifar10, "URL", "http://127.0.0.1:1/never")
    if how == "variable":
        monkeypatch.setenv("PIXELWISE_CIFAR10_URL", mirror)
    cifar10.download(mirror if how == "argument" else None)
    assert len(cifar10.load()[0][0]) == 60


def test_mirror_must_have_the_same_file(folder, publish, monkeypatch):
    publish(good_members())
    with FileServer(archive_bytes(good_members()[::-1])) as mirror:
        monkeypatch.setenv("PIXELWISE_CIFAR10_URL", mirror.url)
        with pytest.raises(DownloadError, match="PIXELWISE_CIFAR10_URL") as info:
            cifar10.download()
    assert mirror.url in str(info.value)
    assert cifar10.SHA256 in str(info.value)
    assert not (folder / "cifar10.npz").exists()


def test_failed_download_says_what_else_to_do(folder, publish):
    publish(good_members()).always = Fault(status=404)
    with pytest.raises(DownloadError, match="answered 404") as info:
        cifar10.download()
    for way in ("PIXELWISE_CIFAR10_URL", "cifar-10-binary.tar.gz", "=drawn"):
        assert way in str(info.value)


def test_download_needs_room_for_archive_and_arrays(folder, publish, monkeypatch):
    server = publish(good_members())
    free = len(server.body) + 6 * RECORDS * RECORD_BYTES - 1
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 1, free))
    with pytest.raises(DownloadError, match="too full"):
        cifar10.download()
    assert server.requests == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 1, free + 1))
    cifar10.download()


def test_two_downloads_at_once_are_one(folder, publish):
    server = publish(good_members())
    together = threading.Barrier(2)
    paths = []

    def get():
        together.wait(20)
        paths.append(cifar10.download())

    threads = [threading.Thread(target=get) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert paths == [folder / "cifar10.npz"] * 2
    assert len(server.requests) == 1


def test_failed_writing_leaves_nothing_half_written(folder, publish, monkeypatch):
    publish(good_members())

    def fill_up(file, **_):
        file.write(b"PK half a file")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", fill_up)
    with pytest.raises(DownloadError, match="No space left on device"):
        cifar10.download()
    assert not list(folder.glob("cifar10.npz*[!k]"))
    assert (folder / "cifar-10-binary.tar.gz").exists()


def test_file_put_there_meanwhile_is_not_overwritten(folder, publish, monkeypatch):
    publish(good_members())
    savez = np.savez

    def put_another(file, **made):
        savez(folder / "cifar10.npz", **arrays())
        savez(file, **made)

    monkeypatch.setattr(np, "savez", put_another)
    cifar10.download()
    (x_train, _), _ = cifar10.load()
    np.testing.assert_array_equal(x_train, arrays()["x_train"])


def test_strange_members_are_ignored_and_never_written(folder, publish, tmp_path):
    strangers = [
        plain("../escaped.bin", b"1"),
        plain("/escaped.bin", b"1"),
        plain("cifar-10-batches-bin/../../escaped.bin", b"1"),
        plain("data_batch_1.bin", b"1"),
    ]
    publish(strangers + good_members() + strangers)
    cifar10.download()
    assert not [path for path in tmp_path.rglob("*") if path.name == "escaped.bin"]
    left = {path.name for path in folder.iterdir() if path.suffix != ".lock"}
    assert left == {"cifar10.npz"}


def symlink(name: str) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type = tarfile.SYMTYPE
    info.linkname = MEMBERS[0]
    return info, b""


def bad_label(name: str) -> tuple[tarfile.TarInfo, bytes]:
    data = bytearray(member_bytes(0))
    data[5 * RECORD_BYTES] = 10
    return plain(name, bytes(data))


@pytest.mark.parametrize(
    ("replace", "found"),
    [
        (lambda name: plain("./" + name, member_bytes(0)), "no {name}"),
        (lambda name: plain(name.upper(), member_bytes(0)), "no {name}"),
        (symlink, "{name}: not a plain file"),
        (lambda name: plain(name, member_bytes(0)[:-1]), "{name}: 36,875 bytes"),
        (lambda name: plain(name, member_bytes(0) * 2), "{name}: 73,752 bytes"),
        (bad_label, "label 10"),
    ],
    ids=["prefixed", "renamed", "symlink", "short", "long", "label"],
)
@pytest.mark.parametrize("index", [2, 5], ids=["train", "test"])
def test_unexpected_member_is_refused(folder, publish, index, replace, found):
    members = good_members()
    members[index] = replace(MEMBERS[index])
    publish(members)
    with pytest.raises(DownloadError) as info:
        cifar10.download()
    assert found.format(name=MEMBERS[index]) in str(info.value)
    assert "cifar-10-binary.tar.gz is not" in str(info.value)
    assert not (folder / "cifar10.npz").exists()


@pytest.mark.parametrize(
    "body", [b"no archive", gzip.compress(b"no tar" * 200, mtime=0)]
)
def test_archive_that_is_none_is_refused(folder, publish, monkeypatch, body):
    server = publish(good_members())
    server.body = body
    monkeypatch.setattr(cifar10, "SIZE", len(body))
    monkeypatch.setattr(cifar10, "SHA256", hashlib.sha256(body).hexdigest())
    with pytest.raises(DownloadError, match="is not CIFAR-10's binary version"):
        cifar10.download()


def test_arrays_are_given_as_they_are_in_the_file(file):
    (x_train, y_train), (x_test, y_test) = cifar10.load()
    found = dict(x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    for name, array in arrays().items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == np.uint8


def test_first_images_are_given(file):
    (x_train, y_train), (x_test, y_test) = cifar10.load(3, 0)
    np.testing.assert_array_equal(x_train, arrays()["x_train"][:3])
    np.testing.assert_array_equal(y_train, arrays()["y_train"][:3])
    assert x_test.shape == (0, 32, 32, 3) and y_test.shape == (0,)


def test_images_not_asked_for_give_their_memory_back(file):
    (x_train, _), _ = cifar10.load(3)
    assert x_train.base is None


def test_more_than_there_is_gives_all_and_says_so(file, capsys):
    (x_train, y_train), (x_test, _) = cifar10.load(1_000, 4)
    assert (len(x_train), len(y_train), len(x_test)) == (7, 7, 4)
    said = capsys.readouterr().out
    assert "Asked for 1,000 train images, found 7: using all." in said
    assert said.count("Asked for") == 1


@pytest.mark.parametrize("numbers", [(-1, None), (5, -2)])
def test_negative_number_is_refused(file, numbers):
    with pytest.raises(ValueError, match=f"found {numbers[0]} and {numbers[1]}"):
        cifar10.load(*numbers)


def without(name):
    return {key: array for key, array in arrays().items() if key != name}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (without("y_test"), "no array y_test"),
        (without("x_train"), "no array x_train"),
        (arrays() | {"x_test": np.zeros((4, 3, 32, 32), np.uint8)}, "(4, 3, 32, 32)"),
        (arrays() | {"y_train": np.zeros((7, 1), np.uint8)}, "(7, 1)"),
        (arrays() | {"y_train": np.zeros((), np.uint8)}, "shape ()"),
        (arrays() | {"x_train": np.zeros((7, 32, 32, 3))}, "float64"),
        (arrays() | {"y_train": np.zeros(7, np.int64)}, "int64"),
        (arrays() | {"y_test": np.full(4, 10, np.uint8)}, "label 10 in y_test"),
        (arrays() | {"y_train": np.zeros(6, np.uint8)}, "7 images and 6 labels"),
        (arrays(num_test=0), "0 images and 0 labels"),
    ],
)
def test_file_with_other_arrays_is_named(file, content, found):
    np.savez(file, **content)
    before = file.read_bytes()
    with pytest.raises(ValueError) as info:
        cifar10.load()
    for fact in (found, str(file), "Expected uint8 arrays", "make data"):
        assert fact in str(info.value)
    assert file.read_bytes() == before


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def middle_changed(content: bytes) -> bytes:
    middle = len(content) // 3
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def other_zip(_: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x_train", "no array")
    return packed.getvalue()


@pytest.mark.parametrize(
    "breaking",
    [
        cut_short,
        middle_changed,
        other_zip,
        lambda _: b"",
        lambda _: b"<html>not found</html>",
        lambda _: pickle.dumps(arrays()),
        lambda content: b"more" + content,
    ],
)
def test_broken_file_is_named_and_left_alone(folder, file, publish, breaking):
    server = publish(good_members())
    broken = breaking(file.read_bytes())
    file.write_bytes(broken)
    for call in (cifar10.load, cifar10.download):
        with pytest.raises(ValueError, match="does not hold CIFAR-10") as info:
            call()
        assert str(file) in str(info.value) and "make data" in str(info.value)
    assert file.read_bytes() == broken
    assert server.requests == []


SPRUNG: list[str] = []  # what unpickling a Trap leaves behind


class Trap:
    """A pickle that leaves a trace when it is executed."""

    def __reduce__(self):
        return (spring, ("sprung",))


def spring(trace: str) -> None:
    SPRUNG.append(trace)


def test_pickled_arrays_are_never_executed(file):
    trapped = np.array([Trap()] * 7, dtype=object)
    np.savez(file, **(arrays() | {"y_train": trapped}))
    SPRUNG.clear()
    with pytest.raises(ValueError, match="does not hold CIFAR-10"):
        cifar10.load()
    assert not SPRUNG


@pytest.mark.parametrize("profile", ["full", "laptop", "smoke"])
def test_file_is_used_in_every_profile(file, town, monkeypatch, capsys, profile):
    monkeypatch.setattr(run, "profile", lambda: profile)
    assert cifar10.source() == cifar10.Source(
        "CIFAR-10", cifar10.CLASS_NAMES, file, True
    )
    (x_train, _), _ = cifar10.load()
    assert len(x_train) == 7
    assert capsys.readouterr().out == f"Data: CIFAR-10, from {file}\n"
    assert town.calls == []


def test_full_profile_downloads(folder, publish, town, monkeypatch, capsys):
    server = publish(good_members())
    monkeypatch.setattr(run, "profile", lambda: "full")
    chosen = cifar10.source()
    assert (chosen.name, chosen.path, chosen.is_real) == ("CIFAR-10", None, True)
    assert server.requests == []
    (x_train, _), (x_test, _) = cifar10.load(20)
    assert (len(x_train), len(x_test)) == (20, 12)
    assert "CIFAR-10, to be downloaded once" in capsys.readouterr().out
    assert town.calls == []


def test_full_profile_without_network_is_an_error(folder, publish, town, monkeypatch):
    publish(good_members()).always = Fault(status=500)
    monkeypatch.setattr(run, "profile", lambda: "full")
    with pytest.raises(DownloadError, match="PIXELWISE_DATA=drawn goes on"):
        cifar10.load()
    assert town.calls == []


@pytest.mark.parametrize("profile", ["laptop", "smoke"])
def test_small_profiles_draw_and_tell_how_to_get_the_real_set(
    folder, publish, town, monkeypatch, capsys, profile
):
    server = publish(good_members())
    monkeypatch.setattr(run, "profile", lambda: profile)
    chosen = cifar10.source()
    assert chosen == cifar10.Source("drawn town", drawn.CLASS_NAMES, None, False)
    assert cifar10.load(5, 3) == ("train", "test")
    assert town.calls == [(5, 3, folder / "drawn")]
    assert capsys.readouterr().out == "Data: drawn town\n"
    said = chosen.describe()
    assert "make data" in said and "pixelwise.data.cifar10.download()" in said
    assert server.requests == []


def test_drawn_town_has_its_own_size_by_default_and_at_most(folder, town):
    cifar10.load(num_test=3)
    cifar10.load()
    cifar10.load(50_000, 10_000)
    sizes = [call[:2] for call in town.calls]
    assert sizes == [(10_000, 3), (10_000, 2_000), (10_000, 2_000)]


def test_drawn_town_can_be_asked_for_anywhere(file, town, monkeypatch):
    monkeypatch.setattr(run, "profile", lambda: "full")
    monkeypatch.setattr(run, "drawn_asked", lambda: True)
    assert not cifar10.source().is_real
    assert cifar10.load(5, 3) == ("train", "test")
    assert "unset PIXELWISE_DATA" in cifar10.source().describe()


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("recompressed", "CIFAR-10, recompressed"),
        ("\ufeff recompressed \r\nsecond line\n", "CIFAR-10, recompressed"),
        ("half/size | grey\x00", "CIFAR-10, half size grey"),
        ("x" * 60, "CIFAR-10, " + "x" * 60),
        ("x" * 61, "CIFAR-10, " + "x" * 59 + "…"),
        ("  \n", "CIFAR-10"),
        ("", "CIFAR-10"),
    ],
)
def test_changed_copy_is_named_by_its_note(file, capsys, note, name):
    file.with_name("cifar10.note").write_text(note, encoding="utf-8")
    assert cifar10.source().name == name
    cifar10.load()
    assert f"Data: {name}, from" in capsys.readouterr().out


def test_source_cannot_be_changed(file):
    with pytest.raises(FrozenInstanceError):
        cifar10.source().name = "CIFAR-100"


def test_command_prints_where_the_file_is(folder, publish, capsys):
    publish(good_members())
    cifar10.main()
    cifar10.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"CIFAR-10 is in {folder / 'cifar10.npz'}"] * 2


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
def test_module_runs_as_a_command(file, capsys):
    runpy.run_module("pixelwise.data.cifar10", run_name="__main__")
    assert capsys.readouterr().out == f"CIFAR-10 is in {file}\n"


def test_command_that_fails_says_why_without_a_traceback(folder, publish):
    publish(good_members()).always = Fault(status=404)
    with pytest.raises(SystemExit, match="answered 404"):
        cifar10.main()
