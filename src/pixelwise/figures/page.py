"""A figure on the page, with its description."""

import base64
import io

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def show(figure: Figure, alt: str) -> None:
    """Display a figure on a white ground, with `alt` as its text for screen readers.

    Args:
        figure: the figure; it is closed, so that the notebook shows it once.
        alt: one sentence that says what can be seen.
    """
    from IPython.display import display  # part of every notebook, not of the package

    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=96, bbox_inches="tight", facecolor="white")
    plt.close(figure)
    picture = base64.b64encode(buffer.getvalue()).decode()
    display(
        {"image/png": picture, "text/plain": alt},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )
