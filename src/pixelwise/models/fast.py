"""The small network of chapter 3 that trains in minutes, behind whitened patches."""

import keras
import numpy as np
from keras import layers
from numpy.lib.stride_tricks import sliding_window_view

from pixelwise.models.arguments import check_count, check_picture
from pixelwise.models.batch_norm import BatchNormalization


def build_fast_cnn(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    num_classes: int = 10,
    width: int = 64,
    preprocessing: keras.Layer | None = None,
    whitening: np.ndarray | None = None,
) -> keras.Model:
    """Return a network of seven convolutions, after Jordan 2024, arXiv:2404.00498.

    Pixels 0 to 255 of shape (n, h, w, c) in, float32 logits (n, num_classes) out. At
    32×32×3, 10 classes and width 64 it has 1,973,920 parameters.

    Args:
        input_shape: (h, w, c) of one picture, 9×9 or larger.
        num_classes: number of logits.
        width: channels of the first group; the second and third have four times.
        preprocessing: what scales the pixels; by default a division by 255.
        whitening: the first layer's kernel, (2, 2, c, 8 · c), as `whitening_kernel`
            returns it; it is not trained. By default that layer is random, and
            trained.

    Raises:
        ValueError: a shape or a count is not one that the network can take.
    """
    check_picture(input_shape, at_least=9)
    check_count("width", width)
    check_count("num_classes", num_classes)
    model = keras.Sequential(name="fast_cnn")
    model.add(keras.Input(input_shape, name="pixels"))
    model.add(preprocessing or layers.Rescaling(1 / 255, name="scale"))
    add_patches(model, input_shape[-1], whitening)
    for group, channels in enumerate((width, 4 * width, 4 * width), start=1):
        add_group(model, channels, f"group{group}")
    model.add(layers.GlobalMaxPooling2D(name="features"))
    # Logits start small, or the first steps of a large rate overshoot.
    model.add(layers.Rescaling(1 / 9, name="calm"))
    model.add(layers.Dense(num_classes, use_bias=False, dtype="float32", name="logits"))
    return model


def add_patches(
    model: keras.Sequential, channels: int, whitening: np.ndarray | None
) -> None:
    """Add the first layer, which sees patches of 2×2 pixels, and its activation."""
    patches = layers.Conv2D(8 * channels, 2, use_bias=False, name="patches")
    model.add(patches)
    model.add(layers.ReLU(name="patches_relu"))
    if whitening is None:
        return
    expected = patches.kernel.shape
    if whitening.shape != expected:
        raise ValueError(
            f"whitening: expected a kernel {expected}, found {whitening.shape}"
        )
    patches.set_weights([whitening])
    patches.trainable = False


def add_group(model: keras.Sequential, channels: int, name: str) -> None:
    """Add two 3×3 convolutions; the first is followed by a pooling that halves."""
    for position in (1, 2):
        model.add(
            layers.Conv2D(
                channels,
                3,
                padding="same",
                use_bias=False,
                kernel_initializer="orthogonal",
                name=f"{name}_{position}_conv",
            )
        )
        if position == 1:
            model.add(layers.MaxPooling2D(2, name=f"{name}_pool"))
        # A short training has few steps, so the moving averages follow quickly.
        norm = BatchNormalization(
            momentum=0.6, scale=False, name=f"{name}_{position}_norm"
        )
        model.add(norm)
        model.add(layers.ReLU(name=f"{name}_{position}_relu"))


def whitening_kernel(
    images: np.ndarray, mean: list[float], variance: list[float], least: float = 5e-4
) -> np.ndarray:
    """Return a kernel that makes the numbers of 2×2 patches uncorrelated.

    Its filters are the eigenvectors of the patches' covariance, each divided by the
    root of its eigenvalue, and the same again with the other sign, so that ReLU loses
    nothing: float32 (2, 2, c, 8 · c). Page 2019 and Jordan 2024, arXiv:2404.00498.

    Args:
        images: (n, h, w, c), pixels 0 to 255; some thousands are enough.
        mean: of each channel, as the network's preprocessing subtracts it.
        variance: of each channel, by whose root it divides.
        least: added to the eigenvalues, so that noise is not blown up.
    """
    scaled = (images.astype("float32") - mean) / np.sqrt(variance)
    channels = images.shape[-1]
    windows = sliding_window_view(scaled, (2, 2), axis=(1, 2))  # (…, c, 2, 2)
    patches = np.moveaxis(windows, 3, -1).reshape(-1, 4 * channels)
    values, vectors = np.linalg.eigh(patches.T @ patches / len(patches))
    kernel = (vectors / np.sqrt(values + least)).reshape(2, 2, channels, -1)
    return np.concatenate([kernel, -kernel], axis=-1).astype("float32")
