"""The tables on colorization, from a ledger that is made up here."""

import pytest

from tools.makers import measure
from tools.makers.measure import colorization
from tools.makers.measure.experiment import COLORIZATION
from tools.makers.reports import colours, report

LEVELS = {"grey": 6.0, "mean colour": 5.0, "with skips": 2.9, "without skips": 3.1}


def entry(model, seed, level):
    metrics = {f"test_{kind}": level + seed / 10 for kind in colours.MEASURES}
    if model in ("grey", "mean colour"):
        metrics.pop("test_sharpness")  # where there is no edge
    return {
        "chapter": COLORIZATION,
        "model": model,
        "seed": seed,
        "metrics": metrics,
        "data": "CamVid street pairs",
        "epochs": 1,
        "parameters": 1234,
        "seconds": 10.0 + seed,
        "device": "CPU, 2 cores",
        "precision": "float32",
        "versions": {"keras": "3.15.1"},
    }


@pytest.fixture
def entries():
    trained = [
        entry(name, seed, LEVELS[name])
        for seed in (0, 1, 2)
        for name in colorization.SKIPS
    ]
    return [entry(name, 0, LEVELS[name]) for name in ("grey", "mean colour")] + trained


def test_a_row_has_mean_spread_and_costs(entries):
    rows = colours.overall(entries).splitlines()
    cells = [cell.strip() for cell in rows[4].strip("|").split("|")]
    assert cells[0] == "with skips"
    assert cells[1] == "3.0 ± 0.1"
    assert cells[2] == "3.00 ± 0.10"
    assert cells[-3:] == ["1,234", "11", "3"]
    grey = [cell.strip() for cell in rows[2].strip("|").split("|")]
    assert grey[:3] == ["grey", "6.0", "6.00"]
    assert grey[7] == "–"


def test_a_difference_is_clear_only_if_it_is_more_than_chance_gives(entries):
    # Three seeds each, spread 0.1: the standard error is 0.1 √(2/3).
    said = colours.skips(entries, "")
    assert "CIEDE2000 -0.20 ± 0.08 (undecided)" in said
    for each in entries:
        if each["model"] == "without skips":
            each["metrics"]["test_ciede2000"] += 0.2
    assert "CIEDE2000 -0.40 ± 0.08 (clear)" in colours.skips(entries, "")
    assert colours.skips(entries, "published recipe: ") == ""


def test_runs_on_the_way_are_told_by_their_validation_and_stand_in_no_table(entries):
    for seed, level in ((0, 3.0), (1, 3.2)):
        run = entry(f"{colorization.ON_THE_WAY}with skips", seed, 0)
        entries.append(run | {"metrics": {"validation_ciede2000": level}})
    said = "\n".join(colours.sections(entries))
    assert "mean CIEDE2000: with skips 3.10 ± 0.14 (runs: 2)." in said
    assert "| on the way" not in said


def test_the_aim_is_told_as_it_came_out(entries):
    assert "«with skips» is 40 % below it: met." in colours.aim(entries)
    for each in entries:
        if each["model"] in colorization.SKIPS:
            each["metrics"]["test_ciede2000"] += 0.1
    assert "is 38 % below it: not met." in colours.aim(entries)
    assert colours.aim(entries[1:2]) == ""


def test_the_report_has_a_section_and_names_what_is_not_measured(entries, monkeypatch):
    runs = [e for e in measure.experiments() if e.chapter == COLORIZATION]
    monkeypatch.setattr(measure, "experiments", lambda: runs)
    text = report.section(COLORIZATION, entries)
    assert "On the test pictures: CamVid street pairs" in text
    assert "bins, rebalanced (0, 1, 2)" in text
    assert "with skips (" not in text.split("Not measured yet")[1].split("published")[0]


def test_the_readme_shows_a_colour_difference(entries, monkeypatch):
    monkeypatch.setattr(report.results, "recorded", lambda chapter: entries)
    said = report.best(COLORIZATION, "with skips", "U-Net")
    assert said == "**colour difference 3.00 ± 0.10**<br>U-Net; CamVid street pairs"
