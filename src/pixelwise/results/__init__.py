"""The ledger of measured results, the tables made from it, and what it shows."""

from pixelwise.results.ledger import (
    append,
    device_name,
    own,
    read,
    record,
    record_guess,
    recorded,
    versions,
)
from pixelwise.results.measures import MEASURES, Measure
from pixelwise.results.summaries import (
    STUDENT,
    compare,
    difference,
    percent,
    summary,
    table,
)

__all__ = [
    "MEASURES",
    "STUDENT",
    "Measure",
    "append",
    "compare",
    "device_name",
    "difference",
    "own",
    "percent",
    "read",
    "record",
    "record_guess",
    "recorded",
    "summary",
    "table",
    "versions",
]
