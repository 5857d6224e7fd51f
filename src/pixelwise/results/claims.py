"""What each chapter claims, and what a run says to it.

A claim is a sentence and the comparison of two rows of the ledger that carries it. One
rule judges them all; see `judge`.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pixelwise import run
from pixelwise.results import ledger
from pixelwise.results.list_of_claims import CLAIMS, Claim
from pixelwise.results.summaries import STUDENT

SHOWN, NOT_SHOWN, CONTRADICTED = "shown", "not shown", "contradicted"
# A claim is judged on the part with most runs of both, on the first of several.
PARTS = ("test_", "validation_", "")


class Unit(NamedTuple):
    """What a metric's differences are told in.

    Attributes:
        name: such as "points".
        scale: units for a difference of 1; below 0 where lower is better.
        least: how many units of the difference of two single runs may always be chance.
    """

    name: str
    scale: float
    least: float


POINTS = Unit("points", 100, 2.0)
UNITS = {
    "ciede2000": Unit("ΔE", -1, 0.1),
    "colourfulness": Unit("", 1, 1.0),
}


@dataclass(frozen=True)
class Judged:
    """A claim, and what a run says to it.

    Attributes:
        chapter: such as "01_mlp".
        claim: the claim.
        verdict: `SHOWN`, `NOT_SHOWN` or `CONTRADICTED`.
        difference: by how much the first is ahead, less what the claim asks for; None
            if the run did not measure both.
        bound: how much of it chance may account for.
    """

    chapter: str
    claim: Claim
    verdict: str
    difference: float | None = None
    bound: float | None = None

    @property
    def unit(self) -> Unit:
        """What the difference is in."""
        return UNITS.get(self.claim.metric, POINTS)

    @property
    def reason(self) -> str:
        """The difference and the bound in words."""
        if self.difference is None:
            return "not measured in this run"
        digits = 1 if self.unit is POINTS else 2
        ahead, bound = f"{self.difference:+.{digits}f}", f"{self.bound:.{digits}f}"
        return f"{ahead} {self.unit.name}, bound {bound}".replace(" ,", ",")


def judge(chapter: str, claim: Claim, entries: list[dict]) -> Judged:
    """Return what the entries of one run say to a claim.

    The claim is shown if the first model is ahead of the second, by what the claim
    asks for, by more than chance may account for; it is contradicted if it is as far
    behind; else it is not shown at this size. Chance may account for Student's t at 5 %
    times the standard error where both were run with several seeds. Where one was run
    once, it may account for 2 √2 times the spread over seeds that the chapter's
    recorded runs have in this metric, and at least for the unit's `least`.
    """
    first, second = values(chapter, claim, entries)
    if not first or not second:
        return Judged(chapter, claim, NOT_SHOWN)
    unit = UNITS.get(claim.metric, POINTS)
    ahead = unit.scale * (np.mean(first) - np.mean(second)) - claim.lead
    if min(len(first), len(second)) > 1:
        bound = abs(unit.scale) * several_runs(first, second)
    else:
        bound = max(abs(unit.scale) * single_runs(chapter, claim.metric), unit.least)
    verdict = NOT_SHOWN
    if abs(ahead) > bound:
        verdict = SHOWN if ahead > 0 else CONTRADICTED
    return Judged(chapter, claim, verdict, float(ahead), float(bound))


def several_runs(first: list[float], second: list[float]) -> float:
    """Return how much of the difference of two samples' means may be chance."""
    squares = [np.var(sample, ddof=1) / len(sample) for sample in (first, second)]
    degrees = len(first) + len(second) - 2
    return STUDENT.get(degrees, 3) * np.sqrt(sum(squares))


@functools.cache
def single_runs(chapter: str, metric: str) -> float:
    """Return how much of the difference of two single runs may be chance.

    It is told by the recorded runs of the chapter, whose models were run with several
    seeds; 0 where none has this metric.
    """
    runs = {}
    for entry in ledger.recorded(chapter):
        for part in PARTS:
            if part + metric in entry["metrics"]:
                which = entry["model"], entry["data"], part
                runs.setdefault(which, []).append(entry["metrics"][part + metric])
    variances = [np.var(sample, ddof=1) for sample in runs.values() if len(sample) > 1]
    return float(2 * np.sqrt(2 * np.mean(variances))) if variances else 0.0


