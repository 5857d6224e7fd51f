"""Backbones: networks without their top, from pixels to feature maps.

A backbone halves a picture five times and holds its own preprocessing, so that every
model that is built on it takes pixels 0 to 255. The heads are other modules' business.
"""

import socket
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import h5py
import keras
import numpy as np
from keras import layers, ops

from pixelwise import run
from pixelwise.models import efficientnet
from pixelwise.models.arguments import check_choice, check_count, check_picture
from pixelwise.models.batch_norm import fuse

SMALLEST = 32  # pixels: below it, five halvings leave nothing
PATIENCE = 30  # seconds without an answer before a download counts as failed


class BackboneUnavailable(RuntimeError):
    """Weights are not to be had; the text says what was tried and what to do."""


@keras.saving.register_keras_serializable(package="pixelwise")
class ImageNetPixels(layers.Layer):
    """Pixels 0 to 255, RGB, as Keras' ResNet-50 was trained on them: BGR, centred.

    The mean of ImageNet's pixels is subtracted from each channel; the spread is left
    as it is. It equals `keras.applications.resnet50.preprocess_input`.
    """

    MEAN = (103.939, 116.779, 123.68)  # of blue, green and red

    def call(self, pixels):
        """Return blue, green and red about zero, of the shape of `pixels`."""
        mean = ops.convert_to_tensor(self.MEAN, self.compute_dtype)
        return ops.flip(ops.cast(pixels, self.compute_dtype), axis=-1) - mean


@dataclass(frozen=True)
class Backbone:
    """How one backbone is made.

    Attributes:
        add: returns the last feature maps of a Keras tensor of pixels.
        load: puts the weights that belong to it into the built model.
        stages: what the names of each stage's layers begin with, first to last.
    """

    add: Callable
    load: Callable[[keras.Model], None]
    stages: tuple[str, ...]


def build_backbone(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    backbone: str | None = None,
    weights: str | Path | None = "imagenet",
    enlarge: int = 1,
) -> keras.Model:
    """Return a network from pixels to feature maps, with its preprocessing inside.

    Pixels 0 to 255 of shape (n, h, w, 3) in, maps (n, h / 32, w / 32, channels) out,
    sizes times `enlarge` and rounded up; channels are 1280 for "efficientnet_lite0"
    and 2048 for "resnet50". EfficientNet: Tan and Le 2019, arXiv:1905.11946; ResNet:
    He, Zhang, Ren and Sun 2016, arXiv:1512.03385.

    Args:
        input_shape: (h, w, 3) of one picture; h and w times `enlarge` 32 or more.
        backbone: "efficientnet_lite0" or "resnet50"; by default what `default_backbone`
            returns.
        weights: "imagenet", which come with the installation of "efficientnet_lite0"
            and which "resnet50" downloads once; None for random ones; or a file of
            this backbone's weights.
        enlarge: how many times larger pictures are made, bilinearly, beforehand.

    Raises:
        ValueError: an argument is not one that a backbone can be built from, or the
            file holds no weights of this backbone.
        FileNotFoundError: `weights` is not a file.
        BackboneUnavailable: the weights from ImageNet are not to be had.
    """
    backbone = default_backbone() if backbone is None else backbone
    check_choice("backbone", backbone, tuple(BACKBONES))
    check_backbone_shape(input_shape, enlarge)
    pixels = keras.Input(input_shape, name="pixels")
    larger = pixels
    if enlarge > 1:
        larger = layers.UpSampling2D(
            enlarge, interpolation="bilinear", dtype="float32", name="enlarge"
        )(pixels)
    with precision(backbone):
        maps = BACKBONES[backbone].add(larger)
    model = fuse(keras.Model(pixels, maps, name=backbone))
    if weights == "imagenet":
        BACKBONES[backbone].load(model)
    elif weights is not None:
        load_file(model, weights)
    return model


