"""The front page of a build, and its tables."""

import datetime
from collections.abc import Iterable
from html import escape
from pathlib import Path

from tools.students.execute import Chapter

HERE = Path(__file__).parent
RESULT_COLUMNS = ["chapter", "model", "accuracy", "parameters", "seconds", "data"]
NUMBERS = {"minutes", "accuracy", "parameters", "seconds"}


def newest(entries: Iterable[dict]) -> list[dict]:
    """Return the last entry of each model of each chapter, in the chapters' order."""
    last = {(entry["chapter"], entry["model"]): entry for entry in entries}
    return sorted(last.values(), key=lambda entry: entry["chapter"])


def result_rows(entries: Iterable[dict]) -> list[list[str]]:
    """Return one row of RESULT_COLUMNS for each entry of the ledger."""
    return [
        [
            entry["chapter"],
            entry["model"],
            accuracy(entry["metrics"]),
            f"{entry['parameters']:,}",
            f"{entry['seconds']:.0f}",
            entry["data"],
        ]
        for entry in entries
    ]


def accuracy(metrics: dict[str, float]) -> str:
    """Return the test accuracy, else whatever was measured first, by its name."""
    if "test_accuracy" in metrics:
        return f"{100 * metrics['test_accuracy']:.1f} %"
    return ", ".join(f"{name} {value:.3f}" for name, value in list(metrics.items())[:1])


def text_table(columns: list[str], rows: list[list[str]]) -> str:
    """Return a table for the terminal: columns as wide as their longest cell."""
    widths = [max(len(row[i]) for row in [columns, *rows]) for i in range(len(columns))]
    lines = []
    for row in [columns, *rows]:
        cells = [
            cell.rjust(width) if column in NUMBERS else cell.ljust(width)
            for cell, width, column in zip(row, widths, columns, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def html_table(columns: list[str], rows: list[list[str]]) -> str:
    """Return a table for the page; the cells are HTML already."""
    marks = [' class="number"' if name in NUMBERS else "" for name in columns]
    head = "".join(
        f'<th scope="col"{mark}>{name}</th>'
        for name, mark in zip(columns, marks, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{mark}>{cell}</td>" for cell, mark in zip(row, marks, strict=True)
        )
        + "</tr>\n"
        for row in rows
    )
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{body}</tbody></table></div>"
    )


def chapter_rows(chapters: Iterable[Chapter]) -> list[list[str]]:
    """Return a row of links, minutes and states, one for each chapter."""
    return [
        [
            f'<a href="{chapter.name}.html">{escape(chapter.title)}</a>',
            f"{chapter.seconds / 60:.1f}",
            f'<span class="failed">failed: {escape(chapter.failure)}</span>'
            if chapter.failure
            else "executed",
        ]
        for chapter in chapters
    ]


def page(title: str, facts: dict[str, str], chapters: list[Chapter], entries) -> str:
    """Return the front page: what was run, the chapters, and what each model reached.

    Args:
        title: the course's name.
        facts: what was run, such as {"profile": "laptop"}.
        chapters: those that were executed.
        entries: this build's entries of the ledger.
    """
    today = datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    described = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
        for name, value in {**facts, "date": today}.items()
    )
    results = [[escape(cell) for cell in row] for row in result_rows(entries)]
    reached = html_table(RESULT_COLUMNS, results) if results else "<p>Nothing yet.</p>"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{(HERE / "index.css").read_text("utf-8")}</style></head>
<body><main><h1>{escape(title)}</h1>
<dl>{described}</dl>
<h2>Chapters</h2>
{html_table(["chapter", "minutes", "state"], chapter_rows(chapters))}
<h2>What each model reached</h2>
{reached}
<p class="note">Measured by this run, in profile {escape(facts["profile"])}.</p>
</main></body></html>
"""
