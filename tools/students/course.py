"""Execute the chapters, write build/course/index.html, and print what came out."""

import argparse
import json
import tomllib
from pathlib import Path

from pixelwise import run
from tools import ROOT, command
from tools.students import execute, index, machine, pages
from tools.students.execute import Chapter

TITLE = "From classification to semantics with CNNs"


def main() -> int:
    """Build the course as the command line asks; return the exit code."""
    arguments = parse_arguments()
    paths = execute.find(arguments.notebooks, arguments.chapters)
    facts = machine.settle(arguments.profile)
    before = len(ledger())
    arguments.folder.mkdir(parents=True, exist_ok=True)
    chapters = build(paths, arguments.folder, execute.LONGEST_CELL[facts["profile"]])
    entries = index.newest(
        entry for entry in ledger()[before:] if entry["profile"] == facts["profile"]
    )
    front = arguments.folder / "index.html"
    replace(front, index.page(TITLE, facts, chapters, entries))
    return report(chapters, entries, front)


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


def ledger() -> list[dict]:
    """Return what this runs folder has measured so far, oldest first.

    `pixelwise.results` would do, but imports Keras and with it seconds and memory.
    """
    path = run.runs_folder() / "ledger.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def build(paths: list[Path], folder: Path, longest_cell: float) -> list[Chapter]:
    """Execute the chapters, and write the page of each as soon as it is done."""
    names = {path.stem for path in [*paths, *folder.glob("[0-9]*.html")]}
    repository = address()
    chapters = []
    for path in paths:
        chapter = execute.execute(path, longest_cell, folder / f"{path.stem}.log")
        html = pages.OfflinePage().page(chapter.notebook, chapter.title, path.parent)
        page = pages.with_links(html, names, repository)
        replace(folder / f"{chapter.name}.html", page)
        print(f"{chapter.name}: {state(chapter)}", flush=True)
        chapters.append(chapter)
    return chapters


def state(chapter: Chapter) -> str:
    """Return the minutes that a chapter took, or what failed in it."""
    if chapter.failure:
        return f"FAILED in {chapter.failure}"
    return f"{chapter.seconds / 60:.1f} min"


def address() -> str:
    """Return the repository's address from the one place where it stands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project["urls"]["Repository"]


def replace(path: Path, text: str) -> None:
    """Write a file as a whole: a reader finds the old page or the new one."""
    part = path.with_suffix(".part")
    part.write_text(text, "utf-8")
    part.replace(path)


def report(chapters: list[Chapter], entries: list[dict], front: Path) -> int:
    """Print the table, the minutes, the failures and the path; return the exit code."""
    print()
    if entries:
        rows = index.result_rows(entries)
        print(index.text_table(index.RESULT_COLUMNS, rows))
    minutes = sum(chapter.seconds for chapter in chapters) / 60
    print(f"\n{len(chapters)} chapters in {minutes:.1f} min")
    failed = [chapter for chapter in chapters if chapter.failure]
    for chapter in failed:
        print(f"{chapter.name}: {state(chapter)}")
    print(front)
    return 1 if failed else 0


if __name__ == "__main__":
    command.finish(
        main, "stopped; what was trained is kept and taken up again next time"
    )