@contextmanager
def precision(backbone: str) -> Iterator[None]:
    """Let layers inside be made in float32 where 16 bits would make them slower.

    On a processor they do in EfficientNet-Lite0: depthwise convolution, ReLU6 and what
    TensorFlow fuses in float32 alone cost more than the rest saves.
    """
    before = keras.config.dtype_policy()
    if backbone == "efficientnet_lite0" and not run.accelerators():
        keras.config.set_dtype_policy("float32")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def check_backbone_shape(input_shape: tuple[int, int, int], enlarge: int) -> None:
    """Raise ValueError unless pictures of that shape can be halved five times."""
    check_picture(input_shape)
    check_count("enlarge", enlarge)
    height, width, channels = input_shape
    if channels != 3:
        raise ValueError(
            "input_shape: expected three channels (red, green, blue), which is what "
            f"backbones were trained on, found {tuple(input_shape)}"
        )
    if min(height, width) * enlarge < SMALLEST:
        raise ValueError(
            f"input_shape: expected {SMALLEST}×{SMALLEST} pixels or more, because a "
            f"backbone halves them five times, found {height}×{width} with "
            f"enlarge={enlarge}"
        )


def add_resnet50(pixels):
    """Return the last feature maps of ResNet-50, its weights being random."""
    centred = ImageNetPixels(dtype="float32", name="imagenet_pixels")(pixels)
    model = keras.applications.ResNet50(
        include_top=False, weights=None, input_tensor=centred
    )
    return model.output


def load_imagenet(model: keras.Model) -> None:
    """Put the weights from ImageNet into ResNet-50, downloading them the first time.

    Raises:
        BackboneUnavailable: they are not on this machine and cannot be downloaded.
    """
    model.set_weights(fetch_imagenet().get_weights())


def fetch_imagenet() -> keras.Model:
    """Return Keras' ResNet-50 without top, with its weights from ImageNet.

    Raises:
        BackboneUnavailable: they are not on this machine and cannot be downloaded.
    """
    try:
        with patience(PATIENCE):
            return keras.applications.ResNet50(include_top=False, weights="imagenet")
    except Exception as error:  # what Keras raises where a download fails
        raise BackboneUnavailable(
            "ResNet-50's weights from ImageNet (95 MB) are not on this machine, and "
            f"keras.applications could not download them: {error}\n"
            "Try again with a network, or take the backbone whose weights are "
            'installed with the course: backbone="efficientnet_lite0".'
        ) from error


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let connections that are opened inside fail after that long without an answer."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def load_lite0(model: keras.Model) -> None:
    """Put the weights that are installed with the course into EfficientNet-Lite0.

    Raises:
        BackboneUnavailable: they are not installed.
        ValueError: the file is not the one that was published.
    """
    try:
        efficientnet.load_imagenet(model)
    except ModuleNotFoundError as error:
        raise BackboneUnavailable(str(error)) from error


