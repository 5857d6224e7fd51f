"""Executed notebooks made ready for Sphinx: folded, described, linked and tidy."""

import base64
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.makers.site import api
from tools.makers.site.markdown import Glossary, with_chapter_links
from tools.students.pages import WithoutDebris

BADGE = re.compile(r"\[!\[Open in Colab\]\([^)]*\)\]\(([^)]*)\)")
BUTTON = r"[Open in Colab](\1){.colab}"
# Keras draws its tables in colours of its own, which the dark theme cannot change.
COLOURED = '<pre style="white-space:pre'
FOLDED = {"solution": "Solution", "plot": "Code of the figure", "colab": "For Colab"}
POINTS = re.compile(r"^(### Exercise .*\(\d+) (points?\))$", re.M)
WIDE = 600  # pixels: on a telephone letters in wider figures would be too small
MARKS = re.compile(r"([\\`*_{}\[\]<>$#~|])")


def ready(
    notebook: NotebookNode,
    name: str,
    names: dict[str, str],
    glossary: Glossary,
    folder: Path,
) -> NotebookNode:
    """Return a chapter as Sphinx gets it, and write its figures to files.

    Args:
        notebook: the executed chapter.
        name: its name, such as "05_fcn".
        names: the file of each chapter by its number.
        glossary: the terms, none of them linked.
        folder: where the chapter's source goes; figures go below it.
    """
    page = nbformat.from_dict(notebook)
    own = str(int(name[:2]))
    for cell in page.cells:
        if cell.cell_type == "markdown":
            text = BADGE.sub(BUTTON, cell.source)
            text = POINTS.sub("\\1\N{NO-BREAK SPACE}\\2", text)
            cell.source = glossary.link(with_chapter_links(text, names, own))
        else:
            fold(cell)
            tidy(cell)
    write_figures(page, name, folder)
    page.cells.append(nbformat.v4.new_markdown_cell(api.links(notebook)))
    return page


def fold(cell: NotebookNode) -> None:
    """Let solutions, checks and the code of figures be unfolded."""
    prompts = [FOLDED[tag] for tag in cell.metadata.get("tags", []) if tag in FOLDED]
    if cell.metadata.get("nbgrader", {}).get("grade"):
        prompts = ["Code of the check"]
    if prompts:
        cell.metadata.tags = [*cell.metadata.get("tags", []), "hide-input"]
        cell.metadata.mystnb = {"code_prompt_show": prompts[0]}


def tidy(cell: NotebookNode) -> None:
    """Drop log lines, progress that was written over, and colours of a terminal."""
    WithoutDebris().preprocess_cell(cell, {}, 0)
    for output in cell.outputs:
        if output.get("data", {}).get("text/html", "").startswith(COLOURED):
            del output.data["text/html"]


def write_figures(notebook: NotebookNode, name: str, folder: Path) -> None:
    """Write each figure to a file, and put a picture with its description in place."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    figures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    for number, figure in enumerate(figures, start=1):
        path = folder / "figures" / f"{name}-{number}.png"
        picture = base64.b64decode(figure.data["image/png"])
        path.write_bytes(picture)
        alt = MARKS.sub(r"\\\1", figure.metadata["image/png"]["alt"])
        # A PNG's width stands in four bytes behind its head.
        wide = "{.wide}" if int.from_bytes(picture[16:20], "big") > WIDE else ""
        figure.data = {"text/markdown": f"![{alt}](figures/{path.name}){wide}"}
