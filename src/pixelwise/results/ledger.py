"""The ledger of measured results, and the tables made from it."""

import datetime
import json
import os
import platform
from importlib import resources
from pathlib import Path

import keras

from pixelwise import run, training

# Student's t, two-sided 5 %, by degrees of freedom; with more of them 3 is strict.
STUDENT = {2: 4.30, 3: 3.18}
REQUIRED = {
    *("chapter", "model", "data", "profile"),
    *("metrics", "parameters", "epochs", "seconds"),
}


def record(
    chapter: run.Run,
    model: str,
    network: keras.Model,
    metrics: dict[str, float],
    trained: training.Resume,
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
        "chapter": chapter.chapter,
        "model": model,
        "data": chapter.data,
        "profile": chapter.profile,
        "metrics": {name: float(value) for name, value in metrics.items()},
        "parameters": network.count_params(),
        "epochs": trained.epoch,
        "seconds": round(trained.seconds, 1),
        "device": device_name(),
        "precision": network.dtype_policy.name,
        "versions": versions(),
        "when": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        **details,
    }
    append(ledger or run.runs_folder() / "ledger.jsonl", entry)
    return entry


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
    file = resources.files("pixelwise") / "recorded" / f"{chapter}.jsonl"
    with resources.as_file(file) as path:
        return read(Path(path))


def summary(entries: list[dict], model: str, metric: str = "test_accuracy") -> dict:
    """Return mean, spread and runs of one model's metric among `entries`.

    The spread is the standard deviation over runs (n - 1), None for a single run.

    Raises:
        KeyError: no entry has that model and metric; the message names those there.
    """
    chosen = [e for e in entries if e["model"] == model and metric in e["metrics"]]
    if not chosen:
        models = sorted({entry["model"] for entry in entries})
        raise KeyError(f"no {metric} of {model!r}; models in the ledger: {models}")
    values = [entry["metrics"][metric] for entry in chosen]
    mean = sum(values) / len(values)
    spread = None
    if len(values) > 1:
        spread = (sum((v - mean) ** 2 for v in values) / (len(values) - 1)) ** 0.5
    seconds = sum(entry["seconds"] for entry in chosen) / len(chosen)
    return {
        "model": model,
        "data": chosen[0]["data"],
        "mean": mean,
        "spread": spread,
        "runs": len(values),
        "seconds": seconds,
        "parameters": chosen[0]["parameters"],
        "epochs": chosen[0]["epochs"],
    }


def percent(summary: dict) -> str:
    """Return a summary's mean and spread as text, such as "46.8 ± 0.4 %"."""
    if summary["spread"] is None:
        return f"{100 * summary['mean']:.1f} %"
    return f"{100 * summary['mean']:.1f} ± {100 * summary['spread']:.1f} %"


def compare(
    entries: list[dict], model: str, reference: str, metric: str = "test_accuracy"
) -> str:
    """Return a sentence on how far a model's mean is from a reference's.

    The distance is in points (hundredths), ± its standard error. With two runs of each
    it takes more than four of these to tell an effect from chance, else three.

    Raises:
        KeyError: one of both is not among the entries.
    """
    one, other = summary(entries, model, metric), summary(entries, reference, metric)
    points, error = difference(one, other)
    side = "above" if points >= 0 else "below"
    of_both = f"{reference} ({percent(other)})"
    if error is None:
        return (
            f"{model}: {percent(one)}, {abs(points):.1f} points {side} {of_both}; "
            "a single run does not tell chance from effect."
        )
    bound = STUDENT.get(one["runs"] + other["runs"] - 2, 3)
    verdict = "a clear difference" if abs(points) > bound * error else "undecided"
    return (
        f"{model}: {percent(one)}, {abs(points):.1f} ± {error:.1f} points {side} "
        f"{of_both}: {verdict}."
    )


def difference(one: dict, other: dict) -> tuple[float, float | None]:
    """Return how far one summary's mean is above another's, and its standard error.

    Both are in points (hundredths); the error is None where one of both is a single
    run.
    """
    points = 100 * (one["mean"] - other["mean"])
    if one["spread"] is None or other["spread"] is None:
        return points, None
    squares = [row["spread"] ** 2 / row["runs"] for row in (one, other)]
    return points, 100 * sum(squares) ** 0.5


def table(entries: list[dict], metric: str = "test_accuracy") -> str:
    """Return a Markdown table: each model's metric, parameters, seconds and data.

    Runs of one model with equal epochs share a row. Entries without that metric, such
    as the trials of a search, are left out.
    """
    rows = {}
    for entry in entries:
        if metric in entry["metrics"]:
            rows.setdefault((entry["model"], entry["epochs"]), []).append(entry)
    lines = [
        "| model | accuracy | parameters | epochs | seconds | runs | data |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for (model, _), runs in rows.items():
        row = summary(runs, model, metric)
        lines.append(
            f"| {model} | {percent(row)} | {row['parameters']:,} | {row['epochs']} "
            f"| {row['seconds']:.0f} | {row['runs']} | {row['data']} |"
        )
    return "\n".join(lines)


def device_name() -> str:
    """Return what computed: the accelerators, or the number of CPU cores."""
    return ", ".join(run.accelerators()) or f"CPU, {os.cpu_count()} cores"


def versions() -> dict[str, str]:
    """Return the versions that a result may depend on."""
    backend = keras.backend.backend()
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        backend: run.version(backend),
    }
