"""The website's source: what is linked, folded, tidied, kept and executed anew."""

import base64
import io
import os
import re
import shutil
import subprocess

import nbformat
import pytest
from PIL import Image

from helpers import ROOT

pytest.importorskip("nbconvert")
pytest.importorskip("latex2mathml")

from tools import equations
from tools.makers.site import api, chapters, markdown, notebooks, pictures, source

DOCS = sorted((ROOT / "docs").rglob("*.md"))
NAMES = {"1": "01_one.ipynb", "2": "02_two.ipynb"}
GLOSSARY = """# Glossary

```{glossary}
map
  What is drawn.

feature map
  What a {term}`kernel` writes.

void
  No truth.
```
"""

text = nbformat.v4.new_markdown_cell
code = nbformat.v4.new_code_cell


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def glossary():
    return markdown.Glossary.read(GLOSSARY)


def ready(tmp_path, *cells):
    return notebooks.ready(notebook(*cells), "01_one", NAMES, glossary(), tmp_path)


def figure(alt):
    data = {"image/png": base64.b64encode(b"drawn").decode(), "text/plain": "Figure"}
    metadata = {"image/png": {"alt": alt}}
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def test_the_terms_of_a_glossary_are_read():
    assert glossary().terms == ["map", "feature map", "void"]


def test_a_term_is_linked_once_and_the_longer_one_is_preferred():
    linked = glossary().link("Feature maps hold maps; a feature map and a map.")
    assert linked == (
        "{term}`Feature maps <feature map>` hold {term}`maps <map>`; "
        "a feature map and a map."
    )


def test_a_term_is_linked_once_in_a_chapter_and_again_in_the_next():
    terms = glossary()
    assert "{term}" in terms.link("void")
    assert "{term}" not in terms.link("void")
    assert "{term}" in terms.afresh().link("void")


@pytest.mark.parametrize(
    "untouched",
    [
        "# About void",
        "`void`",
        "$void$",
        "$$\nvoid\n$$",
        "[void](page.md)",
        "![of void](picture.png)",
        "```\nvoid\n```",
        "<i title='void'>",
        "{term}`void`",
        "avoid voids-and",
    ],
)
def test_a_term_is_not_linked_where_it_is_no_prose(untouched):
    assert glossary().link(untouched) == untouched


def test_every_term_of_the_glossary_is_used_by_a_chapter():
    terms = markdown.Glossary.read((ROOT / "docs/glossary.md").read_text("utf-8"))
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                terms.link(cell.source)
    assert sorted(set(terms.terms) - terms.linked) == []


def test_terms_stand_in_order_and_once():
    terms = markdown.Glossary.read((ROOT / "docs/glossary.md").read_text("utf-8")).terms
    assert terms == sorted(set(terms), key=str.lower)


def test_a_chapter_s_number_leads_to_its_page_and_its_own_does_not():
    linked = markdown.with_chapter_links("Chapter 2, chapter 1, chapter 12", NAMES, "1")
    assert linked == "[Chapter 2](02_two.ipynb), chapter 1, chapter 12"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[a](../notebooks/01_mlp.ipynb#top)", "[a](chapters/01_mlp.ipynb#top)"),
        ("[a](glossary.md)", "[a](glossary.md)"),
        ("[a](../LICENSE.txt)", "[a](https://host/us/blob/main/LICENSE.txt)"),
        ("[a](../tests)", "[a](https://host/us/tree/main/tests)"),
        ("[a](#here)", "[a](#here)"),
        ("[a](https://example.org/b.md)", "[a](https://example.org/b.md)"),
    ],
)
def test_links_to_files_become_links_to_pages(written, shown):
    pages = {
        "docs/guide.md": "guide.md",
        "docs/glossary.md": "glossary.md",
        "notebooks/01_mlp.ipynb": "chapters/01_mlp.ipynb",
    }
    assert (
        markdown.with_pages(written, "docs/guide.md", pages, "https://host/us") == shown
    )


