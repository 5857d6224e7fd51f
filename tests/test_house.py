"""What may import what: data flows one way through the rooms of src."""

import graphlib
import sys

import pytest

from helpers import ROOT
from tools.makers.map import rooms

HOUSE = rooms.read()
NAMES = [room.name for room in HOUSE]
FLOW = (
    *("run", "data", "models", "training"),
    *("metrics", "figures", "results", "exercises"),
)
SOURCE = ROOT / "src"
FILES = sorted(SOURCE.rglob("*.py"))


def files_of(room):
    return [path for path in FILES if rooms.room_of(path, SOURCE).startswith(room)]


def imports_of(room):
    """Return the full names that a room imports, or a package with all its rooms."""
    return set().union(*(rooms.imported(path) for path in files_of(room)))


def roots(names):
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("room", HOUSE, ids=NAMES)
def test_a_room_imports_none_that_comes_after_it(room):
    before = NAMES[: NAMES.index(room.name)]
    assert set(room.imports) <= set(before)


def test_rooms_do_not_import_each_other_in_a_circle():
    graphlib.TopologicalSorter({room.name: room.imports for room in HOUSE}).prepare()


def test_data_flows_in_the_order_that_the_design_states():
    places = [NAMES.index(f"pixelwise.{name}") for name in FLOW]
    assert places == sorted(places)


def test_networks_know_no_data():
    found = imports_of("pixelwise.models")
    assert not [name for name in found if name.startswith(("pixelwise.data", "drawn"))]


def test_data_knows_no_network_and_no_keras():
    found = imports_of("pixelwise.data")
    assert "keras" not in roots(found)
    assert not [name for name in found if name.startswith("pixelwise.models")]


def test_the_drawn_town_needs_three_libraries_and_nothing_of_the_course():
    needed = roots(imports_of("drawntown")) - set(sys.stdlib_module_names)
    assert needed == {"drawntown", "numpy", "PIL", "tqdm"}


def test_the_course_calls_the_drawn_town_by_its_face_from_one_file():
    of_town = {
        path.relative_to(SOURCE).as_posix(): found
        for path in files_of("pixelwise")
        if (found := {n for n in rooms.imported(path) if n.startswith("drawntown")})
    }
    assert of_town == {"pixelwise/data/drawn.py": {"drawntown"}}


def test_nothing_in_src_imports_tools_tests_or_notebooks():
    found = roots(imports_of("pixelwise") | imports_of("drawntown"))
    assert not found & {"tools", "tests", "helpers", "notebooks"}


@pytest.mark.parametrize("room", [n for n in NAMES if n.startswith("pixelwise.")])
def test_tests_and_api_pages_have_the_same_rooms(room):
    short = room.split(".")[1]
    assert list((ROOT / "tests" / short).glob("test_*.py"))
    page = ROOT / "docs" / "api" / f"{short}.md"
    assert f"automodule:: {room}" in page.read_text("utf-8")
