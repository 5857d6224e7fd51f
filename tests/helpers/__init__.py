"""What several tests share: the checkout, servers that misbehave, street pairs."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # of the checkout