def test_links_from_a_deeper_page_lead_up():
    pages = {"docs/api/a.md": "api/a.md", "docs/b.md": "b.md"}
    shown = markdown.with_pages("[b](../b.md#c)", "docs/api/a.md", pages, "-")
    assert shown == "[b](../b.md#c)"


def test_solutions_checks_and_figures_fold_and_other_cells_do_not(tmp_path):
    page = ready(
        tmp_path,
        code("1", metadata={"tags": ["solution"]}),
        code("2", metadata={"nbgrader": {"grade": True}}),
        code("3", metadata={"tags": ["plot"]}),
        code("4"),
    )
    folded = ["hide-input" in cell.metadata.get("tags", []) for cell in page.cells[:4]]
    assert folded == [True, True, True, False]
    prompts = [cell.metadata.mystnb.code_prompt_show for cell in page.cells[:3]]
    assert prompts == ["Solution", "Code of the check", "Code of the figure"]


@pytest.mark.parametrize("latex", [r"-\ln p", r"\log 2", r"\ln p_k", r"\exp x^2"])
def test_a_function_s_name_stands_apart_from_what_it_is_of(latex):
    for mathml in (equations.inline(latex), equations.block(latex)):
        assert mathml.count("<mspace") == 1
    assert "<mspace" not in equations.inline(r"\ln(p) + n")


def test_the_lines_of_a_signature_are_no_list():
    extension = pytest.importorskip("tools.makers.site.extension")
    body = (
        '<dt><span class="sig-paren">(</span>\n\n<dl>\n<dd><em>a</em>,</dd>\n'
        '<dd><em>b</em>,</dd>\n</dl>\n\n<span class="sig-paren">)</span></dt>'
        "<dl><dt>term</dt><dd>said</dd></dl>"
    )
    context = {"body": body}
    extension.mend_signatures(None, "page", "", context, None)
    assert context["body"].count('<span class="sig-line"><em>') == 2
    assert context["body"].endswith("<dl><dt>term</dt><dd>said</dd></dl>")
    assert context["body"].count("dd>") == context["body"].count("<dl>") * 2 == 2


def test_a_figure_becomes_a_file_with_its_description(tmp_path):
    page = ready(tmp_path, code("1", outputs=[figure("A [b] of `c` at $5")]))
    shown = page.cells[0].outputs[0].data["text/markdown"]
    assert shown == r"![A \[b\] of \`c\` at \$5](figures/01_one-1.png)"
    assert (tmp_path / "figures" / "01_one-1.png").read_bytes() == b"drawn"


@pytest.mark.parametrize(("width", "wide"), [(400, False), (900, True)])
def test_a_wide_figure_is_named_so(tmp_path, width, wide):
    drawn = io.BytesIO()
    Image.new("L", (width, 9)).save(drawn, "png")
    output = figure("A line.")
    output.data["image/png"] = base64.b64encode(drawn.getvalue()).decode()
    page = ready(tmp_path, code("1", outputs=[output]))
    shown = page.cells[0].outputs[0].data["text/markdown"]
    assert shown.endswith("{.wide}") == wide


def test_logs_progress_and_terminal_colours_are_left_out(tmp_path):
    stream = nbformat.v4.new_output
    table = {"text/html": '<pre style="white-space:pre;x">a</pre>', "text/plain": "a"}
    page = ready(
        tmp_path,
        code(
            "1",
            outputs=[
                stream("stream", name="stderr", text="a log"),
                stream("stream", name="stdout", text="1%\r100%\n"),
                stream("display_data", data=table),
            ],
        ),
    )
    said, shown = page.cells[0].outputs
    assert said.text == "100%\n"
    assert shown.data == {"text/plain": "a"}


def test_the_badge_becomes_a_button_that_loads_no_picture(tmp_path):
    badge = "[![Open in Colab](https://host/badge.svg)](https://colab/one.ipynb)"
    page = ready(tmp_path, text(f"# One\n\n{badge}\n\nVoid."))
    assert "[Open in Colab](https://colab/one.ipynb){.colab}" in page.cells[0].source
    assert "badge.svg" not in page.cells[0].source


