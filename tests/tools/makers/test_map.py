"""The map of the house: read from imports, drawn, and the same as in the documents."""

import re
import xml.etree.ElementTree as ET

import pytest

from helpers import ROOT
from tools.makers.map import drawing, pages, rooms
from tools.makers.marks import Marks

HOUSE = rooms.read()
FLOW = ("town", "course.first", "course.second", "course")
SVG = "{http://www.w3.org/2000/svg}"
RENEW = "python -m tools.makers.map"
GUIDE = pages.CONTRIBUTING.read_text("utf-8")
UNET = ROOT / "src" / "pixelwise" / "models" / "unet.py"


@pytest.fixture
def source(tmp_path):
    """Return a folder with two packages, one of them in two rooms."""
    texts = {
        "town/__init__.py": '"""A town."""\n',
        "course/__init__.py": '"""All of it.\n\nMore.\n"""\n',
        "course/__main__.py": "from course import first\nimport json\n",
        "course/first/__init__.py": '"""The first."""\n\nimport town as drawn\n',
        "course/first/deep/a.py": "from .. import b\n",
        "course/first/b.py": "",
        "course/second/__init__.py": '"""The `second`."""\n',
        "course/second/c.py": "def f():\n    from course.first.b import x\n\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def small(source):
    return rooms.read(source, FLOW)


def test_rooms_have_their_files_lines_and_first_sentence(small):
    found = [(room.name, room.knows, room.files, room.lines) for room in small]
    assert found == [
        ("town", "A town.", 1, 1),
        ("course.first", "The first.", 3, 4),
        ("course.second", "The `second`.", 2, 4),
        ("course", "All of it.", 2, 6),
    ]


def test_imports_count_within_functions_and_by_any_name_but_not_within_a_room(small):
    assert [room.imports for room in small] == [
        (),
        ("town",),
        ("course.first",),
        ("course.first",),
    ]


def test_an_import_from_above_is_told_in_full(source):
    path = source / "course" / "first" / "deep" / "a.py"
    assert rooms.imported(path, source) == {"course.first.b"}


def test_a_folder_without_a_place_in_the_flow_is_named(source):
    with pytest.raises(ValueError, match=r"found 'course\.second'"):
        rooms.read(source, ("town", "course.first", "course"))


def test_a_room_that_is_gone_is_named(source):
    with pytest.raises(ValueError, match=r"course\.third: expected .*__init__\.py"):
        rooms.read(source, (*FLOW, "course.third"))


def test_a_table_has_a_row_for_each_room_and_says_what_it_imports(small):
    (row,) = [pages.row(room) for room in small if room.name == "course.second"]
    assert row == "| [second](../src/course/second) | The `second`. | 2 | 0 | first |"


def test_lines_are_told_to_the_hundred():
    assert [pages.hundreds(number) for number in (149, 151, 10_649)] == [
        "100",
        "200",
        "10,600",
    ]


def test_a_drawing_shows_rooms_after_the_packages_that_they_import(small):
    assert [r.name for r in pages.drawn(small, "course")] == [
        "town",
        "course.first",
        "course.second",
    ]


def test_every_line_of_a_drawing_joins_a_room_to_one_that_imports_it(small):
    drawn = pages.drawn(small, "course")
    tree = ET.fromstring(drawing.svg(drawn))
    boxes = [rect.attrib for rect in tree.iter(f"{SVG}rect") if "class" in rect.attrib]
    names = [text.text for text in tree.iter(f"{SVG}text")]
    pattern = re.compile(r"M(\d+) (\d+)H(\d+)V(\d+)")
    joined = set()
    for path in tree.iter(f"{SVG}path"):
        if path.get("class") == "import":
            start, level, x, end = map(int, pattern.fullmatch(path.get("d")).groups())
            joined.add((box_at(boxes, start, level), box_at(boxes, x, end + 8)))
    named = {(names[above], names[below]) for above, below in joined}
    assert named == {("town", "first"), ("first", "second")}


def box_at(boxes, x, y):
    """Return the number of the box that holds a point, its edge included."""
    for number, box in enumerate(boxes):
        left, top = float(box["x"]), float(box["y"])
        width, height = float(box["width"]), float(box["height"])
        if left <= x <= left + width and top <= y <= top + height:
            return number
    raise AssertionError(f"no box at {x}, {y}")


def test_no_line_of_a_drawing_crosses_a_box():
    # Of the box above a room's, the line into that room passes to the right.
    right_of_box_above = drawing.WIDTH - drawing.RIGHT
    assert right_of_box_above < drawing.ENTRY < drawing.WIDTH


def test_a_drawing_is_told_in_words(small):
    assert drawing.told(pages.drawn(small, "course")) == (
        "A staircase of rooms, down in this order: town, first, second. "
        "first imports town; second imports first."
    )


def test_the_guide_s_map_is_that_of_the_imports():
    assert pages.MAP.begin + pages.text(HOUSE) + pages.MAP.end in GUIDE, RENEW


def test_the_readme_s_sizes_are_those_of_the_rooms():
    told = pages.README.read_text("utf-8")
    assert pages.SIZES.begin + pages.sizes(HOUSE) + pages.SIZES.end in told, RENEW


@pytest.mark.parametrize("package", pages.PACKAGES)
def test_the_drawings_are_those_of_the_imports(package):
    drawn = (pages.PICTURES / f"{package}.svg").read_text("utf-8")
    assert drawn == drawing.svg(pages.drawn(HOUSE, package)), RENEW


def test_what_stands_around_the_marks_is_kept(tmp_path):
    marks, page = Marks("a table", "a program"), tmp_path / "page.md"
    page.write_text(f"before\n{marks.begin}old\n{marks.end}\nafter")
    marks.put(page, "new\n")
    assert page.read_text() == f"before\n{marks.begin}new\n{marks.end}\nafter"


@pytest.mark.parametrize("kept", ["begin", "end"])
def test_a_page_without_marks_is_named_and_kept(tmp_path, kept):
    marks, page = Marks("a table", "a program"), tmp_path / "page.md"
    page.write_text(f"text {getattr(marks, kept)} text")
    before = page.read_text()
    with pytest.raises(ValueError, match=r"page\.md: expected"):
        marks.put(page, "new\n")
    assert page.read_text() == before


def test_the_guide_s_lines_of_the_unet_begin_at_add_unet_and_end_with_the_file():
    first, last = map(int, re.search(r"unet\.py#L(\d+)-L(\d+)\)", GUIDE).groups())
    lines = UNET.read_text("utf-8").splitlines()
    assert lines[first - 1].startswith("def add_unet(")
    assert last == len(lines)


def test_files_that_the_guide_names_are_there():
    to_come = {"camvid.py", "play/", "tests/play/"}
    folders = [ROOT, ROOT / "src" / "pixelwise", ROOT / "src" / "pixelwise" / "data"]
    named = set(re.findall(r"`([\w./]+(?:/|\.py|\.md|\.toml))`", GUIDE)) - to_come
    assert len(named) > 20
    for name in named:
        assert any((folder / name).exists() for folder in folders), name
