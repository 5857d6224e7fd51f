"""The multilayer perceptrons of chapter 1."""

import keras
from keras import layers

from pixelwise.models.arguments import check_count, check_picture

UNITS = (256, 128, 64, 32)


def build_mlp(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    num_classes: int = 10,
    units: tuple[int, ...] = UNITS,
    preprocessing: keras.Layer | None = None,
) -> keras.Model:
    """Return a multilayer perceptron: dense layers with ReLU on flattened pixels.

    Pixels 0 to 255 of shape (n, h, w, c) in, float32 logits (n, num_classes) out.
    At 32×32×3 and 10 classes it has 830,250 parameters.

    Args:
        input_shape: (h, w, c) of one picture.
        num_classes: number of logits.
        units: width of each hidden layer, first to last.
        preprocessing: what scales the pixels; by default a division by 255.

    Raises:
        ValueError: a shape or a count is not a positive integer.
    """
    check_picture(input_shape)
    model = keras.Sequential(name="mlp")
    model.add(keras.Input(input_shape, name="pixels"))
    model.add(preprocessing or layers.Rescaling(1 / 255, name="scale"))
    model.add(layers.Flatten(name="flatten"))
    for index, width in enumerate(units, start=1):
        check_count("units", width)
        model.add(layers.Dense(width, activation="relu", name=f"dense_{index}"))
    return add_logits(model, num_classes)


def build_better_mlp(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    num_classes: int = 10,
    units: tuple[int, ...] = UNITS,
    batch_norm: bool = True,
    dropout: float = 0.2,
    l2: float = 0.0,
    preprocessing: keras.Layer | None = None,
) -> keras.Model:
    """Return the MLP with batch norm after odd layers and dropout after even ones.

    Pixels 0 to 255 of shape (n, h, w, c) in, float32 logits (n, num_classes) out.
    At 32×32×3 and 10 classes it has 831,530 parameters, 384 of which (moving means
    and variances) are not trained. Batch norm: Ioffe and Szegedy 2015,
    arXiv:1502.03167; dropout: Srivastava et al. 2014, JMLR 15.

    Args:
        input_shape: (h, w, c) of one picture.
        num_classes: number of logits.
        units: width of each hidden layer, first to last.
        batch_norm: whether odd layers are followed by batch norm.
        dropout: share of the activations that each dropout layer sets to zero.
        l2: factor of the L2 penalty on the dense kernels.
        preprocessing: what scales the pixels; by default a division by 255.

    Raises:
        ValueError: a shape or a count is not a positive integer.
    """
    check_picture(input_shape)
    model = keras.Sequential(name="better_mlp")
    model.add(keras.Input(input_shape, name="pixels"))
    model.add(preprocessing or layers.Rescaling(1 / 255, name="scale"))
    model.add(layers.Flatten(name="flatten"))
    add_better_head(model, units, batch_norm, dropout, l2)
    return add_logits(model, num_classes)


def add_better_head(
    model: keras.Sequential,
    units: tuple[int, ...] = UNITS,
    batch_norm: bool = True,
    dropout: float = 0.2,
    l2: float = 0.0,
    momentum: float = 0.99,
) -> None:
    """Add the better MLP's hidden layers to `model`, whose output is flat.

    `momentum` is that of batch norm's moving averages; the others are as in
    `build_better_mlp`.
    """
    penalty = keras.regularizers.L2(l2) if l2 else None
    for index, width in enumerate(units, start=1):
        check_count("units", width)
        model.add(
            layers.Dense(
                width,
                activation="relu",
                kernel_regularizer=penalty,
                name=f"dense_{index}",
            )
        )
        if index % 2 and batch_norm:
            norm = layers.BatchNormalization(momentum=momentum, name=f"norm_{index}")
            model.add(norm)
        elif index % 2 == 0 and dropout:
            model.add(layers.Dropout(dropout, name=f"dropout_{index}"))


def add_logits(model: keras.Sequential, num_classes: int) -> keras.Sequential:
    """Add the last layer, one float32 logit for each class, and return `model`."""
    check_count("num_classes", num_classes)
    model.add(layers.Dense(num_classes, dtype="float32", name="logits"))
    return model
