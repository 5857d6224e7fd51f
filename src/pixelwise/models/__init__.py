"""The course's networks: pixels 0 to 255 in, logits out, as functions `build_*`."""

from pixelwise.models.cnn import build_cnn
from pixelwise.models.fast import build_fast_cnn, whitening_kernel
from pixelwise.models.mlp import build_better_mlp, build_mlp
from pixelwise.models.resnet import build_resnet, build_resnet18
from pixelwise.models.transfer import build_transfer

__all__ = [
    "build_better_mlp",
    "build_cnn",
    "build_fast_cnn",
    "build_mlp",
    "build_resnet",
    "build_resnet18",
    "build_transfer",
    "whitening_kernel",
]
