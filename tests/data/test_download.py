"""What `fetch` promises, with a server that breaks off, lies and changes."""

import hashlib
import http.client
import os
import random
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import namedtuple
from itertools import pairwise
from pathlib import Path

import pytest

from helpers.server import Fault, FileServer
from pixelwise.data import download
from pixelwise.data.download import DownloadError, fetch

BODY = random.Random(0).randbytes(300_000)
OTHER = random.Random(1).randbytes(300_000)
HALF = 100_001  # bytes; no multiple of any buffer


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.fixture
def server():
    with FileServer(BODY) as running:
        yield running


@pytest.fixture
def target(tmp_path):
    return tmp_path / "data" / "file.bin"


@pytest.fixture
def part(target):
    return target.with_name("file.bin.part")


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    """Record the pauses between tries instead of making them."""
    made = []
    monkeypatch.setattr(download, "sleep", made.append)
    return made


def ranges(server: FileServer) -> list[str | None]:
    return [request.range for request in server.requests]


def test_file_arrives_whole_with_a_bar_in_bytes(server, target, capsys):
    assert fetch(server.url, target, sha256(BODY), len(BODY)) == target
    assert target.read_bytes() == BODY
    assert "300k/300k" in capsys.readouterr().err


def test_nothing_but_the_file_and_its_lock_remains(server, target):
    server.plan = [Fault(send=HALF)]
    fetch(server.url, target, sha256(BODY))
    left = {path.name for path in target.parent.iterdir()}
    assert left - {"file.bin.lock"} == {"file.bin"}


@pytest.mark.parametrize("size", [len(BODY), None])
def test_dropped_connection_goes_on_where_it_stopped(
    server, target, size, pauses, capsys
):
    server.plan = [Fault(send=HALF)]
    fetch(server.url, target, sha256(BODY), size)
    assert target.read_bytes() == BODY
    assert ranges(server) == [None, f"bytes={HALF}-"]
    assert [request.sent for request in server.requests] == [HALF, len(BODY) - HALF]
    assert server.requests[1].if_range == '"first"'
    assert len(pauses) == 1
    assert "300k/300k" in capsys.readouterr().err.rsplit("\r", 1)[-1]


def test_drop_without_announced_length_is_noticed_by_the_size(server, target):
    server.plan = [Fault(send=HALF, headers=(("Content-Length", None),))]
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [None, f"bytes={HALF}-"]


