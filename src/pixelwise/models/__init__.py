"""The course's networks: pixels 0 to 255 in, logits out, as functions `build_*`.

The colorizer alone reads lightness, and says chroma.
"""

from pixelwise.models.cnn import build_cnn
from pixelwise.models.colorizer import build_colorizer
from pixelwise.models.fast import build_fast_cnn, whitening_kernel
from pixelwise.models.fcn import (
    build_better_fcn,
    build_fcn,
    build_resnet18_segmenter,
)
from pixelwise.models.mlp import build_better_mlp, build_mlp
from pixelwise.models.resnet import build_resnet, build_resnet18
from pixelwise.models.transfer import build_transfer
from pixelwise.models.unet import build_unet

__all__ = [
    "build_better_fcn",
    "build_better_mlp",
    "build_cnn",
    "build_colorizer",
    "build_fast_cnn",
    "build_fcn",
    "build_mlp",
    "build_resnet",
    "build_resnet18",
    "build_resnet18_segmenter",
    "build_transfer",
    "build_unet",
    "whitening_kernel",
]
