"""The folders that a test has in place of the user's."""

from pathlib import Path

from pixelwise import run


def use_data(folder: Path, monkeypatch) -> Path:
    """Have the course keep its data in a folder, in profile `laptop`; return it."""
    monkeypatch.setattr(run, "data_folder", lambda: folder)
    monkeypatch.setattr(run, "drawn_asked", lambda: False)
    monkeypatch.setattr(run, "profile", lambda: "laptop")
    return folder