def values(
    chapter: str, claim: Claim, entries: list[dict]
) -> tuple[list[float], list[float]]:
    """Return what both sides of a claim reached, on the part that both have most of."""
    mine = [entry for entry in entries if entry["chapter"] == chapter]
    where = claim.chapter or chapter
    theirs = [entry for entry in entries if entry["chapter"] == where]
    both = []
    for part in PARTS:
        first = values_of(claim.model, part + claim.metric, mine)
        second = [claim.other] * len(first)
        if isinstance(claim.other, str):
            metric = part + (claim.other_metric or claim.metric)
            second = values_of(claim.other, metric, theirs)
        both.append((first, second))
    return max(both, key=lambda sides: min(map(len, sides)))


def values_of(model: str, metric: str, entries: list[dict]) -> list[float]:
    """Return a metric of every run of a model, one a seed.

    A name stands for the row that has it, else for the newest of those that begin with
    it: "FCN" for "FCN on efficientnet_lite0", "fast network" for "fast network, 9
    epochs".
    """
    measured = [entry for entry in entries if metric in entry["metrics"]]
    beginnings = f"{model} ", f"{model}, "
    longer = [e["model"] for e in measured if e["model"].startswith(beginnings)]
    names = {entry["model"] for entry in measured}
    name = longer[-1] if longer and model not in names else model
    by_seed = {
        entry.get("seed"): entry["metrics"][metric]
        for entry in measured
        if entry["model"] == name
    }
    return [value for value in by_seed.values() if np.isfinite(value)]


def judge_all(entries: list[dict], chapters: Iterable[str] = CLAIMS) -> list[Judged]:
    """Return what the entries of one build say to the claims of its chapters.

    Entries are from the oldest to the newest; of each model and seed the newest counts.
    Those of profile `smoke`, which proves that a chapter runs and claims nothing, show
    nothing.
    """
    rows = [entry for entry in entries if entry["profile"] != "smoke"]
    return [judge(name, claim, rows) for name in chapters for claim in CLAIMS[name]]


def of_run(chapter: run.Run) -> list[Judged]:
    """Return what this run of a chapter, on its data, says to its claims.

    Of other chapters, which some claims compare with, what they measured last counts.
    """
    alike = chapter.profile, chapter.data
    entries = [
        entry
        for entry in ledger.read(run.runs_folder() / "ledger.jsonl")
        if (entry["profile"], entry["data"]) == alike
        and (entry["chapter"] != chapter.chapter or entry["when"] >= chapter.began)
    ]
    return judge_all(entries, [chapter.chapter])


def table(judged: list[Judged]) -> str:
    """Return a Markdown table of claims, verdicts and bounds."""
    lines = ["| claim | in this run | ahead by, beyond what is claimed |"]
    lines.append("|---|---|---|")
    for each in judged:
        lines.append(f"| {each.claim.sentence} | {each.verdict} | {each.reason} |")
    return "\n".join(lines)


def text(judged: list[Judged]) -> str:
    """Return claims for a terminal: under each chapter a line for each verdict."""
    lines = []
    for number, each in enumerate(judged):
        if not number or judged[number - 1].chapter != each.chapter:
            lines.append(each.chapter)
        lines.append(f"  {each.verdict:<12} {each.claim.sentence} ({each.reason})")
    return "\n".join(lines)


def counts(judged: list[Judged]) -> str:
    """Return how many claims got each verdict, such as "of 40 claims 31 shown, …"."""
    verdicts = [each.verdict for each in judged]
    said = [f"{verdicts.count(v)} {v}" for v in (SHOWN, NOT_SHOWN, CONTRADICTED)]
    return f"Of {len(judged)} claims, {', '.join(said)}"


def as_data(judged: list[Judged]) -> list[dict]:
    """Return claims as JSON has them: chapter, claim, verdict, bound and what is."""
    return [
        {
            "chapter": each.chapter,
            "claim": each.claim.sentence,
            "verdict": each.verdict,
            "difference": each.difference,
            "bound": each.bound,
            "unit": each.unit.name,
        }
        for each in judged
    ]
