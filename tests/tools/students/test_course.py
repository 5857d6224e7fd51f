"""`make course` executes, shows what failed, and makes pages that load nothing."""

import asyncio
import base64
import io
import json
import os
import re
import signal
import sys
from html.parser import HTMLParser

import nbformat
import pytest
from bs4 import BeautifulSoup
from PIL import Image

pytest.importorskip("nbclient")
pytest.importorskip("nbconvert")
pytest.importorskip("latex2mathml")

from pixelwise import results
from tools.students import course, execute, index, pages, picture, scores
from tools.students.index import Card, FrontPage

text = nbformat.v4.new_markdown_cell
code = nbformat.v4.new_code_cell

ENTRY = {
    "chapter": "01_mlp",
    "model": "MLP <wide>",
    "metrics": {"test_accuracy": 0.468},
    "parameters": 1234567,
    "epochs": 3,
    "seconds": 12.3,
    "data": "drawn town",
    "profile": "smoke",
}
FACTS = {"profile": "smoke", "data": "drawn town"}
PICTURE = """
from IPython.display import Image, display
display(
    Image(data=bytes.fromhex("{png}"), format="png"),
    metadata={{"image/png": {{"alt": 'A "line" that rises'}}}},
)
"""
RECORD = """
import os
from pathlib import Path
ledger = Path(os.environ["PIXELWISE_RUNS"]) / "ledger.jsonl"
with ledger.open("a") as file:
    print({line!r}, file=file)
"""


