"""Time what is meant to be fast, and print it.

usage: python -m tools.makers.benchmarks [--record] [--only NAME]

Run it while nothing else runs: it takes both cores, for some minutes.
"""

import argparse
import os

# Every process measures the processor, and TensorFlow's log lines are left out.
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from tools.makers.benchmarks import decoding, networks, speed, town
from tools.makers.reports import report, speeds


def main() -> None:
    """Print the speeds of drawing and of decoding, and the table of speeds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--record", action="store_true", help="keep the speeds; write RESULTS.md"
    )
    parser.add_argument("--only", default="", help="a part of the builders' names")
    arguments = parser.parse_args()
    if arguments.record and arguments.only:
        parser.error("--record keeps the speeds of all builders, without --only")
    chosen = [name for name in networks.NETWORKS if arguments.only in name]
    print(town.sentence(), flush=True)
    print(decoding.sentence(), flush=True)
    entries = speed.entries_of_all(chosen)
    print(speeds.section(entries))
    if arguments.record:
        speeds.keep(entries)
        print(f"written: {speeds.LEDGER} and {report.write()}")


if __name__ == "__main__":
    main()
