"""The tables on the segmenters, from ledgers that are made up here."""

import re

import pytest

from pixelwise import results
from pixelwise.data.cityscapes import CATEGORIES
from tools.makers import measure
from tools.makers.measure import streets
from tools.makers.measure.experiment import DRAWN_STREETS, OF_PAIRS
from tools.makers.reports import report, segmentation

LEDGERS = (*OF_PAIRS, DRAWN_STREETS)
# Mean IoU with seed 0; each seed more is 2 points more, so that the spread is 2.0.
LEVELS = {
    "most frequent category": 0.05,
    "most frequent category per position": 0.31,
    "race: FCN": 0.40,
    "race: better FCN": 0.50,
    "race: ResNet-18 segmenter": 0.45,
    "race: U-Net": 0.60,
    "U-Net, batch norm": 0.55,
    "U-Net, no skips": 0.50,
    streets.LONG_RUN: 0.69,
    "published recipe: U-Net": 0.3,
}


def scored(parts, level):
    """Return made-up metrics: each measure is one point above the one before it."""
    kinds = (*segmentation.MEASURES, *(f"{name}_iou" for name in CATEGORIES))
    return {
        f"{part}_{kind}": level + place / 100
        for part in parts
        for place, kind in enumerate(kinds)
    }


def entry(run, data):
    """Return a made-up entry of a planned run."""
    level = LEVELS.get(run.model, 0.2) + run.seed / 50
    metrics = scored(("validation", "test")[: 1 + run.tested], level)
    if run.model == streets.LONG_RUN:  # trained on the validation pictures
        metrics = scored(("test",), level)
    made_up = {
        "chapter": run.chapter,
        "model": run.model,
        "seed": run.seed,
        "data": data,
        "profile": "recorded",
        "metrics": metrics,
        "parameters": 1234,
        "epochs": 0 if run.model in streets.GUESSES else 2.5,
        "seconds": 10.0 + run.seed,
        "device": "CPU, 2 cores",
        "precision": "float32",
        "versions": {"keras": "3.15.1"},
    }
    if run.model.startswith("race: "):
        seconds = [streets.RACE_SECONDS * k / 8 + 0.7 for k in range(1, 9)]
        scores = [[after, level / 2 + k / 100] for k, after in enumerate(seconds)]
        made_up["scores"] = scores
    return made_up


def planned(chapter):
    return [run for run in measure.experiments() if run.chapter == chapter]


@pytest.fixture
def ledgers(tmp_path, monkeypatch):
    """Write a complete ledger of every chapter on pairs, and have them read."""
    for chapter in LEDGERS:
        data = "drawn streets" if chapter == DRAWN_STREETS else "CamVid street pairs"
        for run in planned(chapter):
            results.append(tmp_path / f"{chapter}.jsonl", entry(run, data))
    kept = results.recorded

    def recorded(chapter):
        path = tmp_path / f"{chapter}.jsonl"
        return results.read(path) if chapter in LEDGERS else kept(chapter)

    monkeypatch.setattr(results, "recorded", recorded)
    return tmp_path


def part(text, title):
    """Return what stands below a heading of any depth."""
    return re.split(rf"^#+ {re.escape(title)}.*\n", text, flags=re.M)[1].split("\n##")[
        0
    ]