def png(colour="white", size=(8, 4)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


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
def runs(tmp_path_factory):
    """Put an empty runs folder in place of the user's."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("runs")
        patch.setenv("PIXELWISE_RUNS", str(folder))
        yield folder


@pytest.fixture(scope="module")
def built(tmp_path_factory, runs):
    """Return the folder and the front page of a course with chapters that fail.

    Chapter 2 shows the front page as it is while this chapter is under way.
    """
    notebooks = tmp_path_factory.mktemp("notebooks")
    folder = tmp_path_factory.mktemp("course")
    write(
        notebooks / "01_mlp.ipynb",
        text(
            "# One\n[![Badge](https://example.org/badge.svg)](https://example.org)\n\n"
            "Where $x_i^2$ is, [next](02_cnn.ipynb#more).\n\n$$\\frac{a}{b}$$"
        ),
        code("import sys\nprint('to read')\nprint('a log', file=sys.stderr)"),
        code("print('10%', end='\\r')\nprint('100%')"),
        code(PICTURE.format(png=png().hex()), metadata={"tags": ["plot"]}),
        code(RECORD.format(line=json.dumps(ENTRY))),
        code("1 / 0", metadata={"tags": ["raises-exception"]}),
        code("'an answer'", metadata={"tags": ["solution"]}),
        code("sys.executable"),
    )
    write(
        notebooks / "02_cnn.ipynb",
        text("# Two"),
        code(f"print(open({str(folder / 'index.html')!r}).read())"),
        text("between"),
        code("'<later>'.second\nthird = 3"),
        code("print('never')"),
    )
    write(notebooks / "03_dies.ipynb", code("import os\nos._exit(1)"))
    write(notebooks / "04_no_page.ipynb", text("$\\frac{$"), code("1 + 1"))
    write(notebooks / "05_last.ipynb", text("# Last"), code("1 + 1"))
    (folder / "04_no_page.html").write_text("of an earlier build")
    return folder, build(notebooks, folder)


def build(notebooks, folder, longest_cell=60):
    paths = execute.find(notebooks, [])
    cards = [Card(execute.read(path)) for path in paths]
    front = FrontPage(folder / "index.html", FACTS, cards)
    course.build(paths, front, longest_cell)
    return front


def write(path, *cells):
    metadata = {"kernelspec": {"name": "nowhere", "display_name": "-"}}
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells), metadata=metadata), path)


def read(built, name):
    return (built[0] / f"{name}.html").read_text("utf-8")


def soup(page):
    return BeautifulSoup(page, "html.parser")


def cards(page):
    return soup(page).find(class_="cards").find_all("li")


def refreshes(page):
    return bool(soup(page).find("meta", {"http-equiv": "refresh"}))


def test_a_chapter_runs_in_this_python_whatever_kernel_it_names(built):
    last = built[1].cards[0].chapter.notebook.cells[-1]
    assert last.outputs[0].data["text/plain"] == repr(sys.executable)


def test_only_an_unexpected_error_fails_a_chapter(built):
    states = [card.state for card in built[1].cards]
    assert states == ["executed", "failed", "failed", "failed", "executed"]


def test_a_failure_names_its_cell_its_first_line_and_its_error(built):
    failure = built[1].cards[1].chapter.failure
    assert failure.startswith("code cell 2 ('<later>'.second): AttributeError: 'str'")


def test_a_failed_chapter_has_its_page_with_the_error(built):
    assert "AttributeError" in read(built, "02_cnn")
    assert "never</span>" not in re.sub(
        r"(?s)^.*AttributeError", "", read(built, "02_cnn")
    )


def test_a_kernel_that_dies_fails_its_chapter_alone(built):
    failure = built[1].cards[2].chapter.failure
    assert failure.startswith("code cell 1 (import os): the kernel died")
    assert "os" in read(built, "03_dies")


def test_a_page_that_cannot_be_made_fails_its_chapter_alone(built):
    card = built[1].cards[3]
    assert card.chapter.failure.startswith("making its page: latex2mathml.")
    assert not (built[0] / "04_no_page.html").exists()
    assert "Traceback" in (built[0] / "04_no_page.log").read_text("utf-8")


def test_what_failed_stands_in_the_chapter_s_log(built):
    for card in built[1].cards:
        log = (built[0] / f"{card.chapter.name}.log").read_text("utf-8")
        assert ("code cell" in log) == ("code cell" in card.chapter.failure)


def test_the_report_ends_with_the_path_and_a_failing_exit_code(built, capsys):
    front = built[1]
    assert course.report(front) == 1
    said = capsys.readouterr().out
    row = r"01_mlp +MLP <wide> +accuracy +46\.8 % +1,234,567 +12 +drawn town"
    assert re.search(row, said)
    assert "02_cnn: FAILED in code cell 2" in said
    assert said.splitlines()[-1] == str(front.path)


def test_the_report_of_chapters_that_all_ran_has_no_failing_exit_code(built, runs):
    fine = FrontPage(built[1].path, FACTS, built[1].cards[:1])
    assert course.report(fine) == 0


def test_a_page_loads_nothing_from_elsewhere(built):
    for name in ("01_mlp", "02_cnn", "index"):
        page = read(built, name)
        assert all(value.startswith("data:") for value in Loads(page).found)
        assert "@import" not in page
        assert not re.search(r"url\(['\"]?(https?:)?//", page)


def test_equations_are_shown_without_a_script(built):
    page = read(built, "01_mlp")
    assert page.count("<math") == 2
    assert "<msubsup>" in page
    assert "<mfrac>" in page
    assert "$" not in re.sub(r"(?s)<(style|script).*?</\1>", "", page)


def test_a_page_carries_the_font_of_its_equations(built):
    font = pages.FONT.read_bytes()
    for name in ("01_mlp", "02_cnn"):
        assert base64.b64encode(font).decode() in read(built, name)


def test_logs_and_overwritten_progress_are_left_out(built):
    page = read(built, "01_mlp")
    assert "to read" in page
    assert "a log\n" not in page
    assert "<pre>100%" in page


def test_figures_keep_their_description_and_code_can_be_unfolded(built):
    page = read(built, "01_mlp")
    assert 'A "line" that rises' in page.replace("&quot;", '"')
    assert "Code of the figure</summary>" in page
    assert "Solution</summary>" in page


def test_links_between_chapters_lead_to_pages(built):
    assert 'href="02_cnn.html#more"' in read(built, "01_mlp")


def test_the_front_page_shows_each_chapter_with_its_picture_and_its_figure(built):
    card = cards(read(built, "index"))[0]
    assert card["class"] == ["executed"]
    assert card.h3.a["href"] == "01_mlp.html"
    assert card.h3.get_text(strip=True) == "One"
    assert card.img["alt"] == 'A "line" that rises'
    assert card.find(class_="figure").get_text(strip=True) == "46.8 %accuracy"
    assert "MLP <wide>" in card.find(class_="note").text


def test_the_front_page_says_in_which_cell_a_chapter_failed_in_the_error_s_words(built):
    _, cell, kernel, page, _ = cards(read(built, "index"))
    failure = cell.find(class_="failure").text
    assert failure.startswith(
        "in code cell 2 ('<later>'.second): AttributeError: 'str'"
    )
    assert [link["href"] for link in cell.find_all("a")] == [
        "02_cnn.html",
        "02_cnn.log",
    ]
    assert "the kernel died" in kernel.find(class_="failure").text
    assert [link["href"] for link in page.find_all("a")] == ["04_no_page.log"]


def test_the_front_page_says_which_profile_and_which_data(built):
    facts = soup(read(built, "index")).dl.text
    assert "smoke: the smallest sizes" in facts
    assert "drawn town" in facts


def test_the_front_page_and_a_file_say_what_the_run_shows(tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path / "runs"))
    reached = ("MLP as published", 0.40), ("MLP found by search", 0.55)
    rows = [
        ENTRY
        | {"model": name, "profile": "laptop", "metrics": {"test_accuracy": value}}
        for name, value in reached
    ]
    lines = "\n".join(map(json.dumps, rows))
    notebooks = tmp_path / "notebooks"
    (tmp_path / "runs").mkdir()
    notebooks.mkdir()
    write(notebooks / "01_mlp.ipynb", text("# One"), code(RECORD.format(line=lines)))
    write(notebooks / "02_cnn.ipynb", text("# Two"), code("1 / 0"))
    cards = [Card(execute.read(path)) for path in execute.find(notebooks, [])]
    facts = FACTS | {"profile": "laptop"}
    front = FrontPage(tmp_path / "index.html", facts, cards)
    course.build(execute.find(notebooks, []), front, 60)
    found = json.loads((tmp_path / "claims.json").read_text("utf-8"))
    assert {each["chapter"] for each in found} == {"01_mlp"}
    verdicts = {each["claim"]: each["verdict"] for each in found}
    assert verdicts["The search's MLP beats the published one."] == "shown"
    assert verdicts["The better MLP beats the MLP."] == "not shown"
    page = soup((tmp_path / "index.html").read_text("utf-8")).text
    assert "The search's MLP beats the published one." in page
    assert f"Of {len(found)} claims, 2 shown" in " ".join(page.split())


def test_the_front_page_fills_while_the_chapters_are_executed(built):
    seen = built[1].cards[1].chapter.notebook.cells[1].outputs[0].text
    states = [card["class"] for card in cards(seen)]
    assert states == [["executed"], ["running"], ["waiting"], ["waiting"], ["waiting"]]
    assert "46.8 %" in seen
    assert refreshes(seen)
    assert not refreshes(read(built, "index"))


def test_an_interruption_keeps_what_is_finished_on_the_front_page(tmp_path, runs):
    stop = (
        f"import os, time\nos.kill({os.getpid()}, {signal.SIGINT:d})\ntime.sleep(1000)"
    )
    write(tmp_path / "01_mlp.ipynb", text("# One"), code("1 + 1"))
    write(tmp_path / "02_cnn.ipynb", text("# Two"), code(stop))
    write(tmp_path / "03_resnet18.ipynb", text("# Three"), code("1 + 1"))
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    states = [card["class"] for card in cards(page)]
    assert states == [["executed"], ["stopped"], ["not-reached"]]
    assert 'href="01_mlp.html"' in page
    assert not refreshes(page)


def test_a_chapter_that_is_not_there_is_named_with_those_that_are(tmp_path):
    write(tmp_path / "01_mlp.ipynb", text("# One"))
    with pytest.raises(ValueError, match=r"begins with '07'; there are: 01_mlp"):
        execute.find(tmp_path, ["07"])
    assert [path.name for path in execute.find(tmp_path, ["01"])] == ["01_mlp.ipynb"]


def test_a_cell_that_never_ends_is_stopped_and_named(tmp_path):
    write(tmp_path / "01_mlp.ipynb", code("import time\ntime.sleep(1000)"))
    chapter = execute.execute(tmp_path / "01_mlp.ipynb", 1, tmp_path / "log")
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
    write(tmp_path / "01_mlp.ipynb", code("import os\nos.getpid()"))
    chapter = execute.execute(tmp_path / "01_mlp.ipynb", 60, tmp_path / "log")
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


@pytest.mark.parametrize(
    ("chapter", "metrics", "cells"),
    [
        (
            "01_mlp",
            {"training_accuracy": 1.0, "test_accuracy": 0.5},
            ["accuracy", "50.0 %"],
        ),
        (
            "06_better_fcn",
            {"test_flat_iou": 0.9, "test_mean_iou": 0.25},
            ["mean IoU", "25.0 %"],
        ),
        (
            "08_colorization",
            {"test_psnr": 20.0, "test_ciede2000": 8.314},
            ["colour difference", "8.31"],
        ),
    ],
)
def test_a_row_shows_the_chapter_s_own_measure_on_the_test_pictures(
    chapter, metrics, cells
):
    (score,) = scores.of([ENTRY | {"chapter": chapter, "metrics": metrics}])
    assert score.cells[2:4] == cells


def test_what_was_not_measured_on_the_test_pictures_has_no_row():
    validated = ENTRY | {"metrics": {"validation_accuracy": 0.9}}
    of_pairs = ENTRY | {"chapter": "05_fcn", "metrics": {"test_pixel_accuracy": 0.9}}
    elsewhere = ENTRY | {"chapter": "99_mine"}
    assert scores.of([validated, of_pairs, elsewhere]) == []


def test_seeds_of_one_model_are_one_row_with_mean_and_spread():
    entries = [
        ENTRY | {"seed": seed, "metrics": {"test_accuracy": accuracy}}
        for seed, accuracy in [(0, 0.1), (1, 0.44), (0, 0.40)]  # seed 0 anew
    ]
    (score,) = scores.of(entries)
    # Of 40 and 44 %: mean 42, standard deviation (n - 1) the root of 8.
    assert score.text == "42.0 ± 2.8 %"
    assert scores.explanations([score]) == ["±: standard deviation over seeds"]


def test_data_sets_are_never_mixed():
    real = ENTRY | {"data": "CIFAR-10"}
    assert [score.cells[-1] for score in scores.of([ENTRY, real])] == [
        "drawn town",
        "CIFAR-10",
    ]


@pytest.mark.parametrize(
    ("chapter", "metric", "best"),
    [("05_fcn", "test_mean_iou", "high"), ("08_colorization", "test_ciede2000", "low")],
)
def test_a_card_shows_the_best_model(chapter, metric, best):
    entries = [
        ENTRY | {"chapter": chapter, "model": model, "metrics": {metric: value}}
        for model, value in [("low", 0.2), ("high", 0.7)]
    ]
    assert scores.best(scores.of(entries)).summary["model"] == best


def test_a_reader_is_told_that_a_low_colour_difference_is_good():
    metrics = {"test_ciede2000": 8.0}
    painted = scores.of([ENTRY | {"chapter": "08_colorization", "metrics": metrics}])
    card = Card(execute.Chapter("08_colorization", nbformat.v4.new_notebook(), 0, ""))
    page = index.page(FACTS, [card], painted, [], None)
    assert "lower is better" in cards(page)[0].text
    assert scores.explanations(painted) == [
        "colour difference: mean CIEDE2000, lower is better"
    ]
    assert scores.explanations(scores.of([ENTRY])) == []


def test_results_of_an_earlier_run_or_another_profile_stay_out(tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    ledger = tmp_path / "ledger.jsonl"
    results.append(ledger, ENTRY | {"model": "earlier"})
    front = FrontPage(tmp_path / "index.html", FACTS, [])
    results.append(ledger, ENTRY | {"model": "other profile", "profile": "full"})
    results.append(ledger, ENTRY | {"model": "this"})
    assert [score.summary["model"] for score in front.scores()] == ["this"]


def drawn(colour, alt, tags=(), size=(8, 4)):
    """Return a cell with a figure of one colour."""
    output = nbformat.v4.new_output(
        "display_data",
        {"image/png": base64.b64encode(png(colour, size)).decode()},
        metadata={"image/png": {"alt": alt} if alt else {}},
    )
    return code("", outputs=[output], metadata={"tags": list(tags)})


def test_the_figure_of_the_tagged_cell_stands_for_its_chapter():
    cells = [
        drawn("red", "first"),
        drawn("green", "chosen", ["result"]),
        drawn("blue", "last"),
    ]
    assert picture.of(nbformat.v4.new_notebook(cells=cells)).alt == "chosen"


def test_before_the_tagged_cell_the_last_figure_with_a_description_stands_in():
    cells = [drawn("red", "first"), drawn("green", "second"), drawn("blue", "")]
    cells.append(code("", metadata={"tags": ["result"]}))
    assert picture.of(nbformat.v4.new_notebook(cells=cells)).alt == "second"
    assert picture.of(nbformat.v4.new_notebook(cells=cells[2:])) is None


def test_a_picture_of_the_front_page_is_small():
    cells = [drawn("red", "large", size=(1600, 400))]
    source = picture.of(nbformat.v4.new_notebook(cells=cells)).source
    shown = Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2])))
    assert shown.size == (640, 160)
    red, green, blue = shown.convert("RGB").getpixel((320, 80))
    assert red > 240 and green < 15 and blue < 15
