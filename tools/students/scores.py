"""What each model reached on the test pictures, by its chapter's own measure."""

from collections.abc import Iterable
from dataclasses import dataclass

from pixelwise import results
from pixelwise.results import Measure

COLUMNS = (
    *("chapter", "model", "measure", "test pictures"),
    *("parameters", "seconds", "data"),
)
NUMBERS = {"test pictures", "parameters", "seconds"}


@dataclass(frozen=True)
class Score:
    """What one model reached.

    Attributes:
        chapter: the chapter's name.
        measure: the chapter's own.
        summary: mean and spread over the seeds, as `results.summary` gives them.
    """

    chapter: str
    measure: Measure
    summary: dict

    @property
    def text(self) -> str:
        """The figure with its unit."""
        return self.measure.text(self.summary)

    @property
    def cells(self) -> list[str]:
        """The row of COLUMNS."""
        return [
            self.chapter,
            self.summary["model"],
            self.measure.name,
            self.text,
            f"{self.summary['parameters']:,}",
            f"{self.summary['seconds']:.0f}",
            self.summary["data"],
        ]


def of(entries: Iterable[dict]) -> list[Score]:
    """Return the scores that a ledger's entries give, in the chapters' order.

    A model that was trained with several seeds has one score. Entries without their
    chapter's own measure, such as those of validation pictures, give none.
    """
    runs = {}
    for entry in entries:
        measure = results.MEASURES.get(entry["chapter"])
        if measure and measure.metric in entry["metrics"]:
            model = entry["chapter"], entry["data"], entry["model"]
            # Of each seed the last run counts: the others were measured anew.
            runs.setdefault(model, {})[entry.get("seed")] = entry
    scores = [score(list(by_seed.values())) for by_seed in runs.values()]
    return sorted(scores, key=lambda score: score.chapter)


def score(runs: list[dict]) -> Score:
    """Return the score of one model's entries, which differ in their seeds."""
    chapter, model = runs[0]["chapter"], runs[0]["model"]
    measure = results.MEASURES[chapter]
    return Score(chapter, measure, results.summary(runs, model, measure.metric))


def best(scores: list[Score]) -> Score:
    """Return the best of one chapter's scores."""
    choose = min if scores[0].measure.lower_is_better else max
    return choose(scores, key=lambda score: score.summary["mean"])


def explanations(scores: list[Score]) -> list[str]:
    """Return what a reader has to know of the measures and figures of some scores."""
    measures = dict.fromkeys(score.measure for score in scores)
    told = [f"{m.name}: {m.explanation}" for m in measures if m.explanation]
    if any(score.summary["spread"] is not None for score in scores):
        told.append("±: standard deviation over seeds")
    return told


def text_table(rows: list[list[str]]) -> str:
    """Return rows of COLUMNS for the terminal, each as wide as its longest cell."""
    lines = [COLUMNS, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if name in NUMBERS else cell.ljust(width)
            for name, cell, width in zip(COLUMNS, line, widths, strict=True)
        ).rstrip()
        for line in lines
    )
