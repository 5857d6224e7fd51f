"""One rule says what a run shows of a chapter's claims, and what it does not."""

import json

import pytest

from pixelwise import results, run
from pixelwise.results import claims
from pixelwise.results.claims import CLAIMS, Claim
from tools import ROOT

BEATS = Claim("The second beats the first.", "second", "first")


def entry(model, value, metric="test_accuracy", seed=None, **other):
    """Return a ledger's entry of one run."""
    made = {
        "chapter": "01_mlp",
        "model": model,
        "data": "drawn town",
        "profile": "laptop",
        "metrics": {metric: value},
        "parameters": 1,
        "epochs": 1,
        "seconds": 1.0,
        "seed": seed,
        "when": "2026-01-02T00:00:00+00:00",
    }
    return made | other


def runs(model, *values, **other):
    return [entry(model, value, seed=s, **other) for s, value in enumerate(values)]


@pytest.fixture(autouse=True)
def _recorded(monkeypatch):
    """No recorded runs, so that a single run's bound is the least."""
    monkeypatch.setattr(claims.ledger, "recorded", lambda chapter: [])
    claims.single_runs.cache_clear()
    yield
    claims.single_runs.cache_clear()


def judged(entries, claim=BEATS):
    return claims.judge("01_mlp", claim, entries)


@pytest.mark.parametrize(
    ("ahead", "verdict"),
    [
        (0.021, "shown"),
        (0.019, "not shown"),
        (0, "not shown"),
        (-0.021, "contradicted"),
    ],
)
def test_single_runs_have_to_be_two_points_apart_at_least(ahead, verdict):
    found = judged([entry("first", 0.5), entry("second", 0.5 + ahead)])
    assert (found.verdict, found.bound) == (verdict, 2.0)
    assert found.difference == pytest.approx(100 * ahead)


def test_several_runs_are_judged_by_their_spread():
    first = runs("first", 0.50, 0.51, 0.49)
    # Spread 1 point, standard error 0.82, Student's t of 4 degrees taken as 3.
    found = judged(first + runs("second", 0.53, 0.54, 0.52))
    assert found.verdict == "shown"
    assert found.bound == pytest.approx(3 * (2 / 3) ** 0.5, rel=1e-3)
    assert judged(first + runs("second", 0.52, 0.53, 0.51)).verdict == "not shown"
    assert judged(first + runs("second", 0.47, 0.46, 0.48)).verdict == "contradicted"


def test_two_runs_of_each_have_to_be_much_further_apart():
    first, second = runs("first", 0.50, 0.52), runs("second", 0.55, 0.57)
    found = judged(first + second)
    assert found.bound == pytest.approx(4.30 * 2**0.5, rel=1e-3)
    assert found.verdict == "not shown"


def test_one_run_beside_several_counts_as_a_single_one():
    found = judged([*runs("first", 0.5, 0.5, 0.5), entry("second", 0.515)])
    assert (found.verdict, found.bound) == ("not shown", 2.0)


def test_a_single_run_s_chance_is_what_the_recorded_seeds_tell(monkeypatch):
    rows = [*runs("one", 0.4, 0.5, 0.6), *runs("other", 0.7, 0.7), entry("once", 0.1)]
    monkeypatch.setattr(claims.ledger, "recorded", lambda chapter: rows)
    claims.single_runs.cache_clear()
    found = judged([entry("first", 0.5), entry("second", 0.69)])
    # Variances 0.01 and 0: of the difference of two runs 2 √2 × √0.005 may be chance.
    assert found.bound == pytest.approx(100 * 2 * (2 * 0.005) ** 0.5)
    assert found.verdict == "not shown"


def test_the_recorded_seeds_differ_more_where_labels_are_few(
    monkeypatch,
):
    monkeypatch.setattr(claims.ledger, "recorded", results.recorded)
    assert 0.001 < claims.single_runs("02_cnn", "accuracy") < 0.03
    assert claims.single_runs("06_better_fcn", "mean_iou") < 0.03
    assert claims.single_runs("04_resnet_transfer", "accuracy") > 0.03  # few labels
    assert claims.single_runs("02_cnn", "no such metric") == 0


@pytest.mark.parametrize(
    ("lead", "value", "verdict"),
    [
        (10, 0.64, "shown"),
        (10, 0.60, "not shown"),
        (10, 0.56, "contradicted"),
        (-5, 0.49, "shown"),
        (-5, 0.46, "not shown"),
        (-5, 0.41, "contradicted"),
    ],
)
def test_a_claim_may_ask_for_a_lead_or_allow_a_lag(lead, value, verdict):
    claim = Claim("So much.", "second", "first", lead=lead)
    found = judged([entry("first", 0.5), entry("second", value)], claim)
    assert found.verdict == verdict


def test_a_value_may_be_compared_with():
    claim = Claim("Better than guessing.", "first", 0.1)
    assert judged([entry("first", 0.2)], claim).verdict == "shown"
    assert judged([entry("first", 0.1)], claim).verdict == "not shown"


def test_of_colour_differences_the_lower_is_ahead():
    claim = Claim("Less is better.", "second", "first", "ciede2000")
    both = [
        entry("first", 5.0, "validation_ciede2000"),
        entry("second", 4.5, "validation_ciede2000"),
    ]
    found = judged(both, claim)
    assert (found.verdict, found.reason) == ("shown", "+0.50 ΔE, bound 0.10")
    swapped = claim._replace(model="first", other="second")
    assert judged(both, swapped).verdict == "contradicted"


