"""Batches in a known order, without end."""

import functools
import zlib
from collections.abc import Callable

import keras
import numpy as np

Augmentation = Callable[
    [np.ndarray, np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]
]

NO_STEPS = (
    "batches have no end: expected fit(batches, steps_per_epoch=len(batches), …), found"
)


class Batches(keras.utils.PyDataset):
    """Shuffled batches without end, whose order in every epoch the seed fixes.

    `fit` must be told how many of them make an epoch:

        model.fit(
            batches, steps_per_epoch=len(batches), epochs=10, shuffle=False
        )

    Keras shuffles arrays by a generator that starts anew in a new process. Here the
    order of epoch e follows from (seed, e) alone, so a training that was interrupted
    goes on with the very batches that it would have seen. (`shuffle=False`: Keras has
    nothing to shuffle in what has no end, and newer versions warn of that.)

    There is no end because, for batches that end, Keras on TensorFlow makes an iterator
    for every epoch, and waits a while before it drops the old one. Batches may be
    fetched ahead, across the end of an epoch too: which batch is which follows from
    its index, not from when it is asked for.

    Every `fit` begins with the first batch of the epoch that is set: 0, unless
    `start_epoch` or a callback such as `Resume` has set another. A second `fit` without
    either therefore sees the same batches again.

    Args:
        images: (n, h, w, c), any dtype.
        labels: (n, …), one for each image.
        batch_size: images in a batch; the last batch of an epoch may be smaller.
        seed: what fixes the order and the augmentation.
        augment: called as augment(images, labels, generator) on each batch.

    Raises:
        ValueError: images and labels differ in number, or there are none.
    """

    def __init__(
        self,
        images: np.ndarray,
        labels: np.ndarray,
        batch_size: int = 32,
        seed: int = 0,
        augment: Augmentation | None = None,
    ):
        super().__init__()
        if len(images) != len(labels) or len(images) == 0:
            raise ValueError(
                "images and labels: expected as many of the one as of the other, "
                f"found {len(images)} and {len(labels)}"
            )
        self.images = images
        self.labels = labels
        self.batch_size = batch_size
        self.seed = seed
        self.augment = augment
        self.first_epoch = 0
        self.steps = len(self)
        self.epochs_begun = 0
        self._latest_order = None, None

    @property
    def num_batches(self) -> None:
        """None, by which Keras knows that there is no end."""
        return None

    def __len__(self) -> int:
        """Return the number of batches in an epoch."""
        return -(-len(self.images) // self.batch_size)

    def start_epoch(self, epoch: int) -> None:
        """Set the epoch (counted from 0) that the next `fit` begins with."""
        self.first_epoch = epoch

    def begin_fit(self, epoch: int, steps: int | None) -> None:
        """Set the epoch that this `fit` begins with; a callback of it calls this.

        Args:
            epoch: counted from 0.
            steps: the steps_per_epoch of `fit`.

        Raises:
            ValueError: `fit` was not told how many batches make an epoch.
        """
        if steps is None:
            raise ValueError(f"{NO_STEPS} no steps_per_epoch")
        self.start_epoch(epoch)
        self.steps = steps

    def on_epoch_begin(self) -> None:
        """Count the epochs of a `fit` (Keras calls this)."""
        self.epochs_begun += 1

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Return batch `index` from the first epoch on: (images, labels).

        Raises:
            ValueError: more than two epochs are asked for as the first one of a `fit`,
                as when steps_per_epoch was forgotten and no callback saw it.
        """
        if index == 0:
            self.epochs_begun = 1
        # TensorFlow fetches ahead about as many batches as it has used, no more.
        if self.epochs_begun == 1 and index >= 2 * self.steps + 16:
            raise ValueError(f"{NO_STEPS} a first epoch that asks for batch {index}")
        epochs, place = divmod(index, len(self))
        epoch = self.first_epoch + epochs
        first = place * self.batch_size
        chosen = self.order_of(epoch)[first : first + self.batch_size]
        images, labels = self.images[chosen], self.labels[chosen]
        if self.augment is None:
            return images, labels
        generator = np.random.default_rng([self.seed, epoch, place])
        return self.augment(images, labels, generator)

    def sample(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the first picture that a `fit` will see, and its label, as a batch."""
        return keras.tree.map_structure(lambda array: array[:1], self[0])

    def order_of(self, epoch: int) -> np.ndarray:
        """Return the places of all images in the order of an epoch, int64 (n,)."""
        latest, order = self._latest_order  # read once: two threads may be here
        if latest != epoch:
            generator = np.random.default_rng([self.seed, epoch])
            order = generator.permutation(len(self.images))
            self._latest_order = epoch, order
        return order

    def settings(self) -> dict:
        """Return what fixes these batches, to tell one training from another."""
        augment = self.augment
        return {
            "images": zlib.crc32(np.ascontiguousarray(self.images)),
            "labels": zlib.crc32(np.ascontiguousarray(self.labels)),
            "batch_size": self.batch_size,
            "seed": self.seed,
            "augment": describe_function(augment) if augment else None,
        }


def describe_function(function: Callable) -> str:
    """Return a function's name, with the arguments that a `partial` has fixed."""
    if isinstance(function, functools.partial):
        fixed = [repr(a) for a in function.args]
        fixed += [f"{k}={v!r}" for k, v in sorted(function.keywords.items())]
        return f"{function.func.__qualname__}({', '.join(fixed)})"
    return getattr(function, "__qualname__", repr(function))