def load_file(model: keras.Model, path: str | Path) -> None:
    """Put a file's weights into a backbone.

    Args:
        model: the backbone.
        path: a file that Keras wrote by `save_weights`, in the old layout (.h5) or
            the new one (.weights.h5); of "efficientnet_lite0", also one of PyTorch's
            old format (.pth).

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it cannot be read, or holds another network's weights.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(
            'weights: expected "imagenet", None or the path of a file, '
            f"found {str(path)!r}, where no file is"
        )
    if path.suffix == ".pth" and model.name == "efficientnet_lite0":
        efficientnet.load_torch(model, path)
        return
    expected = f"{path}: expected {model.count_params():,} weights of {model.name}"
    try:
        found = count_weights(path)
        if found == model.count_params():
            load_every_weight(model, path)
            return
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{expected}, found what does not fit: {error}") from error
    raise ValueError(f"{expected}, found {found:,}: another network, or one with top?")


def load_every_weight(model: keras.Model, path: Path) -> None:
    """Load a file's weights; raise ValueError if one of the model's is left out.

    Keras only warns of layers that it finds no weights for, and leaves them as they
    are. Here they are not a number beforehand, so that they show.
    """
    model.set_weights([np.full(weight.shape, np.nan) for weight in model.weights])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipping", UserWarning)
        model.load_weights(path)
    for weight in model.weights:
        if np.isnan(ops.convert_to_numpy(weight)).any():
            raise ValueError(f"{weight.path} is not in it, or not a number")


def count_weights(path: Path) -> int:
    """Return how many numbers the arrays of an HDF5 file hold."""
    sizes = []

    def add(_, item) -> None:
        if isinstance(item, h5py.Dataset):
            sizes.append(item.size)

    with h5py.File(path) as file:
        file.visititems(add)
    return sum(sizes)


STAGES = range(2, 6)  # those whose maps are a fourth of the picture's size, or smaller
BACKBONES = {
    "efficientnet_lite0": Backbone(
        efficientnet.add_lite0, load_lite0, tuple(f"stage{n}_" for n in STAGES)
    ),
    "resnet50": Backbone(
        add_resnet50, load_imagenet, tuple(f"conv{n}_" for n in STAGES)
    ),
}


def backbone_of(model: keras.Model) -> keras.Model:
    """Return the backbone that a model was built on.

    Raises:
        ValueError: it was built on none.
    """
    for layer in model.layers:
        if layer.name in BACKBONES:
            return layer
    raise ValueError(
        f"model: expected one with a backbone among {list(BACKBONES)}, found the "
        f"layers {[layer.name for layer in model.layers]}"
    )


def stage_outputs(backbone: keras.Model) -> list:
    """Return the feature maps that end each stage, as Keras tensors, first to last."""
    prefixes = BACKBONES[backbone.name].stages
    names = [layer.name for layer in backbone.layers]
    last = [[name for name in names if name.startswith(p)][-1] for p in prefixes]
    return [backbone.get_layer(name).output for name in last]


def unfreeze(model: keras.Model, stages: int = 1) -> None:
    """Let the last stages of a model's backbone be trained, and no other part of it.

    Batch norm stays frozen in all of them: few pictures would spoil its averages.
    Compile the model afterwards, or the change goes unnoticed.

    Args:
        model: one on a backbone, such as `build_transfer` returns.
        stages: how many of the four, from the last; 0 freezes the whole backbone.

    Raises:
        ValueError: the model has no backbone, or this many stages do not exist.
    """
    backbone = backbone_of(model)
    prefixes = BACKBONES[backbone.name].stages
    check_count("stages", stages, least=0)
    if stages > len(prefixes):
        raise ValueError(f"stages: expected 0 to {len(prefixes)}, found {stages}")
    chosen = prefixes[len(prefixes) - stages :]
    backbone.trainable = stages > 0
    for layer in backbone.layers:
        norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = layer.name.startswith(chosen) and not norm


def default_backbone() -> str:
    """Return this profile's: "resnet50" in `full`, else "efficientnet_lite0"."""
    return "resnet50" if run.profile() == "full" else "efficientnet_lite0"


def choose_backbone() -> str:
    """Return the backbone that this run can have, and print which and why.

    It is the profile's; where ResNet-50's weights from ImageNet are not on this machine
    and cannot be downloaded, it is "efficientnet_lite0" in `full` too. Below `full`
    nothing is downloaded unasked.
    """
    if default_backbone() != "resnet50":
        reason = f"because the profile is {run.profile()}"
    else:
        try:
            fetch_imagenet()
        except BackboneUnavailable as error:
            reason = f"because the other is not to be had.\n{error}"
        else:
            print("backbone: resnet50, with its weights from ImageNet")
            return "resnet50"
    print(f"backbone: efficientnet_lite0 with its weights from ImageNet, {reason}")
    return "efficientnet_lite0"