def test_two_measures_of_one_model_may_be_compared():
    claim = Claim("Flat.", "first", "first", "flat_iou", "object_iou", lead=10)
    one = entry("first", 0.9, "test_flat_iou")
    one["metrics"]["test_object_iou"] = 0.1
    found = judged([one], claim)
    assert found.difference == pytest.approx(70)


def test_both_sides_are_of_one_part_and_the_test_before_the_validation():
    rows = [entry("first", 0.5, "validation_accuracy"), entry("second", 0.9)]
    assert judged(rows).difference is None
    rows += [entry("first", 0.6), entry("second", 0.1, "validation_accuracy")]
    assert judged(rows).difference == pytest.approx(30)


def test_the_part_with_most_runs_is_judged():
    on_validation = {"metric": "validation_accuracy"}
    rows = runs("first", 0.5, 0.51, **on_validation)
    rows += runs("second", 0.9, 0.91, **on_validation)
    rows += [entry("first", 0.5, seed=0), entry("second", 0.1, seed=0)]
    assert judged(rows).difference == pytest.approx(40)


def test_a_value_that_is_no_number_was_not_measured():
    rows = [entry("first", 0.5), entry("second", float("nan"))]
    assert judged(rows).reason == "not measured in this run"


def test_what_was_not_measured_is_not_shown():
    found = judged([entry("second", 0.9)])
    assert (found.verdict, found.bound) == ("not shown", None)
    assert found.reason == "not measured in this run"


def test_a_name_stands_for_those_that_begin_with_it_unless_it_is_there():
    claim = Claim("Fast.", "fast", 0.5)
    older = entry("fast, 22 epochs", 0.1)
    longer = older, entry("fast, 9 epochs", 0.9), entry("faster", 0.1)
    assert judged(longer, claim).difference == pytest.approx(40)
    assert judged([*longer, entry("fast", 0.7)], claim).difference == pytest.approx(20)


def test_the_other_side_may_be_another_chapter_s():
    claim = Claim("It wins.", "second", "first", chapter="02_cnn")
    rows = [
        entry("second", 0.9),
        entry("first", 0.1),
        entry("first", 0.5, chapter="02_cnn"),
    ]
    assert judged(rows, claim).difference == pytest.approx(40)


def test_the_newest_of_each_run_counts_and_smoke_shows_nothing(monkeypatch):
    monkeypatch.setitem(CLAIMS, "01_mlp", (BEATS,))
    rows = [entry("first", 0.5), entry("second", 0.1), entry("second", 0.9)]
    (found,) = claims.judge_all(rows, ["01_mlp"])
    assert found.difference == pytest.approx(40)
    smoke = [row | {"profile": "smoke"} for row in rows]
    (found,) = claims.judge_all(smoke, ["01_mlp"])
    assert found.verdict == "not shown" and found.difference is None


def test_a_run_is_judged_by_its_own_data_and_profile(monkeypatch, tmp_path):
    monkeypatch.setitem(CLAIMS, "01_mlp", (BEATS,))
    monkeypatch.setattr(run, "runs_folder", lambda: tmp_path)
    for row in (
        entry("second", 0.2, seed=1, when="2026-01-01T00:00:00+00:00"),
        entry("first", 0.5),
        entry("second", 0.9),
        entry("second", 0.1, data="CIFAR-10"),
        entry("second", 0.1, profile="full"),
    ):
        results.append(tmp_path / "ledger.jsonl", row)
    began = "2026-01-01T00:00:01+00:00"
    chapter = run.Run("01_mlp", "laptop", "drawn town", None, began)
    (found,) = claims.of_run(chapter)
    assert found.difference == pytest.approx(40)


def test_every_chapter_has_five_claims_or_more_and_shows_them():
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert set(CLAIMS) == notebooks
    for name, listed in CLAIMS.items():
        assert len(listed) >= 5
        assert len({claim.sentence for claim in listed}) == len(listed)
        code = (ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8")
        assert "claims.of_run(chapter)" in code


def test_tables_and_data_say_the_same():
    found = [judged([entry("first", 0.5), entry("second", 0.9)]), judged([])]
    assert claims.counts(found) == "Of 2 claims, 1 shown, 1 not shown, 0 contradicted"
    row = "| The second beats the first. | shown | +40.0 points, bound 2.0 |"
    assert row in claims.table(found)
    line = "  shown        The second beats the first. (+40.0 points, bound 2.0)"
    assert line in claims.text(found)
    data = json.loads(json.dumps(claims.as_data(found)))
    assert data[0]["chapter"] == "01_mlp"
    assert (data[0]["verdict"], data[0]["bound"]) == ("shown", 2.0)
    assert (data[1]["verdict"], data[1]["bound"]) == ("not shown", None)


def test_a_guess_has_no_parameters(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "runs_folder", lambda: tmp_path)
    chapter = run.Run("05_fcn", "laptop", "CamVid", None)
    made = results.record_guess(chapter, "a guess", {"test_mean_iou": 0.1})
    assert results.read(tmp_path / "ledger.jsonl") == [made]
    assert (made["parameters"], made["epochs"], made["seconds"]) == (0, 0, 0)
