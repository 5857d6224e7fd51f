"""The source that Sphinx makes pages of: chapters, documents, tables and pictures."""

import shutil
from pathlib import Path

import nbformat

from tools import ROOT
from tools.makers import address
from tools.makers.marks import Marks
from tools.makers.site import notebooks, pictures
from tools.makers.site.markdown import Glossary, with_pages
from tools.students.execute import Chapter

PICTURES = (".png", ".svg", ".webp")
TABLE = "<!-- the table of chapters -->\n"
README_TABLE = Marks("chapters", "make results")


def write(chapters: list[Chapter], folder: Path) -> None:
    """Write the whole source anew.

    Args:
        chapters: executed.
        folder: where the source goes; what was there is removed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pages = all_pages([chapter.name for chapter in chapters])
    repository = address.GITHUB + address.declared(ROOT)
    for file, page in pages.items():
        if file.endswith(".md") and file != "README.md":
            text = (ROOT / file).read_text("utf-8")
            text = with_pages(text, file, pages, repository)
            put(folder / page, text.replace(TABLE, table(pages, repository)))
    copy_pictures(pages, folder)
    write_chapters(chapters, folder / "chapters")
    pictures.write(folder / "pictures")


def all_pages(chapters: list[str]) -> dict[str, str]:
    """Return what the site has of the checkout's files: a page or picture by path."""
    documents = sorted((ROOT / "docs").rglob("*.*"))
    return {
        "README.md": "index.md",
        "RESULTS.md": "results.md",
        "data/town_samples.png": "pictures/town_samples.png",
        **{
            path.relative_to(ROOT).as_posix(): path.relative_to(
                ROOT / "docs"
            ).as_posix()
            for path in documents
        },
        **{f"notebooks/{name}.ipynb": f"chapters/{name}.ipynb" for name in chapters},
    }


def put(path: Path, text: str) -> None:
    """Write a page, and the folder that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def copy_pictures(pages: dict[str, str], folder: Path) -> None:
    """Copy the pictures that documents show into the source."""
    for file, page in pages.items():
        if Path(file).suffix in PICTURES:
            (folder / page).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / file, folder / page)


def table(pages: dict[str, str], repository: str) -> str:
    """Return the README's table of chapters for the front page."""
    text = (ROOT / "README.md").read_text("utf-8")
    rows = text.partition(README_TABLE.begin)[2].partition(README_TABLE.end)[0]
    rows = with_pages(rows, "README.md", pages, repository)
    return notebooks.BADGE.sub(notebooks.BUTTON, rows)


def write_chapters(chapters: list[Chapter], folder: Path) -> None:
    """Write the chapters and their figures."""
    glossary = Glossary.read((ROOT / "docs" / "glossary.md").read_text("utf-8"))
    names = {str(int(c.name[:2])): f"{c.name}.ipynb" for c in chapters}
    for chapter in chapters:
        page = notebooks.ready(
            chapter.notebook, chapter.name, names, glossary.afresh(), folder
        )
        nbformat.write(page, folder / f"{chapter.name}.ipynb")
