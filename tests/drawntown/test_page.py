"""The drawn town's page: its examples run, and its table is that of the classes."""

import re

import numpy as np
import pytest

import drawntown
from helpers import ROOT

PAGE = (ROOT / "docs" / "drawntown.md").read_text("utf-8")


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Return what the page's examples make, run one after the other."""
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"(?s)```python\n(.+?)```", PAGE)
    names = {}
    exec(compile("\n".join(examples), "drawntown.md", "exec"), names)
    return names


def test_the_examples_give_what_the_page_says(made):
    assert made["photo"].shape == (256, 256, 3) and made["mask"].shape == (256, 256)
    assert made["picture"].shape == (32, 32, 3)
    assert {made[name].dtype for name in ("photo", "mask", "picture")} == {
        np.dtype("uint8")
    }
    assert made["people"].any()
    assert (made["coloured"][made["people"]] == (220, 20, 60)).all()
    (x_train, y_train), (x_test, _) = made["train"], made["test"]
    assert len(x_train) == len(y_train) == 100 and len(x_test) == 20
    files = sorted(path.as_posix() for path in made["folder"].rglob("*.jpg"))
    assert len(files) == 4 and "streets/val/1.jpg" in files


def test_the_table_has_every_class_with_its_number_and_colour():
    rows = re.findall(r"^\| (\d+) \| ([\w ]+) \| (\d+), (\d+), (\d+) \|$", PAGE, re.M)
    assert [int(row[0]) for row in rows] == list(range(len(drawntown.CLASSES)))
    assert tuple(row[1] for row in rows) == drawntown.CLASSES
    colours = [[int(part) for part in row[2:]] for row in rows]
    assert colours == drawntown.COLOURS.tolist()


def test_every_public_name_is_on_the_page_or_has_a_docstring_there():
    told = PAGE + drawntown.__doc__
    for name in drawntown.__all__:
        thing = getattr(drawntown, name)
        assert name in told or (callable(thing) and thing.__doc__), name
