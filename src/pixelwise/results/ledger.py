"""The ledger: one line for each measured result."""

import json
import os
import platform
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pixelwise import run

if TYPE_CHECKING:  # a ledger is read without the seconds that Keras takes
    import keras

    from pixelwise import training


REQUIRED = {
    "chapter",
    "model",
    "data",
    "profile",
    "metrics",
    "parameters",
    "epochs",
    "seconds",
}


def record(
    chapter: run.Run,
    model: str,
    network: "keras.Model",
    metrics: dict[str, float],
    trained: "training.Resume",
    ledger: Path | None = None,
    **details,
) -> dict:
    """Append one measured result to a ledger and return it.

    Args:
        chapter: the run, as `run.start` returned it.
        model: what the tables call the model, such as "MLP as published".
        network: the model itself, for its parameters.
        metrics: measured values by name, such as {"test_accuracy": 0.47}, 0 to 1.
        trained: the training's `Resume`, for its epochs and seconds.
        ledger: the file; by default `ledger.jsonl` in the runs folder.
        details: what else is worth keeping, such as the seed or the learning rate.
    """
    entry = {
        **measured(chapter, model, metrics),
        "parameters": network.count_params(),
        "epochs": trained.epoch,
        "seconds": round(trained.seconds, 1),
        "precision": network.dtype_policy.name,
        **details,
    }
    append(ledger or run.runs_folder() / "ledger.jsonl", entry)
    return entry


def record_guess(chapter: run.Run, model: str, metrics: dict[str, float]) -> dict:
    """Append what a guess reached, which looks at no picture, and return the entry.

    Args:
        chapter: the run, as `run.start` returned it.
        model: what the tables call the guess.
        metrics: measured values by name.
    """
    untrained = {"parameters": 0, "epochs": 0, "seconds": 0.0}
    entry = measured(chapter, model, metrics) | untrained
    append(run.runs_folder() / "ledger.jsonl", entry)
    return entry


def measured(chapter: run.Run, model: str, metrics: dict[str, float]) -> dict:
    """Return what an entry says of anything measured: what, on what, by what, when."""
    return {
        "chapter": chapter.chapter,
        "model": model,
        "data": chapter.data,
        "profile": chapter.profile,
        "metrics": {name: float(value) for name, value in metrics.items()},
        "device": device_name(),
        "versions": versions(),
        "when": run.now(),
    }


def append(ledger: Path, entry: dict) -> None:
    """Add an entry to a ledger, one line of JSON in one write.

    A single write to a file opened for appending is not mixed with another process'.

    Raises:
        ValueError: the entry lacks a field that the tables need.
    """
    missing = REQUIRED - entry.keys()
    if missing:
        raise ValueError(f"ledger entry: expected also {sorted(missing)}")
    ledger.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"
    with ledger.open("ab", buffering=0) as file:
        file.write(line.encode())


def read(ledger: Path) -> list[dict]:
    """Return a ledger's entries, oldest first; none where there is no file.

    Raises:
        ValueError: a line is not an entry; the message names file and line.
    """
    if not ledger.exists():
        return []
    entries = []
    for number, line in enumerate(ledger.read_text("utf-8").splitlines(), start=1):
        try:
            entry = json.loads(line)
            missing = REQUIRED - entry.keys()
        except (json.JSONDecodeError, AttributeError) as error:
            raise ValueError(f"{ledger}, line {number}: not JSON ({error})") from None
        if missing:
            raise ValueError(f"{ledger}, line {number}: lacks {sorted(missing)}")
        entries.append(entry)
    return entries


def own(chapter: run.Run, of: str | None = None) -> list[dict]:
    """Return the newest result of each model in this run's profile and on its data.

    Args:
        chapter: the run, as `run.start` returned it.
        of: another chapter's name, if its results are wanted.
    """
    newest = {}
    for entry in read(run.runs_folder() / "ledger.jsonl"):
        if (entry["chapter"], entry["profile"], entry["data"]) == (
            of or chapter.chapter,
            chapter.profile,
            chapter.data,
        ):
            newest[entry["model"]] = entry
    return list(newest.values())


def recorded(chapter: str) -> list[dict]:
    """Return the entries that are kept with the package, from longer runs."""
    file = resources.files("pixelwise.results") / "recorded" / f"{chapter}.jsonl"
    with resources.as_file(file) as path:
        return read(Path(path))


def device_name() -> str:
    """Return what computed: the accelerators, or the number of CPU cores."""
    return ", ".join(run.accelerators()) or f"CPU, {os.cpu_count()} cores"


def versions() -> dict[str, str]:
    """Return the versions that a result may depend on."""
    import keras

    backend = keras.backend.backend()
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        backend: run.version(backend),
    }