def test_an_exercise_s_points_stay_on_one_line(tmp_path):
    page = ready(tmp_path, text("### Exercise 1: a sum (2 points)\n\nOf (2 points)."))
    assert "(2\N{NO-BREAK SPACE}points)\n" in page.cells[0].source
    assert "Of (2 points)." in page.cells[0].source


def test_a_chapter_ends_with_what_it_used_of_the_package(tmp_path):
    page = ready(
        tmp_path,
        code("from pixelwise.training import compute_features"),
        code("from pixelwise import models, run"),
        code("from pixelwise.metrics import colour as colour_metrics"),
        code("%pip install x\nrun.start(1)\nmodels.build_cnn()\nrun.start(2)"),
        code("np.array(3)\ncolour_metrics.psnr(4, 5)"),
    )
    links = re.findall(r"<(pixelwise[\w.]+)>", page.cells[-1].source)
    assert links == [
        "pixelwise.metrics.colour.psnr",
        "pixelwise.models.build_cnn",
        "pixelwise.run.start",
        "pixelwise.training.compute_features",
    ]


def test_the_notebook_itself_is_not_changed(tmp_path):
    original = notebook(text("void"), code("1", metadata={"tags": ["solution"]}))
    before = nbformat.writes(original)
    notebooks.ready(original, "01_one", NAMES, glossary(), tmp_path)
    assert nbformat.writes(original) == before


def key_of(*cells, facts=None, package="p", versions=None):
    return chapters.key(notebook(*cells), facts or {}, package, versions or {})


def test_text_can_be_changed_without_executing_anything():
    assert key_of(text("a"), code("1")) == key_of(text("b"), code("1"))


@pytest.mark.parametrize(
    "changed",
    [
        key_of(code("2")),
        key_of(code("1"), code("2")),
        key_of(code("1"), facts={"profile": "full"}),
        key_of(code("1"), package="q"),
        key_of(code("1"), versions={"keras": "4"}),
    ],
)
def test_code_profile_package_and_versions_make_a_chapter_execute(changed):
    assert changed != key_of(code("1"))


@pytest.fixture
def package(tmp_path):
    """Return the folder of a package with one module."""
    folder = tmp_path / "src" / "pixelwise"
    folder.mkdir(parents=True)
    (folder / "a.py").write_text("1")
    return folder


def test_the_package_s_digest_knows_names_and_contents(package, tmp_path):
    seen = {chapters.package_digest(tmp_path, "")}
    (package / "a.py").write_text("2")
    seen.add(chapters.package_digest(tmp_path, ""))
    (package / "a.py").rename(package / "b.py")
    seen.add(chapters.package_digest(tmp_path, ""))
    assert len(seen) == 3
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "b.pyc").write_text("compiled")
    assert chapters.package_digest(tmp_path, "") in seen


@pytest.mark.parametrize(
    "name", ["exercises/quiz/chapters/01_mlp.toml", "results/recorded/01_mlp.jsonl"]
)
def test_a_quiz_and_a_ledger_count_for_the_chapters_that_name_them(
    package, tmp_path, name
):
    codes = ['quiz.show("01_mlp")', 'quiz.show("02_cnn")']
    before = [chapters.package_digest(tmp_path, code) for code in codes]
    (package / name).parent.mkdir(parents=True)
    (package / name).write_text("changed")
    after = [chapters.package_digest(tmp_path, code) for code in codes]
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_every_chapter_names_its_quiz():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert path.stem in chapters.code(nbformat.read(path, as_version=4))


