"""Grade what a class handed in: `make grade SUBMISSIONS=folder`."""

import argparse
import csv
import re
import shutil
import sys
import time
import warnings
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import nbformat
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    GetGrades,
    SaveAutoGrades,
)
from nbgrader.utils import is_grade
from traitlets.config import Config

from pixelwise.run import files
from tools import ending
from tools.instructors import assignments, chapters, isolation, submissions
from tools.instructors.chapters import ROOT
from tools.instructors.execute import IsolatedExecute
from tools.instructors.kernel import Limits, Outcome
from tools.instructors.submissions import Submission

NO_ISOLATION = """\
Students' code is run without network and without sight of your files, and nothing was
found here that can do so: neither bubblewrap (`bwrap`) nor `unshare` works.
On Linux, install bubblewrap, and see that users may make namespaces; elsewhere use a
virtual machine with Linux (on Windows: WSL). Or, if you have read what was handed in
and trust it as your own code, add --trust (with make: TRUST=1)."""

# Feedback loads nothing from elsewhere: formulas stay as they were typed.
MATHJAX = re.compile(r"<script[^>]*mathjax[^>]*>\s*</script>", re.I)

# What nbgrader's page begins with: the same words, "Test cell", for every exercise.
HEAD = re.compile(r"<h4>.*?</ol>", re.S)
LONGEST_REASON = 400  # characters; an error may quote a whole array

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>Not graded: {reason}.</p></body></html>
"""


@dataclass
class Mark:
    """What a submission got.

    Attributes:
        submission: what was handed in.
        points: for each exercise, in the chapter's order; empty if it was refused.
        reasons: for each exercise why it got nothing; empty texts where it got all.
        seconds: what grading took.
    """

    submission: Submission
    points: list[float] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def state(self) -> str:
        """Whether it was graded or refused."""
        return "refused" if self.submission.refused else "graded"

    @property
    def explanation(self) -> str:
        """All that a reader of the marks should know, in one line."""
        words = [self.submission.refused, *self.submission.notes]
        words += [f"exercise {i}: {r}" for i, r in enumerate(self.reasons, 1) if r]
        return "; ".join(" ".join(each.split()) for each in words if each)


def main() -> int:
    """Grade as the command line asks; return the exit code."""
    arguments = parse_arguments()
    how = isolation.trust if arguments.trust else isolation.find()
    if how is None:
        sys.exit(NO_ISOLATION)
    limits = Limits(
        cell=arguments.limit,
        notebook=10 * arguments.limit,
        memory=int(arguments.memory * 2**30),
    )
    grading = Grading(arguments.folder, how, limits)
    found = submissions.find(arguments.submissions, chapters.load())
    marks = grading.grade_all(found)
    refused = sum(mark.state == "refused" for mark in marks)
    print(f"{len(marks) - refused} graded, {refused} refused ({how.__name__})")
    print(arguments.folder / "marks.csv")
    return 0


def parse_arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.instructors.grade", description=__doc__
    )
    parser.add_argument("submissions", type=Path, help="one folder in it a student")
    parser.add_argument("--trust", action="store_true", help="run it unisolated")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "marks")
    parser.add_argument("--limit", type=float, default=60, help="seconds for a cell")
    parser.add_argument("--memory", type=float, default=4, help="GB")
    return parser.parse_args()


class HideTests(ClearHiddenTests):
    """Takes hidden tests out of checks, and leaves what a student wrote alone."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Return the cell, a check without its hidden tests."""
        if is_grade(cell):
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources


class Grading:
    """One run of grading: nbgrader's folders and gradebook, and the feedback pages.

    nbgrader knows students by numbers, since folders may have any name.
    """

    def __init__(self, folder: Path, how: isolation.Isolation, limits: Limits):
        self.feedback, self.work = folder / "feedback", folder / "nbgrader"
        put_aside(folder)
        shutil.rmtree(self.work, ignore_errors=True)
        assignments.log_to(folder / "nbgrader.log")
        self.folder, self.config = folder, settings(self.work, how, limits)
        self.generated: set[str] = set()

    def grade_all(self, found: list[Submission]) -> list[Mark]:
        """Return the marks of all submissions.

        They are also written to marks.csv, after each one anew: what is done is kept
        when the rest is interrupted.
        """
        # nbgrader uses its data base in ways that are announced to end.
        warnings.filterwarnings("ignore", module="nbgrader")
        marks = []
        for number, each in enumerate(found, 1):
            marks.append(self.grade(number, each))
            with files.written_whole(self.folder / "marks.csv") as part:
                write_csv(marks, part)
        return marks

    def grade(self, number: int, submission: Submission) -> Mark:
        """Return the marks of a submission, write its page, and print a line."""
        began, mark = time.monotonic(), Mark(submission)
        if not submission.refused:
            try:
                self.run_nbgrader(f"s{number:04}", mark)
            except (NbGraderException, RuntimeError) as error:
                submission.refused = f"grading failed (nbgrader.log): {error}"
        if submission.refused:
            self.write_refusal(submission)
        mark.seconds = time.monotonic() - began
        print(line(mark), flush=True)
        return mark

    def run_nbgrader(self, student: str, mark: Mark) -> None:
        """Let nbgrader grade a submission and write its feedback."""
        chapter = mark.submission.chapter
        if chapter.name not in self.generated:
            assignments.generate(chapter, self.work)
            self.generated.add(chapter.name)
        name = f"{chapter.name}.ipynb"
        place = self.work / "submitted" / student / chapter.name / name
        place.parent.mkdir(parents=True)
        nbformat.write(mark.submission.notebook, place)
        course = assignments.course(self.config, chapter.name, student)
        Autograde(course, config=self.config).start()
        self.read_marks(student, mark)
        GenerateFeedback(course, config=self.config).start()
        page = place.with_suffix(".html").relative_to(self.work / "submitted")
        html = (self.work / "feedback" / page).read_text("utf-8")
        html = HEAD.sub(lambda _: summary(mark), MATHJAX.sub("", html), count=1)
        self.page(mark.submission).write_text(html, "utf-8")

    def read_marks(self, student: str, mark: Mark) -> None:
        """Take points from the gradebook, and reasons from the executed notebook.

        Raises:
            RuntimeError: the notebook could not be executed, which is no mark.
        """
        chapter = mark.submission.chapter
        graded = self.work / "autograded" / student / chapter.name
        notebook = nbformat.read(graded / f"{chapter.name}.ipynb", as_version=4)
        if failed := notebook.metadata.pixelwise.get("failed"):
            raise RuntimeError(failed)
        outcomes = {
            cell.metadata.nbgrader.grade_id: Outcome(cell.outputs)
            for cell in notebook.cells
            if "nbgrader" in cell.metadata and cell.cell_type == "code"
        }
        with Gradebook(f"sqlite:///{self.work / 'gradebook.db'}") as book:
            submission = book.find_submission(chapter.name, student)
            grades = {g.name: g.score for nb in submission.notebooks for g in nb.grades}
        for exercise in chapter.exercises:
            name = exercise.check.metadata.nbgrader.grade_id
            mark.points.append(grades[name])
            mark.reasons.append(brief(outcomes[name].error))

    def write_refusal(self, submission: Submission) -> None:
        """Write the page of a submission that was refused."""
        title = escape(submission.path.name)
        page = PAGE.format(title=title, reason=escape(submission.refused))
        self.page(submission).write_text(page, "utf-8")

    def page(self, submission: Submission) -> Path:
        """Return where a submission's feedback is written, in a folder that exists."""
        folder = self.feedback / submission.student
        folder.mkdir(parents=True, exist_ok=True)
        chapter = submission.chapter
        return folder / f"{chapter.name if chapter else submission.path.name}.html"


