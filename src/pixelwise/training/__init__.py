"""What would distract in a notebook: batches, augmentation, schedule, resume, races.

`compile` and `fit` stand in the chapters, in plain Keras.
"""

from pixelwise.training.augmentation import flip_and_shift, rotate_blur_stretch
from pixelwise.training.batches import Augmentation, Batches
from pixelwise.training.features import compute_features
from pixelwise.training.muon import Muon, orthogonalise
from pixelwise.training.resume import Resume, innermost_layers
from pixelwise.training.schedule import WarmupCosine, warmup_cosine
from pixelwise.training.timed import NO_END, TimeBudget

__all__ = [
    "NO_END",
    "Augmentation",
    "Batches",
    "Muon",
    "Resume",
    "TimeBudget",
    "WarmupCosine",
    "compute_features",
    "flip_and_shift",
    "innermost_layers",
    "orthogonalise",
    "rotate_blur_stretch",
    "warmup_cosine",
]