def rows(text):
    """Return the rows of a table by their first cell, each a list of cells."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return {row[0]: row[1:] for row in cells}


def test_every_measure_has_mean_and_spread_over_seeds(ledgers):
    found = rows(part(report.text(), "On the test pictures: CamVid street pairs"))
    of_unet = rows(segmentation.sections(results.recorded("07_unet")))
    *measures, parameters, seconds, runs = found["FCN on efficientnet_lite0"]
    assert measures == [f"{mean}.0 ± 2.0 %" for mean in (22, 23, 24, 25)]
    assert (parameters, seconds, runs) == ("1,234", "11", "3")
    assert of_unet["most frequent category"][-1] == "1"


def test_every_table_begins_with_both_guesses(ledgers):
    for chapter in LEDGERS:
        text = segmentation.sections(results.recorded(chapter))
        tables = re.findall(r"\|---.*\n((?:\|.*\n?)+)", text)
        assert len(tables) == {"07_unet": 5, DRAWN_STREETS: 3}.get(chapter, 2)
        for table in tables:
            assert list(rows(table))[:2] == list(streets.GUESSES)


def test_every_category_has_its_own_column(ledgers):
    text = segmentation.sections(results.recorded("06_better_fcn"))
    found = rows(part(text, "IoU of each category"))
    assert found["model"] == list(CATEGORIES)
    assert found["better FCN"] == [f"{22 + n}.0 ± 2.0 %" for n in range(4, 11)]


def test_a_category_that_was_not_there_has_a_dash():
    run = planned("05_fcn")[-1]
    made_up = entry(run, "drawn streets")
    del made_up["metrics"]["test_human_iou"]
    found = rows(segmentation.categories([made_up]))[run.model]
    assert [cell for cell in found if not cell.endswith("%")] == ["–"]
    assert found[CATEGORIES.index("human")] == "–"


def test_the_race_is_told_at_its_eighths(ledgers):
    text = segmentation.sections(results.recorded(DRAWN_STREETS))
    found = rows(part(text, "The race"))
    eighth = streets.RACE_SECONDS / 8
    assert found["model"] == [f"{eighth * k:g} s" for k in range(1, 9)]
    assert found["U-Net"] == [f"{31 + k}.0 ± 1.0 %" for k in range(8)]
    assert found["most frequent category per position"] == ["31.0 %"] * 8
    order = "FCN (42.0 ± 2.0 %), ResNet-18 segmenter (47.0 ± 2.0 %), better FCN (52.0"
    assert order in text


def test_an_eighth_without_a_score_has_a_dash():
    run = next(run for run in planned("07_unet") if run.model == "race: FCN")
    made_up = entry(run, "drawn streets")
    del made_up["scores"][2]
    assert rows(segmentation.race([made_up]))["FCN"][1:4] == ["21.0 %", "–", "23.0 %"]


def test_what_was_changed_is_compared_with_the_base(ledgers):
    text = segmentation.sections(results.recorded("07_unet"))
    found = rows(part(text, "One thing changed"))
    assert found["U-Net, batch norm"][:2] == ["57.0 ± 2.0 %", ""]
    assert found["U-Net, no skips"][:2] == ["52.0 ± 2.0 %", "-5.0 ± 1.6"]
    others = [f"{value}.0 ± 2.0 %" for value in (53, 54, 55)]
    assert found["U-Net, no skips"][2:] == [*others, "1,234", "11", "3"]
    assert found["most frequent category"][:2] == ["5.0 %", ""]
    assert streets.LONG_RUN not in found


def test_published_figures_stand_beside_ours(ledgers):
    text = segmentation.sections(results.recorded("07_unet"))
    found = rows(part(text, "The published comparison"))
    assert found["U-Net"][:4] == ["32.0 ± 2.0 %", "51.27 %", "33.0 ± 2.0 %", "89.81 %"]
    assert found["ResNet-18"][1:4:2] == ["45.70 %", "86.93 %"]
    assert found["most frequent category"][1:4:2] == ["", ""]


def test_every_published_figure_has_a_run_of_its_own():
    planned_names = {run.model for run in streets.comparison()}
    assert planned_names == {f"published recipe: {name}" for name in streets.PUBLISHED}


def test_the_aims_are_said_to_be_met_or_missed(ledgers):
    met, missed = segmentation.aims(results.recorded("07_unet")).splitlines()
    assert met.endswith("71.0 ± 2.0 % reached (runs: 3): met.")
    assert missed.endswith("72.0 ± 2.0 % reached (runs: 3): missed by 17.00 points.")


def test_data_sets_are_not_mixed(ledgers):
    run = planned("05_fcn")[-1]
    higher = entry(run, "Cityscapes pairs")
    higher["metrics"]["test_mean_iou"] = 0.9
    results.append(ledgers / "05_fcn.jsonl", higher)
    text = report.text()
    camvid, cityscapes = (
        rows(part(text, f"On the test pictures: {data}"))[run.model][0]
        for data in ("CamVid street pairs", "Cityscapes pairs")
    )
    assert (camvid, cityscapes) == ("22.0 ± 2.0 %", "90.0 %")
    best = report.best("05_fcn", run.model, "FCN")
    assert best == "**mean IoU 90.0 %**<br>FCN; Cityscapes pairs"


def test_the_readme_tells_the_mean_iou_and_the_data(ledgers):
    named = report.IDEAS["06_better_fcn"][2]
    expected = f"| **mean IoU 22.0 ± 2.0 %**<br>{named}; CamVid street pairs |"
    assert expected in report.chapters()


def test_a_complete_ledger_leaves_nothing_open(ledgers):
    for chapter in LEDGERS:
        assert report.open_runs(chapter, results.recorded(chapter)) == ""


@pytest.mark.parametrize("chapter", LEDGERS)
def test_what_is_planned_and_missing_is_named_with_its_seeds(ledgers, chapter):
    path = ledgers / f"{chapter}.jsonl"
    last = results.read(path)[-1]
    kept = [
        line
        for line, found in zip(
            path.read_text("utf-8").splitlines(), results.read(path), strict=True
        )
        if found["model"] != last["model"] or found["seed"] == 1
    ]
    path.write_text("\n".join(kept), "utf-8")
    title = report.CHAPTERS.get(chapter, "The drawn streets")
    below = report.text().split(f"## {title}\n")[1].split("\n## ")[0].strip()
    assert below.endswith(f"Not measured yet (seeds): {last['model']} (0, 2).")
    path.unlink()
    below = report.text().split(f"## {title}\n")[1].split("\n## ")[0].strip()
    for model in {run.model for run in planned(chapter)}:
        assert f" {model} (0" in below.split("Not measured yet (seeds):")[1]
    if chapter in OF_PAIRS:
        _, model, named = report.IDEAS[chapter]
        assert report.best(chapter, model, named) == "not measured yet"
