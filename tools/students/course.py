"""Execute the chapters, write build/course/index.html, and print what came out."""

import argparse
import json
import tomllib
import traceback
from pathlib import Path

from pixelwise import run
from pixelwise.results import claims
from tools import ROOT, ending
from tools.students import execute, machine, pages, picture, scores
from tools.students.execute import Chapter
from tools.students.index import Card, FrontPage


def main() -> int:
    """Build the course as the command line asks; return the exit code."""
    arguments = parse_arguments()
    paths = execute.find(arguments.notebooks, arguments.chapters)
    cards = [Card(execute.read(path)) for path in paths]
    facts = machine.settle(arguments.profile)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    front = FrontPage(arguments.folder / "index.html", facts, cards)
    print(f"{'page':<8} {front.path}, which fills as chapters are executed", flush=True)
    build(paths, front, execute.LONGEST_CELL[facts["profile"]])
    return report(front)


def parse_arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.students.course", description=__doc__
    )
    parser.add_argument("chapters", nargs="*", help="such as 01 02; else all")
    parser.add_argument("--profile", choices=run.PROFILES)
    parser.add_argument("--notebooks", type=Path, default=ROOT / "notebooks")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "course")
    return parser.parse_args()


def build(paths: list[Path], front: FrontPage, longest_cell: float) -> None:
    """Execute the chapters; the front page shows at any time how far this is."""
    names = {path.stem for path in [*paths, *front.path.parent.glob("[0-9]*.html")]}
    try:
        for path, card in zip(paths, front.cards, strict=True):
            card.state = "running"
            front.write()
            build_chapter(path, card, front.path.parent, names, longest_cell)
            print(f"{path.stem}: {state(card)}", flush=True)
    finally:
        front.finish()
        write_claims(front)


def write_claims(front: FrontPage) -> None:
    """Write what this build says to its chapters' claims, for programs, as JSON."""
    text = json.dumps(claims.as_data(front.claims()), indent=1, ensure_ascii=False)
    pages.write(front.path.with_name("claims.json"), text + "\n")


def build_chapter(
    path: Path, card: Card, folder: Path, names: set[str], longest_cell: float
) -> None:
    """Execute a chapter and show what came out, on its page and on its card."""
    log = folder / f"{path.stem}.log"
    try:
        card.chapter = execute.execute(path, longest_cell, log)
        card.picture = picture.of(card.chapter.notebook)
        card.page = write_page(card.chapter, path.parent, folder, names)
    except Exception as error:  # whatever it is, the other chapters can be read
        fail(card.chapter, error, log)
        # A page of an earlier build would pass for one of this.
        (folder / f"{path.stem}.html").unlink(missing_ok=True)
    card.state = "failed" if card.chapter.failure else "executed"


def fail(chapter: Chapter, error: Exception, log: Path) -> None:
    """Note why a chapter has no page: in words on it, with the lines in its log."""
    words = "".join(traceback.format_exception_only(error)).strip()
    failures = [chapter.failure, f"making its page: {words}"]
    chapter.failure = "; and in ".join(filter(None, failures))
    with log.open("a", encoding="utf-8") as file:
        traceback.print_exception(error, file=file)


def write_page(chapter: Chapter, notebooks: Path, folder: Path, names: set[str]) -> str:
    """Write the page of an executed chapter into `folder` and return its name."""
    html = pages.OfflinePage().page(chapter.notebook, chapter.title, notebooks)
    page = folder / f"{chapter.name}.html"
    pages.write(page, pages.with_links(html, names, address()))
    return page.name


def state(card: Card) -> str:
    """Return the minutes that a chapter took, or what failed in it."""
    if card.chapter.failure:
        return f"FAILED in {card.chapter.failure}"
    return f"{card.chapter.seconds / 60:.1f} min"


def address() -> str:
    """Return the repository's address from the one place where it stands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project["urls"]["Repository"]


def report(front: FrontPage) -> int:
    """Print the table, the minutes, the failures and the path; return the exit code."""
    print()
    reached = front.scores()
    if reached:
        print(scores.text_table([score.cells for score in reached]))
        for explanation in scores.explanations(reached):
            print(explanation)
    judged = front.claims()
    if judged:
        print(f"\n{claims.text(judged)}\n{claims.counts(judged)}")
    minutes = sum(card.chapter.seconds for card in front.cards) / 60
    print(f"\n{len(front.cards)} chapters in {minutes:.1f} min")
    failed = [card for card in front.cards if card.chapter.failure]
    for card in failed:
        print(f"{card.chapter.name}: {state(card)}")
    print(front.path)
    return 1 if failed else 0


if __name__ == "__main__":
    ending.finish(
        main, "stopped; what was trained is kept and taken up again next time"
    )
