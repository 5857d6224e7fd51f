"""RESULTS.md and the README's table are what the committed ledgers give."""

import nbformat
import numpy as np
import pytest

from helpers import ROOT
from pixelwise import results
from tools.makers import measure
from tools.makers.reports import report, tables


def test_results_page_is_what_the_ledgers_give():
    assert (ROOT / "RESULTS.md").read_text("utf-8") == report.text()


def test_readme_has_the_table_that_the_ledgers_give():
    assert report.chapters() in (ROOT / "README.md").read_text("utf-8")


def test_what_was_recorded_is_an_experiment_on_the_data_it_names():
    names = {(e.chapter, e.model, e.seed) for e in measure.experiments()}
    pairs = "CamVid", "Cityscapes pairs"
    beginnings = {
        **dict.fromkeys(report.CHAPTERS, "CIFAR-10"),
        **dict.fromkeys(measure.experiment.OF_PAIRS, pairs),
        measure.experiment.COLORIZATION: pairs,
        measure.colorization.CIFAR10: "CIFAR-10",
        measure.experiment.TOWN: "drawn town",
        measure.experiment.DRAWN_STREETS: "drawn streets",
    }
    for chapter, data in beginnings.items():
        for entry in results.recorded(chapter):
            assert entry["data"].startswith(data)
            assert (chapter, entry["model"], entry["seed"]) in names


def test_every_run_of_the_finished_ledgers_was_measured():
    finished = "01_mlp", "02_cnn", "04_resnet_transfer", measure.experiment.TOWN
    for chapter in finished:
        assert report.open_runs(chapter, results.recorded(chapter)) == ""


def test_what_transfer_compares_is_on_validation_pictures():
    def entry(model, accuracy, seed):
        fixed = {"data": "drawn town", "epochs": 1, "parameters": 7, "seconds": 2.0}
        metrics = {"validation_accuracy": accuracy}
        return fixed | {"model": model, "seed": seed, "metrics": metrics}

    entries = [
        entry("head at 20 labels: MLP", 0.3 + seed / 50, seed) for seed in (0, 1)
    ]
    entries.append(entry("enlarged ×2: frozen", 0.5, 0))
    text = tables.transfer(entries)
    assert "| head at 20 labels: MLP | 31.0 ± 1.4 % | 2 | 2 |" in text
    assert "| enlarged ×2: frozen | 50.0 % | 2 | 1 |" in text
    assert text.count("###") == 2


def test_what_was_not_measured_yet_is_told(monkeypatch):
    runs = [e for e in measure.experiments() if e.model.startswith(("recipe 2", "CNN"))]
    monkeypatch.setattr(measure, "experiments", lambda: runs)
    cnn = [{"model": e.model, "seed": e.seed} for e in runs if e.chapter == "02_cnn"]
    assert report.open_runs("02_cnn", cnn) == ""
    last = cnn[-1]
    expected = f"Not measured yet (seeds): {last['model']} ({last['seed']})."
    assert report.open_runs("02_cnn", cnn[:-1]) == expected
    missing = report.open_runs("03_resnet18", [])
    assert missing.endswith("(seeds): recipe 2: a rate that falls to 0 (0, 1).")


def test_search_table_is_sorted_by_validation():
    def trial(accuracy):
        settings = {
            "units": [4, 2],
            "learning_rate": 0.01,
            "batch_size": 32,
            "dropout": 0.1,
            "l2": 1e-5,
        }
        metrics = {"validation_accuracy": accuracy}
        fixed = {"model": "search trial", "settings": settings, "epochs": 4}
        return fixed | {"metrics": metrics}

    lines = tables.trials([trial(0.4), trial(0.5)]).splitlines()
    assert lines[4] == "| 50.0 % | 4-2 | 0.01 | 32 | 0.1 | 1e-05 |"
    assert lines[5].startswith("| 40.0 %")


def test_settings_of_the_search_follow_from_the_seed():
    drawn = [
        measure.mlp.draw_settings(np.random.default_rng([2026, 3])) for _ in range(2)
    ]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_every_chapter_in_the_report_has_a_model_for_the_readme(chapter):
    assert report.IDEAS[chapter][1] in {e.model for e in measure.experiments()}


def test_chapter_1_draws_the_trials_that_were_recorded():
    notebook = nbformat.read(ROOT / "notebooks" / "01_mlp.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if "def draw_settings(" in c.source]
    namespace = {"np": np}
    exec(cell.source, namespace)
    for number in range(measure.mlp.TRIALS):
        seed = [2026, number]
        drawn = namespace["draw_settings"](np.random.default_rng(seed))
        assert drawn == measure.mlp.draw_settings(np.random.default_rng(seed))
