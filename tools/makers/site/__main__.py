"""Execute what has changed, and write the website to build/site."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from pixelwise import run
from tools import ROOT, ending
from tools.makers.site import chapters, source
from tools.students import execute, machine

SETTINGS = Path(__file__).parent / "sphinx"


def main() -> int:
    """Build the site as the command line asks; return the exit code."""
    arguments = parse_arguments()
    # Pictures of the real sets may not be published.
    os.environ["PIXELWISE_DATA"] = "drawn"
    facts = machine.settle(arguments.profile)
    paths = execute.find(arguments.notebooks, [])
    done = [chapters.executed(path, facts, arguments.work) for path in paths]
    failed = [chapter for chapter in done if chapter.failure]
    for chapter in failed:
        print(f"{chapter.name}: FAILED in {chapter.failure}")
    if failed:
        return 1
    source.write(done, arguments.work / "source")
    code = sphinx(arguments.work, arguments.folder)
    print(arguments.folder / "index.html")
    return code


def parse_arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.makers.site", description=__doc__
    )
    parser.add_argument("--profile", choices=run.PROFILES)
    parser.add_argument("--notebooks", type=Path, default=ROOT / "notebooks")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "site")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "site-work")
    return parser.parse_args()


def sphinx(work: Path, folder: Path) -> int:
    """Let Sphinx make pages of the source; a warning fails the build."""
    command = [sys.executable, "-m", "sphinx", "-b", "html", "--quiet"]
    command += ["--fail-on-warning", "-c", SETTINGS, "-d", work / "doctrees"]
    return subprocess.run([*command, work / "source", folder]).returncode


if __name__ == "__main__":
    ending.finish(main, "stopped; chapters that were executed are kept")