def test_a_changed_chapter_alone_is_executed_again(tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", "")
    facts = {"profile": "smoke"}
    (tmp_path / "notebooks").mkdir()
    paths = [tmp_path / "notebooks" / f"0{i}_x.ipynb" for i in (1, 2)]
    for path in paths:
        nbformat.write(notebook(code("print(6 * 7)")), path)

    def build():
        done = [chapters.executed(path, facts, tmp_path / "work") for path in paths]
        return [(c.seconds > 0, c.notebook.cells[0].outputs[0].text) for c in done]

    assert build() == [(True, "42\n"), (True, "42\n")]
    nbformat.write(notebook(code("print(6 * 8)")), paths[1])
    assert build() == [(False, "42\n"), (True, "48\n")]


def test_a_chapter_that_failed_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", "")
    path = tmp_path / "01_x.ipynb"
    nbformat.write(notebook(code("1 / 0")), path)
    chapter = chapters.executed(path, {"profile": "smoke"}, tmp_path)
    assert "ZeroDivisionError" in chapter.failure
    assert not list(tmp_path.rglob("*.json"))


def test_folders_of_this_machine_are_not_shown():
    shown = chapters.without_paths(
        [{"text": "runs /home/ada/build/runs, data /home/ada/data\n"}],
        {"/home/ada/build/runs": "runs", "/home/ada/": ""},
    )
    assert shown == [{"text": "runs runs, data data\n"}]


def test_all_that_chapters_import_has_a_place_on_the_api_pages():
    documented = {*api.documented(), *api.names()}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        code = chapters.code(nbformat.read(path, as_version=4))
        found = set(api.imported(code).values())
        assert found, path.name
        assert found <= documented, (path.name, found - documented)


def test_links_of_the_documents_lead_somewhere():
    for path in DOCS:
        for link in re.findall(
            r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", path.read_text("utf-8")
        ):
            assert (path.parent / link).exists(), (path.name, link)


def test_pictures_of_the_documents_come_along(tmp_path):
    pages = source.all_pages([])
    source.copy_pictures(pages, tmp_path)
    shown = []
    for path in DOCS:
        here = path.relative_to(ROOT).as_posix()
        text = markdown.with_pages(path.read_text("utf-8"), here, pages, "-")
        found = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
        shown += [(tmp_path / pages[here]).parent / link for link in found]
    assert shown
    for picture in shown:
        assert picture.is_file(), picture


def test_the_front_page_s_source_has_the_chapters_as_the_readme_has_them(tmp_path):
    pages = source.all_pages(["01_mlp"])
    table = source.table(pages, "https://host/us")
    assert (
        table.count("\n")
        == (ROOT / "README.md").read_text("utf-8").count("colab-badge") + 2
    )
    assert "](chapters/01_mlp.ipynb)" in table
    assert "colab-badge" not in table
    assert source.TABLE in (ROOT / "docs" / "index.md").read_text("utf-8")


def test_the_citation_s_page_says_what_the_citation_file_says():
    stated = (ROOT / "CITATION.cff").read_text("utf-8")
    page = (ROOT / "docs" / "citing.md").read_text("utf-8")
    version = re.search(r"^version: (.+)$", stated, re.M)[1]
    assert f"Version {version}." in page
    assert f"version = {{{version}}}" in page


def test_the_front_page_s_pictures_are_small_and_drawn(tmp_path):
    pictures.write(tmp_path)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(sizes) == {"label.webp", "mask.webp", "colours.webp"}
    assert min(sizes.values()) > 10_000 and sum(sizes.values()) < 150_000


@pytest.mark.skipif(os.name != "posix", reason="it is a shell script")
def test_the_students_copies_replace_their_branch(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    for name in ("01_mlp", "02_cnn"):
        folder = here / "build" / "assignments" / "students" / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text(name)
    makers = here / "tools" / "makers"
    makers.mkdir(parents=True)
    script = shutil.copy(ROOT / "tools" / "makers" / "students-branch.sh", makers)
    for name in ("LICENSE", "LICENSE-text.md"):
        shutil.copy(ROOT / name, here)
    subprocess.run(["git", "init", "--quiet", "--bare", there], check=True)
    environment = {**os.environ, "ADDRESS": there.as_uri(), "TOKEN": ""}
    for _ in range(2):
        subprocess.run([script], env=environment, check=True)
    command = ["git", "-C", there, "ls-tree", "-r", "--name-only", "students"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert listed.split() == [
        "LICENSE",
        "LICENSE-text.md",
        "README.md",
        "notebooks/01_mlp.ipynb",
        "notebooks/02_cnn.ipynb",
    ]
