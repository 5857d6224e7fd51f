import json
import math
import statistics
import subprocess
import sys
from types import SimpleNamespace

import keras
import pytest

from helpers import ROOT
from pixelwise import results, run


def entry(model="MLP", accuracy=0.5, **others):
    return {
        "chapter": "01_mlp",
        "model": model,
        "data": "CIFAR-10",
        "profile": "smoke",
        "metrics": {"test_accuracy": accuracy},
        "parameters": 12,
        "epochs": 7,
        "seconds": 3.0,
    } | others


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path))
    return run.Run("01_mlp", "smoke", "CIFAR-10", None)


def test_recorded_result_is_read_back(chapter):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    trained = SimpleNamespace(epoch=3, seconds=1.26)
    results.record(chapter, "MLP", model, {"test_accuracy": 0.25}, trained, seed=4)
    (found,) = results.own(chapter)
    assert found["metrics"] == {"test_accuracy": 0.25}
    assert found["parameters"] == 8
    assert found["seconds"] == 1.3
    assert found["epochs"] == 3
    assert found["seed"] == 4
    assert found["versions"]["keras"] == keras.__version__


def test_own_gives_the_newest_of_this_chapter_profile_and_data(chapter):
    ledger = run.runs_folder() / "ledger.jsonl"
    for accuracy in (0.1, 0.2):
        results.append(ledger, entry(accuracy=accuracy))
    results.append(ledger, entry(model="CNN", chapter="02_cnn"))
    results.append(ledger, entry(model="other data", data="drawn town"))
    results.append(ledger, entry(model="other profile", profile="full"))
    (found,) = results.own(chapter)
    assert found["metrics"]["test_accuracy"] == 0.2
    assert [e["model"] for e in results.own(chapter, of="02_cnn")] == ["CNN"]


def test_incomplete_entry_is_refused(tmp_path):
    incomplete = entry()
    del incomplete["seconds"]
    with pytest.raises(ValueError, match="seconds"):
        results.append(tmp_path / "ledger.jsonl", incomplete)
    assert not (tmp_path / "ledger.jsonl").exists()


@pytest.mark.parametrize("line", ["{", '{"model": "MLP"}', "[1]"])
def test_broken_line_is_named(tmp_path, line):
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_text(json.dumps(entry()) + "\n" + line + "\n")
    with pytest.raises(ValueError, match=r"ledger\.jsonl, line 2"):
        results.read(ledger)


def test_processes_that_append_at_once_do_not_mix_their_lines(tmp_path):
    ledger = tmp_path / "ledger.jsonl"
    script = (
        "import sys, json, pathlib; from pixelwise import results;"
        "e = json.loads(sys.argv[2]);"
        "[results.append(pathlib.Path(sys.argv[1]), e) for _ in range(200)]"
    )
    content = json.dumps(entry(model="long" * 300))
    command = [sys.executable, "-c", script, str(ledger), content]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert len(results.read(ledger)) == 400


def test_summary_is_mean_and_sample_spread():
    values = [0.40, 0.50, 0.45]
    found = results.summary([entry(accuracy=v) for v in values], "MLP")
    assert found["mean"] == pytest.approx(statistics.mean(values))
    assert found["spread"] == pytest.approx(statistics.stdev(values))
    assert found["runs"] == 3
    assert results.percent(found) == "45.0 ± 5.0 %"


def test_single_run_has_no_spread():
    found = results.summary([entry()], "MLP")
    assert results.percent(found) == "50.0 %"


def test_unknown_model_is_named_with_those_there():
    with pytest.raises(KeyError, match=r"'CNN'; models in the ledger: \['MLP'\]"):
        results.summary([entry()], "CNN")


def test_comparison_gives_points_and_their_standard_error():
    entries = [entry("A", 0.40), entry("A", 0.42), entry("B", 0.50), entry("B", 0.54)]
    variances = [statistics.variance(v) for v in ([40, 42], [50, 54])]
    error = math.sqrt(variances[0] / 2 + variances[1] / 2)
    sentence = results.compare(entries, "A", "B")
    expected = f"A: 41.0 ± 1.4 %, 11.0 ± {error:.1f} points below B (52.0 ± 2.8 %)"
    assert sentence == f"{expected}: a clear difference."
    closer = [*entries, entry("B", 0.42)]
    assert results.compare(closer, "A", "B").endswith(": undecided.")


def test_two_runs_of_each_must_differ_by_more_than_four_standard_errors():
    two = [entry("A", 0.50), entry("A", 0.52), entry("B", 0.56), entry("B", 0.58)]
    assert "6.0 ± 1.4 points" in results.compare(two, "A", "B")
    assert results.compare(two, "A", "B").endswith(": undecided.")
    more = [*two, entry("A", 0.51), entry("B", 0.57)]
    assert results.compare(more, "A", "B").endswith(": a clear difference.")


def test_comparison_of_single_runs_warns():
    sentence = results.compare([entry("A", 0.5), entry("B", 0.4)], "A", "B")
    assert "10.0 points above B" in sentence
    assert "chance" in sentence


def test_table_has_one_row_a_model():
    lines = results.table([entry("A"), entry("B"), entry("A")]).splitlines()
    assert len(lines) == 4
    assert lines[2] == "| A | 50.0 ± 0.0 % | 12 | 7 | 3 | 2 | CIFAR-10 |"


def test_table_keeps_trainings_of_different_length_apart():
    lines = results.table([entry("A"), entry("A", epochs=9)]).splitlines()
    assert [line.split("|")[4].strip() for line in lines[2:]] == ["7", "9"]


def test_table_leaves_out_what_was_not_tested():
    trial = entry("trial") | {"metrics": {"validation_accuracy": 0.5}}
    assert len(results.table([entry("A"), trial]).splitlines()) == 3


def test_recorded_ledgers_are_whole():
    for chapter in ("01_mlp", "02_cnn"):
        for found in results.recorded(chapter):
            assert found["chapter"] == chapter
            assert 0 < min(found["metrics"].values()) <= 1


def test_every_chapter_has_its_own_measure():
    paths = (ROOT / "notebooks").glob("*.ipynb")
    assert {path.stem for path in paths} == set(results.MEASURES)


@pytest.mark.parametrize(
    ("chapter", "mean", "spread", "text"),
    [
        ("01_mlp", 0.4684, None, "46.8 %"),
        ("07_unet", 0.4684, 0.0041, "46.8 ± 0.4 %"),
        ("08_colorization", 2.804, None, "2.80"),
        ("08_colorization", 2.804, 0.068, "2.80 ± 0.07"),
    ],
)
def test_a_measure_is_told_in_its_own_unit(chapter, mean, spread, text):
    summary = {"mean": mean, "spread": spread}
    assert results.MEASURES[chapter].text(summary) == text