def put_aside(folder: Path) -> None:
    """Move marks and feedback of an earlier grading into a folder of their own."""
    marks = folder / "marks.csv"
    if marks.exists():
        when = time.localtime(marks.stat().st_mtime)
        earlier = folder / time.strftime("earlier-%Y-%m-%d-%H%M%S", when)
        earlier.mkdir()
        for each in filter(Path.exists, (marks, folder / "feedback")):
            shutil.move(each, earlier / each.name)


def settings(work: Path, how: isolation.Isolation, limits: Limits) -> Config:
    """Return nbgrader's settings: its own steps, but for how a notebook is executed.

    The page of feedback shows no hidden tests, and none of the scripts and styles that
    a student's output may bring.
    """
    config = assignments.configuration(work)
    config.Autograde.autograde_preprocessors = [
        IsolatedExecute,
        SaveAutoGrades,
        CheckCellMetadata,
    ]
    config.IsolatedExecute.isolation = how
    config.IsolatedExecute.limits = limits
    config.GenerateFeedback.preprocessors = [
        GetGrades,
        HideTests,
        CSSHTMLHeaderPreprocessor,
    ]
    config.HTMLExporter.sanitize_html = True
    return config


def brief(words: str) -> str:
    """Return an error's words without what only the student needs to know."""
    words = re.sub(r"(has no answer yet):.*", r"\1", words, flags=re.S)
    return words if len(words) <= LONGEST_REASON else f"{words[:LONGEST_REASON]} …"


def summary(mark: Mark) -> str:
    """Return what a page of feedback begins with: points, reasons, what was mended."""
    chapter = mark.submission.chapter
    each = zip(chapter.exercises, mark.points, mark.reasons, strict=True)
    items = "".join(
        f'<li><a href="#{escape(exercise.check.metadata.nbgrader.grade_id)}">'
        f"{escape(exercise.name)}</a>, {points:g} of {exercise.points}: "
        f"{escape(reason) or 'right'}</li>"
        for exercise, points, reason in each
    )
    notes = "".join(f"<p>Note: {escape(note)}.</p>" for note in mark.submission.notes)
    got = f"{sum(mark.points):g} of {chapter.points} points"
    return f'<h4>{chapter.name}: {got}</h4><div id="toc"><ol>{items}</ol>{notes}'


def line(mark: Mark) -> str:
    """Return a line for the terminal on one submission."""
    submission = mark.submission
    name = submission.chapter.name if submission.chapter else submission.path.name
    got = "refused"
    if mark.state == "graded":
        got = f"{sum(mark.points):g} of {submission.chapter.points}"
    words = mark.explanation
    return f"{submission.student:<16} {name:<20} {got:<9} {words[:160]}".rstrip()


def write_csv(marks: list[Mark], path: Path) -> None:
    """Write one row for each student and chapter, with points for each exercise."""
    most = max((len(mark.points) for mark in marks), default=0)
    columns = ["student", "chapter", "state", "points", "of"]
    columns += [f"exercise {number}" for number in range(1, most + 1)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, "remarks"])
        for mark in marks:
            writer.writerow([harmless(value) for value in row(mark, most)])


def row(mark: Mark, most: int) -> list:
    """Return a row of the marks, with as many places for exercises as `most`."""
    chapter = mark.submission.chapter
    total = f"{sum(mark.points):g}" if mark.points else ""
    start = [mark.submission.student, chapter.name if chapter else "", mark.state]
    points = [f"{each:g}" for each in mark.points]
    points += [""] * (most - len(points))
    of = chapter.points if chapter else ""
    return [*start, total, of, *points, mark.explanation]


def harmless(value) -> str:
    """Return text that a spreadsheet does not take for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


if __name__ == "__main__":
    ending.finish(main, "stopped; the marks until here are kept")
