"""The longer runs that RESULTS.md reports, a module for each chapter."""

from tools.makers.measure import cnn, colorization, mlp, resnet, streets, town, transfer
from tools.makers.measure.experiment import Experiment


def experiments() -> list[Experiment]:
    """Return every run, in the order in which they are done."""
    chapters = (mlp, cnn, resnet, transfer, town, streets, colorization)
    return [experiment for chapter in chapters for experiment in chapter.experiments()]
