"""The one figure of a chapter that the front page shows, made small."""

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass

from nbformat import NotebookNode
from PIL import Image

TAG = "result"  # of the cell whose figure stands for its chapter
LONGER_SIDE = 640  # pixels: sharp in a card also where a pixel of CSS is two


@dataclass(frozen=True)
class Picture:
    """A picture that is part of its page.

    Attributes:
        source: its bytes as an address (data:).
        alt: a sentence that says what can be seen.
    """

    source: str
    alt: str


def of(notebook: NotebookNode) -> Picture | None:
    """Return the figure that stands for a chapter, or None where none was drawn.

    It is that of the cell with TAG, or of a run that did not reach it the last one.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    tagged = [cell for cell in code if TAG in cell.metadata.get("tags", [])]
    found = figures(tagged) or figures(code)
    return small(*found[-1]) if found else None


def figures(cells: Iterable[NotebookNode]) -> list[tuple[str, str]]:
    """Return the PNG, in base 64, and the description of each figure that has one."""
    kind = "image/png"
    outputs = [output for cell in cells for output in cell.outputs]
    return [
        (output.data[kind], output.metadata[kind]["alt"])
        for output in outputs
        if kind in output.get("data", {}) and "alt" in output.metadata.get(kind, {})
    ]


def small(png: str, alt: str) -> Picture:
    """Return a picture for the front page of a PNG in base 64."""
    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    image.thumbnail((LONGER_SIDE, LONGER_SIDE))
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80)
    coded = base64.b64encode(buffer.getvalue()).decode()
    return Picture(f"data:image/webp;base64,{coded}", alt)
