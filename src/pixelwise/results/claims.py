"""What each chapter claims, and what a run says to it.

A claim is a sentence and the comparison of two rows of the ledger that carries it. One
rule judges them all; see `judge`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pixelwise import run
from pixelwise.results import ledger
from pixelwise.results.list_of_claims import CLAIMS, Claim
from pixelwise.results.summaries import STUDENT

SHOWN, NOT_SHOWN, CONTRADICTED = "shown", "not shown", "contradicted"
PARTS = ("test_", "validation_", "")  # a claim is judged on the first that both have


class Unit(NamedTuple):
    """What a metric's differences are told in.

    Attributes:
        name: such as "points".
        scale: units for a difference of 1; below 0 where lower is better.
        single: how many units of the difference of two single runs may be chance:
            2 √2 times the standard deviation over seeds of the recorded runs.
    """

    name: str
    scale: float
    single: float


POINTS = Unit("points", 100, 3.0)
UNITS = {
    "ciede2000": Unit("ΔE", -1, 0.15),
    "colourfulness": Unit("", 1, 1.5),
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
    times the standard error where both were run with several seeds, and for the unit's
    `single` where one was run once.
    """
    first, second = values(chapter, claim, entries)
    if not first or not second:
        return Judged(chapter, claim, NOT_SHOWN)
    unit = UNITS.get(claim.metric, POINTS)
    ahead = unit.scale * (np.mean(first) - np.mean(second)) - claim.lead
    bound = chance(first, second, unit)
    verdict = NOT_SHOWN
    if abs(ahead) > bound:
        verdict = SHOWN if ahead > 0 else CONTRADICTED
    return Judged(chapter, claim, verdict, float(ahead), float(bound))


def chance(first: list[float], second: list[float], unit: Unit) -> float:
    """Return how many units of the difference of two samples' means may be chance."""
    runs = len(first), len(second)
    if min(runs) < 2:
        return unit.single
    squares = [np.var(sample, ddof=1) / len(sample) for sample in (first, second)]
    return STUDENT.get(sum(runs) - 2, 3) * abs(unit.scale) * np.sqrt(sum(squares))


def values(
    chapter: str, claim: Claim, entries: list[dict]
) -> tuple[list[float], list[float]]:
    """Return what both sides of a claim reached, on the first part that both have."""
    mine = [entry for entry in entries if entry["chapter"] == chapter]
    where = claim.chapter or chapter
    theirs = [entry for entry in entries if entry["chapter"] == where]
    for part in PARTS:
        first = values_of(claim.model, part + claim.metric, mine)
        second = [claim.other]
        if isinstance(claim.other, str):
            metric = part + (claim.other_metric or claim.metric)
            second = values_of(claim.other, metric, theirs)
        if first and second:
            return first, second
    return [], []


def values_of(model: str, metric: str, entries: list[dict]) -> list[float]:
    """Return a metric of every run of a model.

    A name stands for the row that has it, else for those that begin with it: "FCN" for
    "FCN on efficientnet_lite0", and "fast network" for "fast network, 9 epochs".
    """
    measured = [entry for entry in entries if metric in entry["metrics"]]
    exact = [entry for entry in measured if entry["model"] == model]
    beginnings = f"{model} ", f"{model}, "
    longer = [e for e in measured if e["model"].startswith(beginnings)]
    return [entry["metrics"][metric] for entry in exact or longer]


def judge_all(entries: list[dict], chapters: Iterable[str] = CLAIMS) -> list[Judged]:
    """Return what the entries of one build say to the claims of its chapters.

    Of each model, seed and data set the newest entry counts. Entries of profile
    `smoke`, which proves that a chapter runs and claims nothing, show nothing.
    """
    newest = {}
    for entry in entries:
        if entry["profile"] != "smoke":
            which = [entry[name] for name in ("chapter", "model", "data")]
            newest[*which, entry.get("seed"), *entry["metrics"]] = entry
    rows = list(newest.values())
    return [judge(name, claim, rows) for name in chapters for claim in CLAIMS[name]]


def of_run(chapter: run.Run) -> list[Judged]:
    """Return what this run of a chapter, on its data, says to its claims."""
    alike = chapter.profile, chapter.data
    entries = ledger.read(run.runs_folder() / "ledger.jsonl")
    mine = [entry for entry in entries if (entry["profile"], entry["data"]) == alike]
    return judge_all(mine, [chapter.chapter])


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
