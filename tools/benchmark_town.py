"""Time the drawn town, and measure how well three models learn its ten objects.

    python tools/benchmark_town.py [--only logistic|mlp|cnn]

A data set for the course must not be solved by a linear model, and the MLP and the
CNN must rank on it as they do on photos.
"""

import argparse
import time
from collections.abc import Callable

import keras
import numpy as np

from pixelwise.data.streets import CLASS_NAMES, Split, objects
from pixelwise.models import build_cnn, build_mlp

SHAPE = (32, 32, 3)


def _fit(
    model: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    train: Split,
    epochs: int,
    batch_size: int,
) -> None:
    """Train the model on logits."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer, loss, metrics=["accuracy"])
    model.fit(*train, epochs=epochs, batch_size=batch_size, verbose=2)


def _accuracy(model: keras.Model, test: Split) -> float:
    """Return the share of test pictures that the model names rightly."""
    images, labels = test
    return float((model.predict(images, verbose=0).argmax(axis=1) == labels).mean())


def logistic(train: Split, test: Split) -> float:
    """Return the test accuracy of one linear layer on standardised pixels."""
    standardise = keras.layers.Normalization(axis=(1, 2, 3))
    standardise.adapt(train[0])
    flatten, linear = keras.layers.Flatten(), keras.layers.Dense(len(CLASS_NAMES))
    model = keras.Sequential([keras.Input(SHAPE), standardise, flatten, linear])
    _fit(model, keras.optimizers.Adam(3e-4), train, epochs=20, batch_size=64)
    return _accuracy(model, test)


def mlp(train: Split, test: Split) -> float:
    """Return the test accuracy of the course's MLP."""
    model = build_mlp(input_shape=SHAPE, num_classes=len(CLASS_NAMES))
    _fit(
        model, keras.optimizers.SGD(0.01, momentum=0.9), train, epochs=10, batch_size=32
    )
    return _accuracy(model, test)


def _mirrored(train: Split) -> Split:
    """Return the pictures and their mirror images."""
    images, labels = train
    both = np.concatenate((images, images[:, :, ::-1]))
    return both, np.concatenate((labels, labels))


def cnn(train: Split, test: Split) -> float:
    """Return the test accuracy of the course's CNN after the laptop's epochs."""
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    images, labels = _mirrored(train)
    epochs, batch_size = 4, 128
    steps = epochs * -(-len(images) // batch_size)
    warm_up = steps // 7
    rate = keras.optimizers.schedules.CosineDecay(
        1e-4, steps - warm_up, warmup_target=1.5e-3, warmup_steps=warm_up
    )
    optimizer = keras.optimizers.AdamW(rate, weight_decay=0.05)
    model = build_cnn(input_shape=SHAPE, num_classes=len(CLASS_NAMES))
    _fit(model, optimizer, (images, labels), epochs, batch_size)
    return _accuracy(model, test)


MODELS: dict[str, Callable[[Split, Split], float]] = {
    "logistic": logistic,
    "mlp": mlp,
    "cnn": cnn,
}


def main() -> None:
    """Draw, time, train and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=MODELS, help="train this model alone")
    only = parser.parse_args().only
    start = time.perf_counter()
    train, test = objects()
    seconds = time.perf_counter() - start
    count = len(train[0]) + len(test[0])
    print(f"{count} pictures in {seconds:.1f} s: {count / seconds:.0f} pictures/s")
    for name in [only] if only else MODELS:
        keras.utils.set_random_seed(0)
        start = time.perf_counter()
        accuracy = MODELS[name](train, test)
        print(
            f"{name}: {accuracy:.1%} in {time.perf_counter() - start:.0f} s", flush=True
        )


if __name__ == "__main__":
    main()
