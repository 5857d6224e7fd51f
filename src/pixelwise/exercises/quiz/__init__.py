"""The quiz of a chapter: five questions, with a reason for every answer.

Questions stand in `chapters/`, one file for each chapter, in TOML: a person edits it
without quoting or commas, may write comments, and Python reads it by itself.
"""

from pixelwise.exercises.quiz import page, questions


def show(chapter: str) -> None:
    """Display a chapter's quiz in a notebook.

    What is displayed needs no network, no widgets and no kernel, so that it works in
    Jupyter, in Colab and on a page that was made from the notebook. Without scripts
    the reasons can be unfolded.

    Args:
        chapter: a notebook's name without its ending, such as "05_fcn".

    Raises:
        ValueError: there is no such quiz, or its file has a fault, which is named.
    """
    from IPython.display import display  # part of every notebook, not of the package

    asked = questions.read(chapter)
    title = f"Quiz of chapter {int(chapter[:2])}"
    display(
        {"text/html": page.html(asked, title), "text/plain": page.plain(asked, title)},
        raw=True,
    )
