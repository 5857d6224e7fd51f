"""The front page of a build, which fills while the chapters are executed."""

import datetime
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jinja2

from pixelwise import results, run
from pixelwise.results import claims
from pixelwise.results.claims import CLAIMS, Judged
from tools.students import pages, scores
from tools.students.execute import Chapter
from tools.students.picture import Picture
from tools.students.scores import Score

HERE = Path(__file__).parent
TITLE = "From classification to semantics with CNNs"
MEANINGS = {
    "full": "the published sizes",
    "laptop": "sizes for two CPU cores",
    "smoke": "the smallest sizes: it proves that a chapter runs, and claims nothing",
}
SECONDS_TO_REFRESH = 10


@dataclass
class Card:
    """What the front page shows of one chapter.

    Attributes:
        chapter: as far as it was executed.
        state: "waiting", "running", "executed", "failed", or, where the build was
            stopped, "stopped" or "not reached".
        page: the address of its page, "" while there is none.
        picture: the figure that stands for it, if it has drawn one.
    """

    chapter: Chapter
    state: str = "waiting"
    page: str = ""
    picture: Picture | None = None


class FrontPage:
    """The page that lists a build's chapters and what each model reached.

    Attributes:
        path: where it is.
        facts: what was run, such as {"profile": "laptop"}.
        cards: one for each chapter.
    """

    def __init__(self, path: Path, facts: dict[str, str], cards: list[Card]):
        """Begin a build: what the ledger holds already is not of this one."""
        self.path, self.facts, self.cards = path, facts, cards
        self.before = len(ledger())

    def scores(self) -> list[Score]:
        """Return what this build's models reached so far."""
        return scores.of(self.measured())

    def claims(self) -> list[Judged]:
        """Return what this build's rows say to the claims of its executed chapters."""
        names = [card.chapter.name for card in self.cards if card.state == "executed"]
        return claims.judge_all(self.measured(), filter(CLAIMS.__contains__, names))

    def measured(self) -> list[dict]:
        """Return what this build measured so far."""
        new = ledger()[self.before :]
        return [e for e in new if e["profile"] == self.facts["profile"]]

    def write(self, under_way: bool = True) -> None:
        """Write the page as things stand; under way, a browser loads it again."""
        refresh = SECONDS_TO_REFRESH if under_way else None
        text = page(self.facts, self.cards, self.scores(), self.claims(), refresh)
        pages.write(self.path, text)

    def finish(self) -> None:
        """Write the page for good, also where the build was stopped on the way."""
        left = {"running": "stopped", "waiting": "not reached"}
        for card in self.cards:
            card.state = left.get(card.state, card.state)
        self.write(under_way=False)


def ledger() -> list[dict]:
    """Return what was ever measured in this runs folder, oldest first."""
    return results.read(run.runs_folder() / "ledger.jsonl")


def page(
    facts: dict[str, str],
    cards: list[Card],
    reached: list[Score],
    judged: list[Judged],
    refresh: int | None,
) -> str:
    """Return the front page.

    Args:
        facts: what was run, such as {"profile": "laptop"}.
        cards: one for each chapter.
        reached: what the models of these chapters reached.
        judged: what that says to the chapters' claims.
        refresh: seconds after which a browser loads the page again, if at all.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("index.html.j2").render(
        title=TITLE,
        style=(HERE / "index.css").read_text("utf-8"),
        refresh=refresh,
        facts=described(facts, cards),
        cards=[(card, of_chapter(card, reached)) for card in cards],
        best=scores.best,
        columns=scores.COLUMNS,
        numbers=scores.NUMBERS,
        reached=reached,
        explanations=scores.explanations(reached),
        judged=judged,
        counts=claims.counts(judged),
    )


def described(facts: dict[str, str], cards: list[Card]) -> dict[str, str]:
    """Return what was run, what its profile means, and how far it is by when."""
    profile = facts["profile"]
    states = Counter(card.state for card in cards)
    now = datetime.datetime.now().astimezone()
    return {
        **facts,
        "profile": f"{profile}: {MEANINGS[profile]}",
        "chapters": ", ".join(f"{count} {state}" for state, count in states.items()),
        "as of": now.strftime("%Y-%m-%d %H:%M"),
    }


def of_chapter(card: Card, reached: list[Score]) -> list[Score]:
    """Return the scores of a card's chapter."""
    return [score for score in reached if score.chapter == card.chapter.name]
