"""What several runs say together: mean, spread, differences and tables."""

import numpy as np

# Student's t, two-sided 5 %, by degrees of freedom; with more of them 3 is strict.
STUDENT = {2: 4.30, 3: 3.18}


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
    return {
        "model": model,
        "data": chosen[0]["data"],
        "mean": float(np.mean(values)),
        "spread": float(np.std(values, ddof=1)) if len(values) > 1 else None,
        "runs": len(values),
        "seconds": float(np.mean([entry["seconds"] for entry in chosen])),
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
