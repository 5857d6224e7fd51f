"""Training that can be stopped: batches in a known order, resume, schedule, speed."""

import functools
import hashlib
import json
import re
import time
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import h5py
import keras
import numpy as np

from pixelwise import files, run, schedule

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
        self.images, self.labels = images, labels
        self.batch_size, self.seed, self.augment = batch_size, seed, augment
        self.first_epoch, self.steps, self.epochs_begun = 0, len(self), 0
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


class Resume(keras.callbacks.Callback):
    """Keep a training after every epoch, and go on from there when it is run again.

    Hand `fit` both the callback and the epoch to start from:

        resume = Resume(folder / "mlp", model, batches, epochs=10)
        model.fit(
            batches,
            steps_per_epoch=len(batches),
            epochs=10,
            initial_epoch=resume.epoch,
            callbacks=[resume],
            shuffle=False,
        )

    The checkpoint is one file, replaced as a whole, whose name ends in a fingerprint
    of the model, the compile settings, the batches and the number of epochs. What was
    changed is therefore trained anew, what was finished is not trained twice, and
    going back to earlier settings finds their result.

    Args:
        path: where to keep it, without ending; the folder is made.
        model: the model, built and compiled.
        batches: what it is trained on; each `fit` sets them to the epoch to go on from.
        epochs: how many epochs the training has in all.
        fresh: whether to train again although there is a checkpoint.
        continued: whether the model goes on from another training, whose weights
            then tell this training from others.

    Attributes:
        epoch: number of epochs that are done.
        history: one list of values an epoch for each quantity, as in Keras' History.
        seconds: seconds of training, all sessions together.
    """

    def __init__(
        self,
        path: Path,
        model: keras.Model,
        batches: Batches,
        epochs: int,
        fresh: bool = False,
        continued: bool = False,
    ):
        super().__init__()
        self.epochs, self.batches = epochs, batches
        fingerprint = fingerprint_of(model, batches, epochs)
        if continued:
            fingerprint += f"-{checksum(model.get_weights()):08x}"
        path = Path(path)
        self.path = path.with_name(f"{path.name}-{fingerprint}.weights.h5")
        self.epoch, self.history, self.seconds = 0, {}, 0.0
        if self.path.exists() and not fresh:
            self._restore(model)
        elif not fresh:
            # So that after a first epoch cut short the same weights start again.
            self._keep(model)

    def _restore(self, model: keras.Model) -> None:
        try:
            with h5py.File(self.path) as file:
                state = json.loads(file.attrs["training"])
            # An optimizer without variables yet would leave its own state unread.
            model.optimizer.build(model.trainable_variables)
            model.load_weights(self.path)
        except (OSError, KeyError, ValueError) as error:
            warnings.warn(
                f"{self.path} cannot be read as a checkpoint ({error}); "
                "training starts from the first epoch and will replace it.",
                stacklevel=3,
            )
            return
        self.epoch, self.history = state["epoch"], state["history"]
        self.seconds = state["seconds"]
        if self.epoch:
            done = "finished" if self.epoch >= self.epochs else "going on"
            print(f"{done}: {self.epoch} of {self.epochs} epochs, {self.path.name}")

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Set the batches to the epoch to go on from."""
        self.batches.begin_fit(self.epoch, self.params["steps"])

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Start the clock; give layers such as dropout this epoch's random numbers."""
        self._began = time.perf_counter()
        seed_layers(self.model, epoch)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Keep weights, optimizer, history and seconds in one file."""
        self.seconds += time.perf_counter() - self._began
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(float(value))
        self.epoch = epoch + 1
        self._keep(self.model)

    def _keep(self, model: keras.Model) -> None:
        if epochs_kept(self.path) > self.epoch:
            return  # another process, training the same, is further on
        state = {
            "epoch": self.epoch,
            "history": self.history,
            "seconds": self.seconds,
        }
        with files.written_whole(self.path) as part:
            model.save_weights(part)
            with h5py.File(part, "r+") as file:
                file.attrs["training"] = json.dumps(state)


def epochs_kept(path: Path) -> int:
    """Return how many epochs the checkpoint at `path` holds, 0 where there is none."""
    try:
        with h5py.File(path) as file:
            return json.loads(file.attrs["training"])["epoch"]
    except (OSError, KeyError, ValueError):
        return 0


def seed_layers(model: keras.Model, epoch: int) -> None:
    """Set the random state of each layer that has one (dropout) from the epoch."""
    for index, layer in enumerate(innermost_layers(model)):
        generator = getattr(layer, "seed_generator", None)
        if generator is not None:
            generator.state.assign(np.array([index, epoch], dtype="uint32"))


def innermost_layers(model: keras.Model) -> list[keras.Layer]:
    """Return the layers of a model, those of models within it in their place."""
    found = []
    for layer in model.layers:
        within = isinstance(layer, keras.Model)
        found += innermost_layers(layer) if within else [layer]
    return found


def fingerprint_of(model: keras.Model, batches: Batches, epochs: int) -> str:
    """Return eight hexadecimal digits that change when the training would."""
    described = json.dumps(
        [model.get_config(), model.get_compile_config(), batches.settings(), epochs],
        default=str,
        sort_keys=True,
    )
    # Keras numbers unnamed layers by how many were made before them.
    described = re.sub(r'"name": "[^"]*"', "", described)
    for index, layer in enumerate(model.layers):
        described = described.replace(f'"{layer.name}"', f'"#{index}"')
    return hashlib.sha256(described.encode()).hexdigest()[:8]


def checksum(arrays: list[np.ndarray]) -> int:
    """Return the CRC-32 of arrays, one after the other."""
    found = 0
    for array in arrays:
        found = zlib.crc32(np.ascontiguousarray(array), found)
    return found


def flip_and_shift(
    images: np.ndarray, labels: np.ndarray, generator: np.random.Generator, by: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Return images mirrored at random and moved by up to `by` pixels; same labels.

    What is uncovered at the edges is filled with the mirrored picture.

    Args:
        images: (n, h, w, c).
        labels: (n, …), returned as they are.
        generator: the source of randomness.
        by: the furthest shift along each axis, in pixels.
    """
    count, height, width = images.shape[:3]
    rows = generator.integers(0, 2 * by + 1, (count, 1)) + np.arange(height)
    columns = generator.integers(0, 2 * by + 1, (count, 1)) + np.arange(width)
    mirrored = generator.random(count) < 0.5
    columns[mirrored] = columns[mirrored, ::-1]
    padded = np.pad(images, ((0, 0), (by, by), (by, by), (0, 0)), mode="reflect")
    each = np.arange(count)[:, None, None]
    return padded[each, rows[:, :, None], columns[:, None, :]], labels


