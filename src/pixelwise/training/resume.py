"""Training that can be stopped: kept after every epoch, and taken up from there."""

import hashlib
import json
import re
import time
import warnings
import zlib
from pathlib import Path

import h5py
import keras
import numpy as np

from pixelwise.run import files
from pixelwise.training.batches import Batches
from pixelwise.training.first_step import create_variables


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
        self.epochs = epochs
        self.batches = batches
        fingerprint = fingerprint_of(model, batches, epochs)
        if continued:
            fingerprint += f"-{checksum(model.get_weights()):08x}"
        path = Path(path)
        self.path = path.with_name(f"{path.name}-{fingerprint}.weights.h5")
        self.epoch = 0
        self.history = {}
        self.seconds = 0.0
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
        self.epoch = state["epoch"]
        self.history = state["history"]
        self.seconds = state["seconds"]
        if self.epoch:
            done = "finished" if self.epoch >= self.epochs else "going on"
            print(f"{done}: {self.epoch} of {self.epochs} epochs, {self.path.name}")

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Set the batches to the epoch to go on from."""
        self.batches.begin_fit(self.epoch, self.params["steps"])
        if self.epoch < self.epochs:
            create_variables(self.model, *self.batches.sample())

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