def test_reset_connection_goes_on(server, target, monkeypatch):
    amounts = []
    read = http.client.HTTPResponse.read

    def read_or_reset(response, amount):
        amounts.append(amount)
        if len(amounts) == 3:
            raise ConnectionResetError("reset by peer")
        return read(response, amount)

    monkeypatch.setattr(http.client.HTTPResponse, "read", read_or_reset)
    fetch(server.url, target, sha256(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [None, f"bytes={amounts[0] + amounts[1]}-"]


def test_silent_server_counts_as_dropped(server, target, monkeypatch):
    monkeypatch.setattr(download, "TIMEOUT", 0.1)
    server.plan = [Fault(send=HALF, hold=True)]
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY
    assert len(server.requests) == 2


def test_server_that_always_drops_ends_in_an_error_and_keeps_the_part(
    server, target, part, pauses
):
    server.always = Fault(send=10_000)
    with pytest.raises(DownloadError, match="60,000 of 300,000 bytes are kept") as info:
        fetch(server.url, target, sha256(BODY), len(BODY))
    assert server.url in str(info.value)
    assert len(server.requests) == 6
    assert part.read_bytes() == BODY[:60_000]
    assert not target.exists()
    assert len(pauses) == 5
    assert all(later > earlier for earlier, later in pairwise(pauses))


def test_killed_process_is_continued_by_the_next(server, target, part):
    server.plan = [Fault(send=HALF)]
    program = (
        "import os, sys; from pathlib import Path; from pixelwise.data import download;"
        "download.sleep = lambda seconds: os._exit(9);"
        "download.fetch(sys.argv[1], Path(sys.argv[2]), sys.argv[3])"
    )
    command = [sys.executable, "-c", program, server.url, str(target), sha256(BODY)]
    killed = subprocess.run(command, capture_output=True, env=environment())
    assert killed.returncode == 9, killed.stderr
    assert part.read_bytes() == BODY[:HALF]
    fetch(server.url, target, sha256(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [None, f"bytes={HALF}-"]
    assert server.requests[1].if_range == '"first"'


def environment() -> dict[str, str]:
    """Return this process's environment, with the package on the path."""
    return os.environ | {"PYTHONPATH": str(Path(download.__file__).parents[2])}


def test_complete_part_is_used_without_a_request(server, target, part):
    part.parent.mkdir()
    part.write_bytes(BODY)
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY
    assert server.requests == []


def test_complete_part_of_unknown_size_is_accepted_at_416(server, target, part):
    part.parent.mkdir()
    part.write_bytes(BODY)
    fetch(server.url, target, sha256(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [f"bytes={len(BODY)}-"]


@pytest.mark.parametrize("size", [len(BODY), None])
def test_part_longer_than_the_file_starts_over(server, target, part, size):
    part.parent.mkdir()
    part.write_bytes(BODY + b"more")
    fetch(server.url, target, sha256(BODY), size)
    assert target.read_bytes() == BODY
    assert ranges(server)[-1] is None


def test_wrong_file_is_deleted_and_named(server, target, part):
    server.body = OTHER
    with pytest.raises(DownloadError) as info:
        fetch(server.url, target, sha256(BODY), len(BODY))
    text = str(info.value)
    for fact in (server.url, sha256(BODY), sha256(OTHER), "300,000 bytes", "mirror"):
        assert fact in text
    assert not target.exists() and not part.exists()
    assert len(server.requests) == 1


def test_wrong_file_then_right_one(server, target):
    server.body = OTHER
    with pytest.raises(DownloadError):
        fetch(server.url, target, sha256(BODY), len(BODY))
    server.body = BODY
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [None, None]


def test_file_of_wrong_length_is_refused_before_it_is_received(server, target, part):
    server.body = BODY[:5_000]
    with pytest.raises(DownloadError, match=r"Expected 300,000 bytes.*found 5,000"):
        fetch(server.url, target, sha256(BODY), len(BODY))
    assert not target.exists() and not part.exists()


def test_truncated_file_of_unknown_size_is_refused(server, target, part):
    server.body = BODY[:5_000]
    with pytest.raises(DownloadError, match=r"found [0-9a-f]{64} \(5,000 bytes\)"):
        fetch(server.url, target, sha256(BODY))
    assert not target.exists() and not part.exists()


def test_endless_body_is_not_received_for_ever(server, target, part, capsys):
    server.body = BODY * 30
    server.always = Fault(headers=(("Content-Length", None),))
    with pytest.raises(DownloadError, match="gave another file") as info:
        fetch(server.url, target, sha256(BODY), len(BODY))
    received = 300_000 + download.CHUNK
    found = str(info.value).rsplit("(", 1)[1].split()[0]
    assert int(found.replace(",", "")) <= received


def test_server_without_ranges_starts_over_cleanly(server, target):
    server.has_ranges = False
    server.plan = [Fault(send=HALF)]
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY
    assert [request.sent for request in server.requests] == [HALF, len(BODY)]


def test_answer_to_another_range_is_not_appended(server, target):
    wrong = ("Content-Range", f"bytes 7-299999/{len(BODY)}")
    server.plan = [Fault(send=HALF), Fault(headers=(wrong,))]
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [None, f"bytes={HALF}-", None]


@pytest.mark.parametrize("kind", ["etag", "modified"])
def test_file_that_changed_between_tries_starts_over(server, target, kind):
    tags = {
        "etag": ('"first"', '"second"'),
        "modified": (
            "Mon, 05 Jan 2026 10:00:00 GMT",
            "Tue, 06 Jan 2026 10:00:00 GMT",
        ),
    }
    before, after = tags[kind]
    server.etag = None
    server.body = OTHER
    setattr(server, kind, before)
    server.always = Fault(send=5_000)
    with pytest.raises(DownloadError):
        fetch(server.url, target, sha256(BODY))
    server.requests.clear()
    server.body, server.always = BODY, Fault()
    setattr(server, kind, after)
    fetch(server.url, target, sha256(BODY))
    assert target.read_bytes() == BODY
    assert [request.if_range for request in server.requests] == [before]
    assert [request.sent for request in server.requests] == [len(BODY)]


def test_weak_tag_is_not_used_to_continue(server, target):
    server.etag = 'W/"first"'
    server.plan = [Fault(send=HALF)]
    fetch(server.url, target, sha256(BODY))
    assert ranges(server) == [None, f"bytes={HALF}-"]
    assert server.requests[1].if_range is None


def test_file_that_changed_unnoticed_starts_over_by_its_hash(server, target, part):
    server.etag = None
    part.parent.mkdir()
    part.write_bytes(OTHER[:HALF])
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [f"bytes={HALF}-", None]


def test_mirror_continues_the_part_of_another_address(server, target):
    server.always = Fault(send=10_000)
    with pytest.raises(DownloadError):
        fetch(server.url, target, sha256(BODY), len(BODY))
    with FileServer(BODY) as mirror:
        mirror.etag = '"of the mirror"'
        fetch(mirror.url, target, sha256(BODY), len(BODY))
        assert ranges(mirror) == ["bytes=60000-"]
        assert mirror.requests[0].if_range is None
    assert target.read_bytes() == BODY


def test_404_is_told_at_once_and_the_part_is_kept(server, target, part):
    part.parent.mkdir()
    part.write_bytes(BODY[:HALF])
    server.always = Fault(status=404)
    with pytest.raises(DownloadError, match=r"answered 404.*expected 200") as info:
        fetch(server.url, target, sha256(BODY))
    assert server.url in str(info.value) and "mirror" in str(info.value)
    assert len(server.requests) == 1
    assert part.read_bytes() == BODY[:HALF]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_passing_trouble_of_the_server_is_tried_again(server, target, status):
    server.plan = [Fault(status=status), Fault(send=HALF), Fault(status=status)]
    fetch(server.url, target, sha256(BODY))
    assert target.read_bytes() == BODY
    assert ranges(server) == [None, None, f"bytes={HALF}-", f"bytes={HALF}-"]


def test_lasting_trouble_of_the_server_is_told(server, target):
    server.always = Fault(status=500)
    with pytest.raises(DownloadError, match="in 6 tries: the server answered 500"):
        fetch(server.url, target, sha256(BODY))
    assert len(server.requests) == 6


def test_no_server_is_told_after_bounded_tries(target, pauses):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/file"
        with pytest.raises(DownloadError, match="network connection") as info:
            fetch(url, target, sha256(BODY))
    assert url in str(info.value)
    assert len(pauses) == 5


def test_every_connection_has_a_time_limit(server, target, monkeypatch):
    limits = []
    urlopen = urllib.request.urlopen

    def note(request, timeout=None):
        limits.append(timeout)
        return urlopen(request, timeout=timeout)

    monkeypatch.setattr(urllib.request, "urlopen", note)
    fetch(server.url, target, sha256(BODY))
    assert limits == [download.TIMEOUT]


def test_untrusted_certificate_is_told_at_once(target, pauses, monkeypatch):
    def refuse(request, timeout):
        raise urllib.error.URLError(ssl.SSLCertVerificationError("self-signed"))

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    with pytest.raises(DownloadError, match="certificate of https://example"):
        fetch("https://example.org/file", target, sha256(BODY))
    assert pauses == []


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://host/a", "host/a", ""])
def test_only_http_addresses_are_taken(url, target):
    with pytest.raises(DownloadError, match="http:// or https://"):
        fetch(url, target, sha256(BODY))
    assert not target.parent.exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:port/a", "http://127.0.0.1/a b"])
def test_malformed_address_is_told_at_once(url, target, pauses):
    with pytest.raises(DownloadError, match="no valid address"):
        fetch(url, target, sha256(BODY))
    assert pauses == []


def test_right_file_that_is_there_is_returned_without_a_request(server, target):
    target.parent.mkdir()
    target.write_bytes(BODY)
    assert fetch(server.url, target, sha256(BODY).upper(), len(BODY)) == target
    assert server.requests == []


def test_other_file_that_is_there_is_left_untouched(server, target):
    target.parent.mkdir()
    target.write_bytes(b"a student's own")
    with pytest.raises(DownloadError, match="move it away") as info:
        fetch(server.url, target, sha256(BODY), len(BODY))
    for fact in (str(target), sha256(BODY), sha256(b"a student's own")):
        assert fact in str(info.value)
    assert target.read_bytes() == b"a student's own"
    assert server.requests == []


def test_folder_in_the_targets_place_is_named(server, target):
    target.mkdir(parents=True)
    with pytest.raises(DownloadError, match="found a folder"):
        fetch(server.url, target, sha256(BODY))


def test_file_put_there_during_the_download_is_not_overwritten(
    server, target, monkeypatch
):
    require = download._require_hash

    def put_another(wanted):
        require(wanted)
        target.write_bytes(b"a student's own")

    monkeypatch.setattr(download, "_require_hash", put_another)
    with pytest.raises(DownloadError, match="move it away"):
        fetch(server.url, target, sha256(BODY))
    assert target.read_bytes() == b"a student's own"


def test_target_appears_only_when_whole(server, target, part, monkeypatch):
    seen = []
    read = download._read

    def look(response):
        seen.append(target.exists())
        return read(response)

    monkeypatch.setattr(download, "_read", look)
    fetch(server.url, target, sha256(BODY))
    assert len(seen) > 2 and not any(seen)


def test_two_processes_make_one_download(server, target):
    server.plan = [Fault(send=HALF, hold=True)]
    program = (
        "import sys; from pathlib import Path; from pixelwise.data.download import "
        "fetch; print(fetch(sys.argv[1], Path(sys.argv[2]), sys.argv[3]), flush=True)"
    )
    command = [sys.executable, "-c", program, server.url, str(target), sha256(BODY)]
    options = dict(
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(), text=True
    )
    with subprocess.Popen(command, **options) as first:
        assert server.arrived.wait(20)
        with subprocess.Popen(command, **options) as second:
            waiting = second.stdout.readline()
            server.released.set()
            assert first.communicate()[0].splitlines() == [str(target)]
            assert second.communicate()[0].splitlines() == [str(target)]
    assert "Another process is making" in waiting
    assert target.read_bytes() == BODY
    assert [request.sent for request in server.requests] == [HALF, len(BODY) - HALF]


def test_two_threads_make_one_download(server, target):
    together = threading.Barrier(2)

    def get():
        together.wait(20)
        fetch(server.url, target, sha256(BODY), len(BODY))

    threads = [threading.Thread(target=get) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert target.read_bytes() == BODY
    assert len(server.requests) == 1


def test_full_disk_is_told_before_anything_is_written(
    server, target, part, monkeypatch
):
    usage = namedtuple("usage", "total used free")(10**6, 9 * 10**5, 10**5)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(DownloadError, match="too full"):
        fetch(server.url, target, sha256(BODY), len(BODY))
    assert not part.exists() and not target.exists()


def test_only_the_rest_needs_room(server, target, part, monkeypatch):
    part.parent.mkdir()
    part.write_bytes(BODY[:HALF])
    free = len(BODY) - HALF
    usage = namedtuple("usage", "total used free")(10**6, 10**6 - free, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    fetch(server.url, target, sha256(BODY), len(BODY))
    assert target.read_bytes() == BODY


def test_disk_that_fills_up_on_the_way_keeps_the_part(
    server, target, part, monkeypatch
):
    def fill_up(response, file, start, total):
        file.write(response.read(HALF))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(download, "_copy", fill_up)
    with pytest.raises(DownloadError, match="No space left on device"):
        fetch(server.url, target, sha256(BODY), len(BODY))
    assert part.read_bytes() == BODY[:HALF]
    assert len(server.requests) == 1


def test_missing_folders_are_made(server, tmp_path):
    target = tmp_path / "not" / "yet" / "file.bin"
    assert fetch(server.url, target, sha256(BODY)).read_bytes() == BODY


def test_folder_that_cannot_be_made_is_named(server, tmp_path):
    (tmp_path / "file").write_text("in the way")
    target = tmp_path / "file" / "file.bin"
    with pytest.raises(DownloadError, match="PIXELWISE_DATA") as info:
        fetch(server.url, target, sha256(BODY))
    assert str(target) in str(info.value)
    assert server.requests == []


def test_folder_that_cannot_be_written_is_named(server, target, monkeypatch):
    def refuse(lock, path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(download, "_acquire", refuse)
    with pytest.raises(DownloadError, match="Permission denied") as info:
        fetch(server.url, target, sha256(BODY))
    assert str(target) in str(info.value)
    assert server.requests == []


def test_bytes_held_counts_the_whole_file_or_its_part(target, part):
    assert download.bytes_held(target) == 0
    part.parent.mkdir()
    part.write_bytes(b"123")
    assert download.bytes_held(target) == 3
    target.write_bytes(b"12345")
    assert download.bytes_held(target) == 5
