"""The residual networks of chapter 3, and the plain ones that they replaced."""

import keras
from keras import layers

from pixelwise.models.arguments import check_choice, check_count, check_picture
from pixelwise.models.batch_norm import BatchNormalization
from pixelwise.models.pixels import add_pixels

STEMS = ("cifar", "imagenet")


def build_resnet18(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    num_classes: int = 10,
    width: int = 64,
    stem: str = "cifar",
    preprocessing: keras.Layer | None = None,
) -> keras.Model:
    """Return ResNet-18: a stem, four stages of two residual blocks, one dense layer.

    Pixels 0 to 255 of shape (n, h, w, c) in, float32 logits (n, num_classes) out. With
    the stem for 32×32 pictures and 10 classes it has 11,183,562 parameters, of which
    11,173,962 are trained (the rest are moving means and variances); with the stem for
    ImageNet and 1000 classes 11,689,512 are trained. He, Zhang, Ren and Sun 2016,
    arXiv:1512.03385, with projection shortcuts where the shape changes.

    Args:
        input_shape: (h, w, c) of one picture, 8×8 or larger ("cifar"), 32×32 or
            larger ("imagenet").
        num_classes: number of logits.
        width: channels of the first stage; each further stage has twice as many.
        stem: "cifar", one 3×3 convolution, which keeps the size; or "imagenet", a 7×7
            convolution and a pooling, which halve it twice.
        preprocessing: what scales the pixels; by default a division by 255.

    Raises:
        ValueError: a shape, a count or the stem is not one that the network can take.
    """
    return build_resnet(
        input_shape, num_classes, (2, 2, 2, 2), width, stem, preprocessing
    )


def build_resnet(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    num_classes: int = 10,
    blocks: tuple[int, ...] = (2, 2, 2, 2),
    width: int = 64,
    stem: str = "cifar",
    preprocessing: keras.Layer | None = None,
    shortcuts: bool = True,
    batch_norm: bool = True,
) -> keras.Model:
    """Return a network of two-convolution blocks in stages, residual or plain.

    It has 2 · sum(blocks) + 2 layers with weights, projections not counted: the ways
    in which the paper counts to 18 and 34.

    Args:
        input_shape: (h, w, c) of one picture.
        num_classes: number of logits.
        blocks: how many blocks each stage has; every stage but the first halves the
            size and doubles the channels.
        width: channels of the first stage.
        stem: "cifar" or "imagenet", as in `build_resnet18`.
        preprocessing: what scales the pixels; by default a division by 255.
        shortcuts: whether each block's input is added to its output.
        batch_norm: whether every convolution is followed by batch norm; without it
            the convolutions have a bias.

    Raises:
        ValueError: a shape, a count or the stem is not one that the network can take.
    """
    check_arguments(input_shape, blocks, width, stem)
    check_count("num_classes", num_classes)
    pixels, scaled = add_pixels(input_shape, preprocessing)
    maps = add_stem(scaled, width, stem, batch_norm)
    maps = add_stages(maps, blocks, width, shortcuts, batch_norm)
    features = layers.GlobalAveragePooling2D(name="features")(maps)
    logits = layers.Dense(num_classes, dtype="float32", name="logits")(features)
    return keras.Model(pixels, logits, name="resnet" if shortcuts else "plain")


def check_arguments(input_shape, blocks, width, stem) -> None:
    """Raise ValueError for what no residual network can be built from."""
    check_choice("stem", stem, STEMS)
    check_count("width", width)
    if not blocks:
        raise ValueError("blocks: expected at least one stage, found none")
    for count in blocks:
        check_count("blocks", count)
    halvings = len(blocks) - 1 + (2 if stem == "imagenet" else 0)
    check_picture(input_shape, at_least=2**halvings)


def add_stem(pixels, width: int, stem: str, batch_norm: bool = True):
    """Return the first feature maps of scaled pixels (n, h, w, c).

    They are (n, h, w, width) with "cifar", (n, h / 4, w / 4, width) with "imagenet".
    """
    if stem == "cifar":
        return add_convolution(pixels, width, 3, 1, "stem", batch_norm)
    maps = add_convolution(pixels, width, 7, 2, "stem", batch_norm)
    return layers.MaxPooling2D(3, 2, padding="same", name="stem_pool")(maps)


def add_stages(
    maps,
    blocks: tuple[int, ...],
    width: int,
    shortcuts: bool = True,
    batch_norm: bool = True,
):
    """Return the last feature maps of stages of so many blocks, after the stem's maps.

    Every stage but the first halves the size and doubles the channels.
    """
    for stage, count in enumerate(blocks, start=1):
        for block in range(1, count + 1):
            maps = add_block(
                maps,
                channels=width * 2 ** (stage - 1),
                strides=2 if stage > 1 and block == 1 else 1,
                name=f"stage{stage}_block{block}",
                shortcut=shortcuts,
                batch_norm=batch_norm,
            )
    return maps


def add_block(
    maps,
    channels: int,
    strides: int,
    name: str,
    shortcut: bool = True,
    batch_norm: bool = True,
):
    """Return relu(F(x) + x) of maps x, or relu(F(x)): F is two 3×3 convolutions.

    Where F changes the shape, the shortcut is a 1×1 convolution with the same strides.
    """
    inner = add_convolution(maps, channels, 3, strides, f"{name}_1", batch_norm)
    inner = add_convolution(
        inner, channels, 3, 1, f"{name}_2", batch_norm, activation=None
    )
    if shortcut:
        if strides != 1 or maps.shape[-1] != channels:
            maps = add_convolution(
                maps, channels, 1, strides, f"{name}_project", batch_norm, None
            )
        inner = layers.Add(name=f"{name}_add")([inner, maps])
    return layers.ReLU(name=f"{name}_out")(inner)


def add_convolution(
    maps,
    channels: int,
    kernel: int,
    strides: int,
    name: str,
    batch_norm: bool = True,
    activation: str | None = "relu",
):
    """Return a convolution with He's initialisation, batch norm and activation.

    He, Zhang, Ren and Sun 2015, arXiv:1502.01852. Batch norm has a shift of its own,
    so a bias before it would do nothing. Its moving averages follow within some tens
    of steps, since the course's trainings are short.
    """
    maps = layers.Conv2D(
        channels,
        kernel,
        strides,
        padding="same",
        use_bias=not batch_norm,
        kernel_initializer="he_normal",
        name=f"{name}_conv",
    )(maps)
    if batch_norm:
        norm = BatchNormalization(momentum=0.9, epsilon=1e-5, name=f"{name}_norm")
        maps = norm(maps)
    if activation is None:
        return maps
    return layers.Activation(activation, name=f"{name}_{activation}")(maps)
