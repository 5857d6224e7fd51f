"""The course's networks: pixels 0 to 255 in, logits out, as functions `build_*`."""

from pixelwise.models.cnn import build_cnn
from pixelwise.models.mlp import build_better_mlp, build_mlp

__all__ = ["build_better_mlp", "build_cnn", "build_mlp"]
