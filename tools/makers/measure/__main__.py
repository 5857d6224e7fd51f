"""Train the longer runs that RESULTS.md reports, and write it from their ledgers.

usage: python -m tools.makers.measure [--only NAME]

Needs the real CIFAR-10 and real street photos (`make data`). A run that its ledger
holds already is not done again, and one that was stopped goes on from its last finished
epoch; a race at equal time begins anew.
"""

import argparse
import datetime
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from tqdm import tqdm

from pixelwise import run
from pixelwise.data import cifar10, streets
from tools.makers.measure import experiments
from tools.makers.measure.experiment import measure
from tools.makers.reports import report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="a part of the runs' names")
    arguments = parser.parse_args()
    run_all(arguments.only)
    print(f"written: {report.write()} and {report.write_readme()}")


def run_all(only: str) -> None:
    """Do every run that is missing, behind one bar, with the minutes told first."""
    for name, data in (("CIFAR-10", cifar10), ("street photos", streets)):
        if not data.source().is_real:
            where = run.data_folder()
            sys.exit(
                f"{name}: not in {where}; "
                "`make data` or `python -m tools data` puts them there."
            )
    chosen = [e for e in experiments() if only in f"{e.chapter}: {e.model}"]
    open_runs = [e for e in chosen if not e.done()]
    minutes = sum(experiment.minutes for experiment in open_runs)
    end = datetime.datetime.now() + datetime.timedelta(minutes=minutes)
    print(f"{len(open_runs)} runs, about {minutes:.0f} min on two cores: {end:%H:%M}")
    bar = tqdm(open_runs, unit="run")
    for experiment in bar:
        bar.set_description(f"{experiment.model}, seed {experiment.seed}")
        measure(experiment)


if __name__ == "__main__":
    main()
