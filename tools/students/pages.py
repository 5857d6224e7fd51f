"""Make pages of executed chapters that can be read without any network."""

import base64
import re
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor

from pixelwise.run import files
from tools import equations

HERE = Path(__file__).parent
FONT = HERE.parent / "fonts" / "stix-two-math.woff2"
# Without a font made for it, browsers set roots, sums and accents badly.
EQUATIONS = """
@font-face {{
  font-family: "STIX Two Math"; src: url("data:font/woff2;base64,{font}");
}}
math {{ font-family: "STIX Two Math", math; font-size: 1.15em; }}
"""
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class OfflineMarkdown(IPythonRenderer):
    """Renders equations as MathML, and remote pictures as their description."""

    def inline_math(self, body: str) -> str:
        """Return an equation within a line."""
        return equations.inline(body)

    def block_math(self, body: str) -> str:
        """Return an equation on lines of its own."""
        return equations.block(body.strip())

    def latex_environment(self, name: str, body: str) -> str:
        r"""Return an equation that stands between \begin and \end."""
        return equations.block(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return a local picture embedded; of a remote one (a badge) its text."""
        if url.startswith(("http:", "https:", "//")):
            return self.text(text)
        return super().image(text, url, title)


class WithoutDebris(Preprocessor):
    """Drops log lines, and of a progress bar all but how it ended."""

    def preprocess_cell(self, cell, resources, index):
        """Return the cell with the outputs that are worth reading."""
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if is_worth(output)]
            for output in cell.outputs:
                if output.output_type == "stream":
                    output.text = last_state(output.text)
        return cell, resources


def is_worth(output: nbformat.NotebookNode) -> bool:
    """Return whether a reader wants the output: all but logs and live widgets."""
    if output.output_type == "stream":
        return output.name != "stderr"
    widget = "application/vnd.jupyter.widget-view+json"
    return widget not in output.get("data", {})


def last_state(text: str) -> str:
    """Return what a terminal would show in the end of text that was written over."""
    text = re.sub(r"\x08+", "\r", ANSI.sub("", text)).replace("\r\n", "\n")
    lines = [line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n")]
    return "\n".join(lines)


class OfflinePage(HTMLExporter):
    """Writes an executed notebook as one file that loads nothing from elsewhere."""

    def __init__(self):
        """Take the template in `page`, which stands on JupyterLab's."""
        super().__init__(
            template_name="page",
            extra_template_basedirs=[str(HERE)],
            preprocessors=[WithoutDebris],
            embed_images=True,
        )
        self.register_filter("markdown2html", self.offline_markdown)

    def offline_markdown(self, source: str) -> str:
        """Return Markdown as HTML, equations as MathML, headings with an anchor."""
        renderer = OfflineMarkdown(
            escape=False, embed_images=True, path=self.folder, exclude_anchor_links=True
        )
        return MarkdownWithMath(renderer=renderer).render(source)

    def page(self, notebook: nbformat.NotebookNode, title: str, folder: Path) -> str:
        """Return the page.

        Args:
            notebook: the executed notebook; it is not changed.
            title: what the browser shows as the page's name.
            folder: where the notebook's own pictures are looked for.
        """
        self.folder = str(folder)
        theme = self.environment.loader.get_source(
            self.environment, "static/theme-dark.css"
        )[0]
        resources = {
            "metadata": {"name": title, "path": str(folder)},
            "dark_theme": theme,
            "page_style": (HERE / "page.css").read_text("utf-8") + equation_style(),
        }
        return self.from_notebook_node(notebook, resources)[0]


def equation_style() -> str:
    """Return the style of equations, with their font in it."""
    return EQUATIONS.format(font=base64.b64encode(FONT.read_bytes()).decode())


def with_links(page: str, names: set[str], repository: str) -> str:
    """Return the page with its links turned to where they lead from here.

    Args:
        page: HTML.
        names: chapters that have a page here: 02_cnn.ipynb becomes 02_cnn.html.
        repository: address for links to the other files of the checkout.
    """
    soup = BeautifulSoup(page, "html.parser")
    for link in soup.find_all("a", href=True):
        path, mark, anchor = link["href"].partition("#")
        if path.removesuffix(".ipynb") in names:
            link["href"] = path.removesuffix(".ipynb") + ".html" + mark + anchor
        elif path.endswith(".ipynb") and "/" not in path:
            link["href"] = f"{repository}/blob/main/notebooks/{path}{mark}{anchor}"
        elif path.startswith("../"):
            link["href"] = f"{repository}/blob/main/{path[3:]}{mark}{anchor}"
    return str(soup)


def write(path: Path, page: str) -> None:
    """Write a page as a whole: a reader finds the old one or the new one."""
    with files.written_whole(path) as part:
        part.write_text(page, "utf-8")
