"""Where this run's files go."""

import os
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """Return the folder that data sets are read from and kept in (it may not exist).

    It is PIXELWISE_DATA; or `data/` in a checkout; or the user's cache folder.
    """
    asked = os.environ.get("PIXELWISE_DATA", "")
    if asked and not drawn_asked():
        return Path(asked).expanduser().resolve()
    root = checkout()
    return root / "data" if root else user_cache() / "data"


def given_up(name: str) -> bool:
    """Return whether a build could not get a published set, and goes on without it."""
    return name in os.environ.get("PIXELWISE_GIVEN_UP", "").split(",")


def drawn_asked() -> bool:
    """Return whether PIXELWISE_DATA=drawn asks for the drawn town in any profile."""
    return os.environ.get("PIXELWISE_DATA", "") == "drawn"


def runs_folder() -> Path:
    """Return the folder for checkpoints and the ledger (it may not exist).

    It is PIXELWISE_RUNS; or `runs/` in a checkout; or the user's cache folder.
    """
    asked = os.environ.get("PIXELWISE_RUNS", "")
    if asked:
        return Path(asked).expanduser().resolve()
    root = checkout()
    return root / "runs" if root else user_cache() / "runs"


def keep_on_drive() -> None:
    """Keep this session's runs on Google Drive, where Colab does not delete them.

    Raises:
        RuntimeError: this is not Colab.
    """
    try:
        from google.colab import drive
    except ImportError:
        raise RuntimeError(
            "Google Drive can be mounted in Colab only; elsewhere set PIXELWISE_RUNS "
            f"to a folder of yours. Runs are kept in {runs_folder()}"
        ) from None
    drive.mount("/content/drive")
    os.environ["PIXELWISE_RUNS"] = "/content/drive/MyDrive/pixelwise/runs"
    print(f"runs    {runs_folder()}")


def checkout() -> Path | None:
    """Return the root of the checkout that this package runs from, or None."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "notebooks").is_dir() else None


def user_cache() -> Path:
    """Return the user's cache folder for this course, by the platform's custom."""
    return platformdirs.user_cache_path("pixelwise", appauthor=False, opinion=False)
