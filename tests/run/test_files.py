"""A file is written as a whole, or what was there before stays."""

import pytest

from pixelwise.run import files


def test_what_was_written_takes_the_place_of_the_file(tmp_path):
    path = tmp_path / "new" / "kept.npz"
    for text in ("first", "second"):
        with files.written_whole(path) as part:
            assert part.name.endswith(path.name)
            part.write_text(text)
    assert path.read_text() == "second"
    assert list(path.parent.iterdir()) == [path]


def test_after_an_error_the_file_is_as_it_was_and_nothing_is_left(tmp_path):
    path = tmp_path / "kept.npz"
    path.write_text("before")
    with pytest.raises(OSError, match="full"), files.written_whole(path) as part:
        part.write_text("half")
        raise OSError("disk full")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_two_writers_at_once_do_not_meet(tmp_path):
    path = tmp_path / "kept.npz"
    with files.written_whole(path) as one, files.written_whole(path) as other:
        assert one != other
        one.write_text("one")
        other.write_text("other")
    assert path.read_text() == "one"
