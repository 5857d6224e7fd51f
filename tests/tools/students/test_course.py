"""`make course` executes, shows what failed, and makes pages that load nothing."""

import asyncio
import base64
import re
import sys
from html.parser import HTMLParser

import nbformat
import pytest

pytest.importorskip("nbclient")
pytest.importorskip("nbconvert")
pytest.importorskip("latex2mathml")

from tools.students import course, execute, index, pages

text = nbformat.v4.new_markdown_cell
code = nbformat.v4.new_code_cell

ENTRY = {
    "chapter": "01_one",
    "model": "MLP <wide>",
    "metrics": {"test_accuracy": 0.468},
    "parameters": 1234567,
    "seconds": 12.3,
    "data": "drawn town",
}
PICTURE = """
from IPython.display import Image, display
display(
    Image(data=bytes([137, 80, 78, 71]), format="png"),
    metadata={"image/png": {"alt": 'A "line" that rises'}},
)
"""


class Loads(HTMLParser):
    """Collects the addresses that a browser would load with a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        names = {"href"} if tag == "link" else {"src", "srcset", "data"}
        if tag != "a":
            self.found += [value for name, value in attributes if name in names]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder and the chapters of a course with a chapter that fails."""
    notebooks = tmp_path_factory.mktemp("notebooks")
    folder = tmp_path_factory.mktemp("course")
    write(
        notebooks / "01_one.ipynb",
        text(
            "# One\n[![Badge](https://example.org/badge.svg)](https://example.org)\n\n"
            "Where $x_i^2$ is, [next](02_two.ipynb#more).\n\n$$\\frac{a}{b}$$"
        ),
        code("import sys\nprint('to read')\nprint('a log', file=sys.stderr)"),
        code("print('10%', end='\\r')\nprint('100%')"),
        code(PICTURE, metadata={"tags": ["plot"]}),
        code("1 / 0", metadata={"tags": ["raises-exception"]}),
        code("'an answer'", metadata={"tags": ["solution"]}),
        code("sys.executable"),
    )
    write(
        notebooks / "02_two.ipynb",
        text("# Two"),
        code("first = 1"),
        text("between"),
        code("first.second\nthird = 3"),
        code("print('never')"),
    )
    paths = execute.find(notebooks, [])
    return folder, course.build(paths, folder, longest_cell=60)


def write(path, *cells):
    metadata = {"kernelspec": {"name": "nowhere", "display_name": "-"}}
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells), metadata=metadata), path)


def read(built, name):
    return (built[0] / f"{name}.html").read_text("utf-8")


def test_a_chapter_runs_in_this_python_whatever_kernel_it_names(built):
    last = built[1][0].notebook.cells[-1]
    assert last.outputs[0].data["text/plain"] == repr(sys.executable)


def test_only_an_unexpected_error_fails_a_chapter(built):
    assert [bool(chapter.failure) for chapter in built[1]] == [False, True]


def test_a_failure_names_its_cell_its_first_line_and_its_error(built):
    failure = built[1][1].failure
    assert failure.startswith("code cell 2 (first.second): AttributeError: 'int'")


def test_a_failed_chapter_has_its_page_with_the_error(built):
    assert "AttributeError" in read(built, "02_two")
    assert "never</span>" not in re.sub(
        r"(?s)^.*AttributeError", "", read(built, "02_two")
    )


def test_the_report_ends_with_the_path_and_a_failing_exit_code(built, capsys):
    front = built[0] / "index.html"
    assert course.report(built[1], [ENTRY], front) == 1
    said = capsys.readouterr().out
    assert re.search(r"01_one +MLP <wide> +46\.8 % +1,234,567 +12 +drawn town", said)
    assert "02_two: FAILED in code cell 2" in said
    assert said.splitlines()[-1] == str(front)
    assert course.report(built[1][:1], [], front) == 0


def test_a_page_loads_nothing_from_elsewhere(built):
    for name in ("01_one", "02_two"):
        page = read(built, name)
        assert all(value.startswith("data:") for value in Loads(page).found)
        assert "@import" not in page
        assert not re.search(r"url\(['\"]?(https?:)?//", page)


