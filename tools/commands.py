"""The commands of the course: what each is for, needs, runs and can be told.

As in `environment`, only the standard library and syntax of Python 3.8 are used.
"""

import os
import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

from tools import ROOT


class Command(NamedTuple):
    """How a command is run.

    Attributes:
        needs: the environment, as `environment.bring` takes it.
        steps: modules that are run in it with their arguments, one after the other.
        options: which of OPTIONS it has; its first step is told them.
        variables: returns the steps' variables from a dictionary of the options, and
            takes out of it what is for no step.
    """

    needs: tuple
    steps: tuple
    options: tuple = ()
    variables: Callable = lambda told: {}


def fresh_runs(told):
    """Return the variables of tests, after what earlier ones trained is removed.

    They read and write here alone: no student's data set or training is touched, the
    drawn town is used, and nothing is skipped because it was trained before.
    """
    folder = ROOT / "build" / "test"
    if (folder / "runs").exists():
        shutil.rmtree(str(folder / "runs"))
    return {
        "PIXELWISE_PROFILE": "smoke",
        "PIXELWISE_DATA": str(folder / "data"),
        "PIXELWISE_RUNS": str(folder / "runs"),
    }


def site_and_browser(told):
    """Return the variables of the website's tests, or exit if there is no Chromium."""
    found = [told.pop("chromium"), *map(shutil.which, BROWSERS)]
    if not any(found):
        sys.exit(
            "test-site needs Chromium. On Debian and Ubuntu: sudo apt install chromium."
            "\nOr name the one that you have: --chromium /path/to/chromium, with make "
            "CHROMIUM=/path/to/chromium"
        )
    site = str(ROOT / "build" / "site")
    return {"PIXELWISE_SITE": site, "CHROMIUM": next(filter(None, found))}


BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)

COURSE = (".venv", "tensorflow,course")
TEACH = (".venv", "tensorflow,course,teach")
SITE = (".venv", "tensorflow,course,site")
TEST = (".venv", "tensorflow,course,teach,test")
TEST_SITE = (".venv", "tensorflow,course,site,test,browser")
COLAB = (".venv-colab", "test", "tests/colab-requirements.txt")

NOTEBOOKS = sorted(f"notebooks/{path.name}" for path in ROOT.glob("notebooks/*.ipynb"))
# The longest begin, so that two workers end at about the same time.
LONGEST = ("07", "03", "04", "08")
FIRST = [name for start in LONGEST for name in NOTEBOOKS if f"/{start}_" in name]
STYLE = (
    "ruff check src tests tools notebooks",
    "ruff format --check src tests tools notebooks",
    " ".join(["nbstripout --verify --keep-id", *NOTEBOOKS]),
)
NBVAL = (
    "--nbval-lax --nbval-current-env --nbval-cell-timeout=300",
    "-n 2 --dist loadfile --no-loadscope-reorder",
)
TESTS = (
    "pytest tests -n 2 --dist loadfile",
    " ".join(["pytest", *dict.fromkeys(FIRST + NOTEBOOKS), *NBVAL]),
)

DATA = ("pixelwise.data.cifar10", "pixelwise.data.camvid")
BROWSE = ("tools.makers.site", "pytest tests/tools/makers/test_site_pages.py")

COMMANDS = {
    "course": Command(COURSE, ("tools.students.course",), ("--profile", "chapters")),
    "lab": Command(COURSE, ("jupyterlab notebooks",)),
    "data": Command(COURSE, DATA),
    "test": Command(TEST, STYLE + TESTS, variables=fresh_runs),
    "test-colab": Command(COLAB, TESTS, variables=fresh_runs),
    "results": Command(COURSE, ("tools.makers.measure",)),
    "benchmark": Command(COURSE, ("tools.makers.benchmarks",), ("--record",)),
    "assignments": Command(TEACH, ("tools.instructors.assignments",), ("chapters",)),
    "grade": Command(
        TEACH, ("tools.instructors.grade",), ("submissions", "--trust", "--limit")
    ),
    "site": Command(SITE, ("tools.makers.site",), ("--profile",)),
    "test-site": Command(
        TEST_SITE, BROWSE, ("--profile", "--chromium"), site_and_browser
    ),
    "address": Command(COURSE, ("tools.makers.address",)),
}
PURPOSES = {
    "course": "execute the chapters: build/course/index.html shows them",
    "lab": "open the notebooks in JupyterLab",
    "data": "download the real data sets; chapters then use them",
    "test": "check style, the package and every notebook (smoke)",
    "test-colab": "the same tests with the versions that Colab has",
    "results": "measure the recorded results anew (hours)",
    "benchmark": "time what is meant to be fast, beside PyTorch if installed",
    "assignments": "copies of the chapters for a class: build/assignments",
    "grade": "marks and feedback for what it hands in: build/marks",
    "site": "the website: build/site/index.html; executes what has changed",
    "test-site": "build the website and test it in a browser",
    "address": "rewrite badges and install cells after a fork (pyproject.toml)",
}

# As `argparse` takes them. For `make` they are variables in capitals: PROFILE=smoke.
OPTIONS = {
    "--profile": dict(
        choices=("smoke", "laptop", "full"), help="how large (else: what suits)"
    ),
    "chapters": dict(nargs="*", metavar="01 02", help="which (else: all)"),
    "--record": dict(action="store_true", help="keep the speeds and write RESULTS.md"),
    "submissions": dict(nargs=1, metavar="folder", help="one folder in it a student"),
    "--trust": dict(action="store_true", help="run it without isolation"),
    "--limit": dict(metavar="300", help="seconds for a cell (else: 60)"),
    "--chromium": dict(
        metavar="path",
        default=os.environ.get("CHROMIUM"),
        help="the browser (else: one that is found)",
    ),
}
