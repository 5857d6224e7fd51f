"""The website in a browser: `make test-site` builds it and runs these."""

import functools
import os
import threading
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

SITE = os.environ.get("PIXELWISE_SITE", "")
if not SITE:
    pytest.skip("`make test-site` runs these", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

FOLDER = Path(SITE)
FOUND = [path.relative_to(FOLDER) for path in sorted(FOLDER.rglob("*.html"))]
# The theme's own parts are in _static, and are no pages.
PAGES = [path.as_posix() for path in FOUND if path.parts[0] != "_static"]
CHAPTERS = [page for page in PAGES if page.startswith("chapters/")]
MEGABYTE = 1_000_000
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],
}
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@dataclass
class Visit:
    """What was seen when a page was loaded.

    Attributes:
        said: errors and warnings on the console, and what failed to load.
        outside: addresses that were asked for elsewhere.
        size: bytes of the page and all that it loaded.
    """

    said: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    size: int = 0


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *words):
        pass


class Elements(HTMLParser):
    """Collects a page's anchors, links and pictures."""

    def __init__(self, page):
        super().__init__()
        self.anchors, self.links, self.pictures = set(), [], []
        self.feed((FOLDER / page).read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.anchors |= {found[name] for name in ("id", "name") if found.get(name)}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag == "img":
            self.pictures.append(found)


elements = functools.cache(Elements)


@pytest.fixture(scope="session")
def address():
    """Return where the site is served, on this machine alone."""
    handler = functools.partial(Quiet, directory=SITE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    # A container's Chromium has no sandbox of its own to run in.
    options = {"executable_path": os.environ["CHROMIUM"], "args": ["--no-sandbox"]}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**options)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser):
    """Return a function that opens a page of the site in a tab of its own."""
    contexts = []

    def open_page(address, width=1280, theme="light"):
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, color_scheme=theme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def visit(browser, address):
    """Return a function that loads a page once, and what was seen of it."""

    @functools.cache
    def load(name):
        seen, page = Visit(), browser.new_page()
        page.set_default_timeout(120_000)
        page.on("console", lambda message: keep(seen.said, message))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.on("requestfailed", lambda request: seen.said.append(request.url))
        page.on("request", lambda request: seen.outside.append(request.url))
        page.on("requestfinished", lambda request: weigh(seen, request))
        page.goto(address + name, wait_until="networkidle")
        page.close()
        here = (address, "data:", "blob:")
        seen.outside = [url for url in seen.outside if not url.startswith(here)]
        return seen

    return load


def keep(said, message):
    if message.type in ("error", "warning"):
        said.append(message.text)


