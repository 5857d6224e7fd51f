"""Make students' and instructor's copies of chapters: `make assignments`."""

import argparse
import logging
import os
import shutil
import sys
from pathlib import Path

import nbformat
import traitlets.log
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from tools import ending
from tools.instructors import chapters
from tools.instructors.chapters import ROOT, Chapter

README = {
    "students": """\
{name}: for students

Open {name}.ipynb in Jupyter, or in Colab (colab.research.google.com, "Upload").
Nothing has to be installed there beforehand: in Colab the notebook's first code cell
does it, elsewhere the course's README says how.
Answer the exercises, save the notebook, and hand in {name}.ipynb.
""",
    "instructors": """\
{name}: for instructors

{name}.ipynb has the solutions, and checks with hidden tests, between lines such as
### BEGIN SOLUTION and ### BEGIN HIDDEN TESTS, with nbgrader's metadata.
Hand out {name}-students.zip. Put what comes back into one folder for each student,
and grade it with: python -m tools grade folder (or make grade SUBMISSIONS=folder)
""",
}


def main() -> int:
    """Write the copies that the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.instructors.assignments", description=__doc__
    )
    parser.add_argument("chapters", nargs="*", help="such as 01 02; else all")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "assignments")
    arguments = parser.parse_args()
    log_to(arguments.folder / "nbgrader.log")
    for chapter in chapters.load(arguments.chapters):
        make(chapter, arguments.folder)
        number = len(chapter.exercises)
        print(f"{chapter.name}: {number} exercises, {chapter.points} points")
    print(arguments.folder)
    return 0


def make(chapter: Chapter, folder: Path) -> None:
    """Write both copies of a chapter, and a zip of each, into `folder`."""
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    generate(chapter, work)
    for audience, step in (("students", "release"), ("instructors", "source")):
        copy = folder / audience / chapter.name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(work / step / chapter.name, copy)
        text = README[audience].format(name=chapter.name)
        (copy / "README.txt").write_text(text, "utf-8")
        archive = folder / f"{chapter.name}-{audience}"
        shutil.make_archive(str(archive), "zip", copy.parent, copy.name)
    shutil.rmtree(work)


def generate(chapter: Chapter, work: Path) -> None:
    """Let nbgrader make `work`/release of `work`/source, and its gradebook."""
    source = work / "source" / chapter.name
    source.mkdir(parents=True, exist_ok=True)
    notebook = chapters.for_instructors(chapter)
    nbformat.write(notebook, source / f"{chapter.name}.ipynb")
    config = configuration(work)
    GenerateAssignment(course(config, chapter.name), config=config).start()


def configuration(work: Path) -> Config:
    """Return nbgrader's settings for a course in the folder `work`."""
    # nbgrader calls the command `alembic`, which lies beside this very Python.
    beside = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])
    config = Config()
    config.CourseDirectory.root = str(work)
    config.ClearSolutions.code_stub = {"python": "raise NotImplementedError()"}
    return config


def log_to(path: Path) -> None:
    """Write what nbgrader says into a file, and nothing of it to the terminal."""
    path.parent.mkdir(parents=True, exist_ok=True)
    logger = traitlets.log.get_logger()
    logger.handlers = [logging.FileHandler(path, mode="w", encoding="utf-8")]
    logger.setLevel(logging.INFO)
    logger.propagate = False


def course(config: Config, chapter: str, student: str = "*") -> CourseDirectory:
    """Return nbgrader's view of one chapter, and of one student's copies of it."""
    folder = CourseDirectory(config=config)
    folder.assignment_id, folder.student_id = chapter, student
    return folder


if __name__ == "__main__":
    ending.finish(main, "stopped; the chapters listed above are done")
