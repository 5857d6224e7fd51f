"""What is measured: one entry for each builder."""

from dataclasses import dataclass, field

import numpy as np

MATMUL = "matmul"
MATMUL_SIZE = 4096
MATMUL_OPERATIONS = 2 * MATMUL_SIZE**3


@dataclass(frozen=True)
class Network:
    """How a builder's network is trained, equally in every framework.

    `pixelwise.models` and `torch_networks` each have a function of the builder's name.

    Attributes:
        batch: pictures in a step.
        input_shape: (h, w, c) of one picture.
        arguments: what else the builder is handed.
    """

    batch: int
    input_shape: tuple[int, int, int] = (32, 32, 3)
    arguments: dict = field(default_factory=dict)


STREET = (128, 128, 3)
RANDOM50 = {"backbone": "resnet50", "weights": None}
NETWORKS = {
    "build_mlp": Network(batch=512),
    "build_better_mlp": Network(batch=512),
    "build_cnn": Network(batch=128),
    "build_resnet18": Network(batch=64),
    "build_fast_cnn": Network(batch=128),
    "build_transfer": Network(batch=128, arguments=RANDOM50),
    "build_fcn": Network(16, STREET, arguments=RANDOM50),
    "build_better_fcn": Network(16, STREET, arguments=RANDOM50),
    "build_resnet18_segmenter": Network(16, STREET),
    "build_unet": Network(4, STREET),
}
PRECISIONS = ("float32", "bfloat16")


def random_pictures(
    network: Network, output_shape: tuple[int, ...], count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return images (count, h, w, c) and labels, both uint8, that mean nothing.

    Args:
        network: what they are for.
        output_shape: one picture's logits: (classes,) or (h, w, classes).
        count: number of pictures.
    """
    generator = np.random.default_rng(0)
    *positions, classes = output_shape
    images = generator.integers(0, 256, (count, *network.input_shape), np.uint8)
    labels = generator.integers(0, classes, (count, *positions), np.uint8)
    return images, labels
