"""The table of training speeds, from the entries of one `make benchmark`."""

import json
from pathlib import Path

from pixelwise import results

LEDGER = Path(results.__file__).parent / "recorded" / "speed.jsonl"
SIDES = {"keras": "Keras on TensorFlow", "torch": "PyTorch"}
INTRODUCTION = """
## Speed, side by side

Training images a second of every builder at its full size, and of the same network
written in PyTorch (channels last; bfloat16 by autocast). A step is the way forward, the
way back and the update by SGD with momentum, on uint8 pixels from memory; in Keras it
is run by `fit`. Each builder, framework and precision has a process of its own, and
they take turns, {rounds} rounds. A figure is the median over the rounds of the median
over a round's steps, after warm-up; lowest and highest round in brackets. The share
is that of the fastest product of two large square matrices that was measured in the
same run and precision: {peaks} GFLOP/s. `make benchmark` measures it anew.

"""
ALONE = """
PyTorch was not installed: Keras was measured alone. Once `pip install torch` was run in
the same environment, `make benchmark` measures both.
"""


def read() -> list[dict]:
    """Return the recorded entries."""
    return [json.loads(line) for line in LEDGER.read_text("utf-8").splitlines()]


def keep(entries: list[dict]) -> None:
    """Replace the recorded entries by these."""
    lines = [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries]
    LEDGER.write_text("\n".join(lines) + "\n", encoding="utf-8")


def section(entries: list[dict]) -> str:
    """Return the section on training speed from the entries of one `make benchmark`."""
    sides = [name for name in SIDES if name in {e["framework"] for e in entries}]
    peaks = {e["precision"]: e["peak"] for e in entries}
    named = ", ".join(f"{name} {peak / 1e9:,.0f}" for name, peak in peaks.items())
    parts = [INTRODUCTION.format(rounds=entries[0]["rounds"], peaks=named)]
    parts.append(table(entries, sides))
    parts.append(best(entries) if len(sides) > 1 else ALONE)
    versions = {}
    for entry in entries:
        versions |= entry["versions"]
    numbers = ", ".join(f"{name} {number}" for name, number in versions.items())
    parts.append(f"\nDevice: {entries[0]['device']}. Versions: {numbers}.\n")
    return "".join(parts)


def table(entries: list[dict], sides: list[str]) -> str:
    """Return a row for each builder and precision, two columns for each framework."""
    found = {(e["builder"], e["precision"], e["framework"]): e for e in entries}
    columns = "".join(f" {SIDES[side]} | share |" for side in sides)
    lines = [
        "| builder | precision | batch |" + columns,
        "|---|---|---:|" + "---:|---:|" * len(sides),
    ]
    for builder, precision in dict.fromkeys(key[:2] for key in found):
        row = [found[builder, precision, side] for side in sides]
        cells = "".join(
            f" {images(e)} | {100 * e['share_of_peak']:.0f} % |" for e in row
        )
        lines.append(f"| {builder} | {precision} | {row[0]['batch']} |" + cells)
    return "\n".join(lines) + "\n"


def images(entry: dict) -> str:
    """Return images a second with the lowest and highest round."""
    digits = 0 if entry["lowest"] >= 100 else 1
    speed, lowest, highest = (
        f"{entry[name]:,.{digits}f}"
        for name in ("images_per_second", "lowest", "highest")
    )
    return f"{speed} ({lowest}–{highest})"


def best(entries: list[dict]) -> str:
    """Return a table of each framework's faster precision, and their quotient."""
    lines = [
        "\nEach framework in its faster precision:\n",
        "| builder | Keras on TensorFlow | PyTorch | Keras / PyTorch |",
        "|---|---:|---:|---:|",
    ]
    for builder in dict.fromkeys(entry["builder"] for entry in entries):
        two = [fastest(entries, builder, side) for side in SIDES]
        keras, torch = (entry["images_per_second"] for entry in two)
        cells = " | ".join(f"{images(e)}, {e['precision']}" for e in two)
        lines.append(f"| {builder} | {cells} | {keras / torch:.2f} |")
    return "\n".join(lines) + "\n"


def fastest(entries: list[dict], builder: str, framework: str) -> dict:
    """Return a builder's entry with the most images a second in a framework."""
    wanted = (builder, framework)
    chosen = [e for e in entries if (e["builder"], e["framework"]) == wanted]
    return max(chosen, key=lambda entry: entry["images_per_second"])
