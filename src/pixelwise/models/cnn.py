"""The convolutional network of chapter 2."""

import keras
from keras import layers

from pixelwise.models.arguments import check_count, check_picture
from pixelwise.models.mlp import add_better_head, add_logits


def build_cnn(
    input_shape: tuple[int, int, int] = (32, 32, 3),
    num_classes: int = 10,
    width: int = 64,
    preprocessing: keras.Layer | None = None,
) -> keras.Model:
    """Return three pairs of 3×3 convolutions, each then halved, and the better MLP.

    Pixels 0 to 255 of shape (n, h, w, c) in, float32 logits (n, num_classes) out.
    At 32×32×3, 10 classes and width 64 it has 2,239,082 parameters. Pairs of 3×3
    convolutions before each pooling: Simonyan and Zisserman 2015, arXiv:1409.1556.

    Args:
        input_shape: (h, w, c) of one picture; h and w multiples of 8.
        num_classes: number of logits.
        width: channels of the first pair; the second has twice, the third four times.
        preprocessing: what scales the pixels; by default a division by 255.

    Raises:
        ValueError: a shape or a count is not one that the network can take.
    """
    check_picture(input_shape, multiple_of=8)
    check_count("width", width)
    model = keras.Sequential(name="cnn")
    model.add(keras.Input(input_shape, name="pixels"))
    model.add(preprocessing or layers.Rescaling(1 / 255, name="scale"))
    for block, channels in enumerate((width, 2 * width, 4 * width), start=1):
        for position in (1, 2):
            model.add(
                layers.Conv2D(
                    channels,
                    kernel_size=3,
                    padding="same",
                    activation="relu",
                    name=f"conv_{block}_{position}",
                )
            )
        model.add(layers.MaxPooling2D(2, name=f"pool_{block}"))
    model.add(layers.Flatten(name="flatten"))
    add_better_head(model)
    return add_logits(model, num_classes)
