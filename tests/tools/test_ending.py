"""A command ends by its code, or in words."""

import pytest

from tools import ending


def how_ends(main):
    with pytest.raises(SystemExit) as ended:
        ending.finish(main, "stopped; it is kept")
    return ended.value.code


def test_a_command_ends_by_its_code_or_in_words():
    def refuses():
        raise ValueError("expected a folder")

    def is_interrupted():
        raise KeyboardInterrupt

    assert how_ends(lambda: 1) == 1
    assert how_ends(refuses) == "expected a folder"
    assert how_ends(is_interrupted) == "\nstopped; it is kept"
