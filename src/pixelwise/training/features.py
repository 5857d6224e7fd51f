"""Features of a frozen network: computed once, and kept for the next run."""

import hashlib
import json
from pathlib import Path

import keras
import numpy as np

from pixelwise import run
from pixelwise.run import kept


def compute_features(
    model: keras.Model,
    images: np.ndarray,
    batch_size: int = 250,
    folder: Path | None = None,
) -> np.ndarray:
    """Return what a model makes of the images, float32 (n, …), from disk if it can.

    The file's name is a fingerprint of the model, its weights and the images: what
    was computed for others is never taken.

    Args:
        model: from images to features, such as `models.transfer.feature_model` gives.
        images: (n, h, w, c).
        batch_size: images computed at a time.
        folder: where features are kept; by default `features` in the runs folder.

    Raises:
        ValueError: the images have another shape than the model takes.
    """
    expected = tuple(model.input_shape[1:])
    if tuple(images.shape[1:]) != expected or len(images) == 0:
        raise ValueError(
            f"images: expected one or more of shape {expected}, "
            f"found an array {images.shape}"
        )
    folder = Path(folder or run.runs_folder() / "features")
    path = folder / f"{fingerprint_of(model, images)}.npz"
    features = read_features(path)
    if features is None:
        features = np.asarray(model.predict(images, batch_size, verbose=0), "float32")
        kept.write(path, features=features)
    return features


def fingerprint_of(model: keras.Model, images: np.ndarray) -> str:
    """Return sixteen hexadecimal digits that change with model, weights and images."""
    digest = hashlib.sha256(json.dumps(model.get_config(), default=str).encode())
    for array in [*model.get_weights(), images]:
        digest.update(f"{array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).view("uint8"))
    return digest.hexdigest()[:16]


def read_features(path: Path) -> np.ndarray | None:
    """Return the features kept in a file; None if it is missing or broken."""
    remedy = "computing its features again"
    return kept.read(path, lambda arrays: arrays["features"], remedy)