def weigh(seen, request):
    seen.size += request.sizes()["responseBodySize"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_without_a_complaint_and_nothing_from_elsewhere(page, visit):
    seen = visit(page)
    assert seen.said == []
    assert seen.outside == []


@pytest.mark.parametrize("page", ["index.html", *CHAPTERS])
def test_a_page_is_light_enough(page, visit):
    limit = 1.5 if page == "index.html" else 4
    assert 0 < visit(page).size <= limit * MEGABYTE


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_site_lead_somewhere(page):
    for link in elements(page).links:
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (FOLDER / page).parent / path if path else FOLDER / page
        assert target.is_file(), link
        if anchor and target.suffix == ".html":
            name = target.resolve().relative_to(FOLDER.resolve()).as_posix()
            assert anchor in elements(name).anchors, link


@pytest.mark.parametrize("page", PAGES)
def test_pictures_have_a_description(page):
    for picture in elements(page).pictures:
        if "logo__image" in picture.get("class", ""):
            continue  # a decoration beside its name
        assert picture.get("alt", "").strip(), picture.get("src")
        assert not picture["alt"].endswith(".png")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_meets_wcag_aa(page, theme, tab, address):
    opened = tab(address + page, theme=theme)
    assert opened.get_attribute("html", "data-theme") == theme
    found = Axe().run(opened, options=WCAG).response["violations"]
    named = [
        f"{rule['id']}: {node['html'][:150]} {node['failureSummary'][-200:]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]
    assert not named, "\n".join(named)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_small_telephone(page, tab, address):
    assert tab(address + page, width=360).evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_what_is_between_a_telephone_and_a_desk(page, tab, address):
    opened = tab(address + page)
    for width in (500, 620, 800, 1000):
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate(OVERFLOW) <= 0, width


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_was_executed_and_its_outputs_are_tidy(page, tab, address):
    opened = tab(address + page)
    outputs = "\n".join(opened.locator(".cell_output").all_inner_texts())
    assert opened.locator(".cell_output img").count() > 3
    for debris in ("Traceback", "Warning", "it/s]", "\x1b", "/tmp/", str(FOLDER)):
        assert debris not in outputs


@pytest.mark.parametrize("page", CHAPTERS)
def test_solutions_are_folded_and_can_be_unfolded(page, tab, address):
    opened = tab(address + page)
    solution = opened.locator("details.fold", has_text="Solution").first
    code = solution.locator("pre")
    assert not code.is_visible()
    solution.locator("summary").click()
    assert code.is_visible()


def test_what_is_folded_is_printed(tab, address):
    opened = tab(address + CHAPTERS[0])
    code = opened.locator("details.fold pre").first
    assert not code.is_visible()
    opened.emulate_media(media="print")
    assert code.is_visible()
    assert code.bounding_box()["height"] > 20


@pytest.mark.parametrize("page", CHAPTERS)
def test_equations_are_shown_without_a_script(page, tab, address):
    opened = tab(address + page)
    assert opened.locator(".bd-article math").count() > 0
    text = opened.locator(".bd-article").inner_text()
    assert "\\frac" not in text
    assert "$$" not in text


FONTS = """document.fonts.ready.then(
    (fonts) => [...fonts].filter((font) => font.status == "loaded").map((f) => f.family)
)"""


def test_equations_have_a_font_made_for_them(tab, address):
    opened = tab(address + "chapters/05_fcn.html")
    opened.locator(".equation math").first.scroll_into_view_if_needed()
    assert any("STIX Two Math" in family for family in opened.evaluate(FONTS))


@pytest.mark.parametrize("page", CHAPTERS)
def test_code_of_eighty_characters_fits_beside_the_side_bars(page, tab, address):
    cells = tab(address + page).locator(".cell_input pre")
    wide = cells.evaluate_all(
        "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth)"
        ".map(cell => cell.innerText)"
    )
    assert wide == []


def test_code_can_be_copied_and_outputs_have_no_button_for_it(tab, address):
    opened = tab(address + "chapters/05_fcn.html")
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = opened.locator(".cell_input").filter(has_text="source = cityscapes.source()")
    cell.hover()
    cell.locator("button.copybtn").click()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("source = cityscapes.source()\nchapter = run.start(")
    assert opened.locator(".cell_output button.copybtn").count() == 0


@pytest.mark.parametrize("page", CHAPTERS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_quiz_can_be_answered(page, theme, tab, address):
    form = tab(address + page, theme=theme).locator(".pixelwise-quiz form").first
    reasons = form.locator("details li")
    for place in range(reasons.count()):
        if reasons.nth(place).get_attribute("data-right") == "yes":
            form.locator("input").nth(place).check()
    form.locator("button").click()
    status = form.locator("[role=status]")
    assert "Answered rightly: 1 of 5 questions." in status.inner_text()


def test_chapters_lead_to_each_other_to_the_glossary_and_to_the_package():
    links = elements("chapters/05_fcn.html").links
    assert any(link.startswith("02_cnn.html") for link in links)
    assert any(link.startswith("../glossary.html#term-") for link in links)
    assert "../api/models.html#pixelwise.models.build_fcn" in links


@pytest.mark.parametrize("page", CHAPTERS)
def test_all_that_a_chapter_used_of_the_package_is_a_link(page, tab, address):
    section = tab(address + page).locator("#from-the-package")
    assert section.locator("code").count() > 5
    assert section.locator("code").count() == section.locator("a code").count()


def test_search_finds_the_receptive_field(tab, address):
    opened = tab(f"{address}search.html?q=receptive+field")
    opened.locator("#search-results li a").first.wait_for()
    found = opened.locator("#search-results li > a").all_inner_texts()
    assert "Glossary" in found
    assert "Chapter 2: the convolutional network" in found


def test_the_theme_can_be_changed(tab, address):
    opened = tab(address)
    for chosen in ("dark", "light"):
        opened.locator("button.theme-switch-button").first.click()
        opened.locator(f".dropdown-item[data-mode={chosen}]").first.click()
        assert opened.get_attribute("html", "data-theme") == chosen


def test_pages_work_from_a_folder_without_a_server(browser):
    page = browser.new_page()
    page.goto((FOLDER / "search.html").as_uri() + "?q=logits")
    page.locator("#search-results li a").first.wait_for()
    page.close()