def test_equations_are_shown_without_a_script(built):
    page = read(built, "01_one")
    assert page.count("<math") == 2
    assert "<msubsup>" in page
    assert "<mfrac>" in page
    assert "$" not in re.sub(r"(?s)<(style|script).*?</\1>", "", page)


def test_a_page_carries_the_font_of_its_equations(built):
    font = pages.FONT.read_bytes()
    for name in ("01_one", "02_two"):
        assert base64.b64encode(font).decode() in read(built, name)


def test_logs_and_overwritten_progress_are_left_out(built):
    page = read(built, "01_one")
    assert "to read" in page
    assert "a log\n" not in page
    assert "<pre>100%" in page


def test_figures_keep_their_description_and_code_can_be_unfolded(built):
    page = read(built, "01_one")
    assert 'A "line" that rises' in page.replace("&quot;", '"')
    assert "Code of the figure</summary>" in page
    assert "Solution</summary>" in page


def test_links_between_chapters_lead_to_pages(built):
    assert 'href="02_two.html#more"' in read(built, "01_one")


def test_the_front_page_shows_what_was_run_and_reached(built):
    facts = {"profile": "smoke", "data": "drawn town"}
    page = index.page("Course", facts, built[1], [ENTRY])
    assert 'href="01_one.html">One</a>' in page
    assert "failed: code cell 2 (first.second)" in page
    for cell in ("MLP &lt;wide&gt;", "46.8 %", "1,234,567", "drawn town"):
        assert cell in page
    assert Loads(page).found == []


def test_a_model_that_was_measured_twice_is_shown_once_and_newest():
    later = ENTRY | {"metrics": {"test_accuracy": 0.5}}
    assert index.newest([ENTRY, later]) == [later]


def test_a_chapter_that_is_not_there_is_named_with_those_that_are(tmp_path):
    write(tmp_path / "01_one.ipynb", text("# One"))
    with pytest.raises(ValueError, match=r"begins with '07'; there are: 01_one"):
        execute.find(tmp_path, ["07"])
    assert [path.name for path in execute.find(tmp_path, ["01"])] == ["01_one.ipynb"]


def test_a_cell_that_never_ends_is_stopped_and_named(tmp_path):
    write(tmp_path / "01_one.ipynb", code("import time\ntime.sleep(1000)"))
    chapter = execute.execute(tmp_path / "01_one.ipynb", 1, tmp_path / "log")
    assert chapter.failure.startswith("code cell 1 (import time): stopped after 1 s")


def test_a_loop_that_handles_no_signals_executes_too(tmp_path, monkeypatch):
    """On Windows they have the methods that every loop inherits."""
    for name in ("add_signal_handler", "remove_signal_handler"):
        bare = getattr(asyncio.AbstractEventLoop, name)
        monkeypatch.setattr(asyncio.SelectorEventLoop, name, bare)
    write(tmp_path / "01_one.ipynb", code("'é'"))
    chapter = execute.execute(tmp_path / "01_one.ipynb", 60, tmp_path / "log")
    assert not chapter.failure


def test_a_chapter_s_kernel_ends_with_the_chapter(tmp_path):
    psutil = pytest.importorskip("psutil")
    write(tmp_path / "01_one.ipynb", code("import os\nos.getpid()"))
    chapter = execute.execute(tmp_path / "01_one.ipynb", 60, tmp_path / "log")
    kernel = int(chapter.notebook.cells[0].outputs[0].data["text/plain"])
    assert not psutil.pid_exists(kernel)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\rb\n", "b\n"),
        ("1/2\x08\x08\x082/2\n", "2/2\n"),
        ("\x1b[1mbold\x1b[0m\r\n", "bold\n"),
        ("plain", "plain"),
    ],
)
def test_text_that_was_written_over_is_shown_as_it_ended(written, shown):
    assert pages.last_state(written) == shown
