"""A user's note beside a data set, which says in a few words what copy it is."""

import re
from pathlib import Path

LONGEST = 60  # characters
UNFIT_FOR_NAME = re.compile(r"[^\w .,;+()%-]")


def read(path: Path) -> str:
    """Return the first line of a note, fit for a name; "" if there is no note."""
    if not path.is_file():
        return ""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    # The name also becomes a folder's and a table cell's: nothing that breaks those.
    note = " ".join(UNFIT_FOR_NAME.sub(" ", lines[0]).split()) if lines else ""
    return note if len(note) <= LONGEST else note[: LONGEST - 1] + "…"
