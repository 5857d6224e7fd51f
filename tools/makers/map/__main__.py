"""Write the map of the house: its tables, its drawings, and the README's sizes.

usage: python -m tools.makers.map
"""

from tools import ROOT
from tools.makers.map import pages, rooms


def main() -> None:
    """Write all of it, and print which files hold it."""
    for path in pages.write(rooms.read()):
        print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