def warmup_cosine(
    peak: float, steps: int, warmup: float = 0.15
) -> keras.optimizers.schedules.LearningRateSchedule:
    """Return a schedule that rises to `peak`, then falls to 0 along half a cosine.

    Loshchilov and Hutter 2017, arXiv:1608.03983; warm-up: Goyal et al. 2017,
    arXiv:1706.02677.

    Args:
        peak: the highest learning rate.
        steps: optimizer steps of the whole training.
        warmup: share of the steps that the rise takes.
    """
    return schedule.WarmupCosine(peak, steps, rising=int(warmup * steps))


def choose_precision(shape: tuple[int, int, int] = (32, 32, 64)) -> str:
    """Return the faster Keras policy on this device, measured in a few seconds.

    Two convolutions are trained for some steps in float32 and in bfloat16 (on a GPU
    float16 too), in turns, so that other work on the machine slows all alike. 16 bits
    must win by a fifth, since float32 is simpler. Nothing is set: hand the answer to
    `keras.config.set_dtype_policy`.

    Args:
        shape: (h, w, c) of the feature maps that are convolved.
    """
    policies = ["float32", "mixed_bfloat16"]
    if any("gpu" in name.lower() for name in run.accelerators()):
        policies.append("mixed_float16")
    steps = {policy: convolution_step(policy, shape) for policy in policies}
    seconds = dict.fromkeys(policies, float("inf"))
    for _ in range(12):
        for policy, step in steps.items():
            seconds[policy] = min(seconds[policy], seconds_of(step))
    fastest = min(seconds, key=seconds.get)
    chosen = fastest if seconds[fastest] < 0.8 * seconds["float32"] else "float32"
    timings = ", ".join(f"{name} {1e3 * s:.0f} ms" for name, s in seconds.items())
    print(f"precision: {chosen} (one training step: {timings})")
    return chosen


def convolution_step(policy: str, shape: tuple[int, int, int]) -> Callable[[], object]:
    """Return a function that trains two convolutions for one step, compiled already."""
    model = keras.Sequential([keras.Input(shape)])
    for _ in range(2):
        model.add(keras.layers.Conv2D(shape[-1], 3, padding="same", dtype=policy))
    model.add(keras.layers.GlobalAveragePooling2D(dtype=policy))
    model.compile(optimizer="sgd", loss="mse")
    images = np.zeros((32, *shape), "float32")
    targets = np.zeros((32, shape[-1]), "float32")
    step = functools.partial(model.train_on_batch, images, targets)
    step()
    return step


def seconds_of(function: Callable[[], object]) -> float:
    """Return the seconds that one call takes."""
    began = time.perf_counter()
    function()
    return time.perf_counter() - began
