"""The commands of the course: `python -m tools` lists them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]  # of the checkout
