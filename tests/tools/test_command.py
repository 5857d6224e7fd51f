"""A command ends by its code, or in words."""

import pytest

from tools import command


def ending(main):
    with pytest.raises(SystemExit) as ended:
        command.finish(main, "stopped; it is kept")
    return ended.value.code


def test_a_command_ends_by_its_code_or_in_words():
    def refuses():
        raise ValueError("expected a folder")

    def is_interrupted():
        raise KeyboardInterrupt

    assert ending(lambda: 1) == 1
    assert ending(refuses) == "expected a folder"
    assert ending(is_interrupted) == "\nstopped; it is kept"
