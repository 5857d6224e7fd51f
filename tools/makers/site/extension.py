"""What Sphinx does for this site alone.

Equations become MathML, which needs no script; cells fold; docstrings may show code as
Markdown does, by indenting it; and signatures of several lines are valid HTML.
"""

import re
from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx

from tools import equations

SIGNATURE = re.compile(r'(<span class="sig-paren">\(</span>)\s*<dl>(.*?)</dl>', re.S)


def setup(app: Sphinx) -> dict:
    """Register all of it with Sphinx."""
    app.add_html_math_renderer(
        "mathml", inline_renderers=(inline, None), block_renderers=(block, None)
    )
    app.add_node(HideCodeCellNode, html=(unfold, end_unfold), override=True)
    # Before napoleon, which looks at sections such as «Args:».
    app.connect("autodoc-process-docstring", mark_code, priority=300)
    app.connect("html-page-context", mend_signatures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def inline(translator, node: nodes.math) -> None:
    """Write an equation within a line."""
    translator.body.append(equations.inline(node.astext()))
    raise nodes.SkipNode


def block(translator, node: nodes.math_block) -> None:
    """Write an equation on lines of its own, which can be scrolled if it is long."""
    equation = equations.block(node.astext().strip())
    translator.body.append(f'<div class="equation" tabindex="0">{equation}</div>')
    raise nodes.SkipNode


def unfold(translator, node: HideCodeCellNode) -> None:
    """Write what stands before the code of a folded cell."""
    prompt = escape(node["prompt_show"])
    translator.body.append(f'<details class="fold"><summary>{prompt}</summary>\n')


def end_unfold(translator, node: HideCodeCellNode) -> None:
    """Write what stands after the code of a folded cell."""
    translator.body.append("</details>\n")


def mark_code(app, what, name, thing, options, lines: list[str]) -> None:
    """Let a docstring's indented lines after a colon and an empty line be code."""
    for place in range(len(lines) - 2):
        before, between, after = lines[place : place + 3]
        if before.endswith(":") and not between and after.startswith(" " * 4):
            lines[place] = before + ":"


def mend_signatures(app, page: str, template: str, context: dict, doctree) -> None:
    """Let parameters be spans: Sphinx makes them a list that lacks its terms."""
    if "body" in context:
        context["body"] = SIGNATURE.sub(with_lines, context["body"])


def with_lines(signature: re.Match) -> str:
    """Return the beginning of a signature, each parameter in a span of its own."""
    lines = signature[2].replace("<dd>", '<span class="sig-line">')
    return signature[1] + lines.replace("</dd>", "</span>")
