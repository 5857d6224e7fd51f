"""Read weights from a file of PyTorch's old format, without PyTorch.

Until PyTorch 1.6 a file was a row of pickles: a magic number, the protocol, the system,
the tensors by name, and the keys of their storages. Then follow, in the order of these
keys, each storage's length in eight bytes and its raw numbers.
"""

import math
import os
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C


class Tensor(NamedTuple):
    """Where a tensor's numbers lie: places count in numbers, strides too."""

    storage: str
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


# All that such a file may name. No code of the file's choice is ever run.
NAMES = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): lambda *parts: Tensor(*parts[:4]),
    ("torch", "FloatStorage"): np.dtype("<f4"),
    ("torch", "LongStorage"): np.dtype("<i8"),
}


class Unpickler(pickle.Unpickler):
    """Unpickle tensors as places in storages, and nothing but tensors.

    Attributes:
        dtypes: the kind of each storage's numbers, by its key.
    """

    def __init__(self, file: IO[bytes]):
        super().__init__(file)
        self.dtypes = {}

    def find_class(self, module: str, name: str):
        """Return what stands here for a name of PyTorch's."""
        if (module, name) not in NAMES:
            raise pickle.UnpicklingError(f"it names {module}.{name}")
        return NAMES[module, name]

    def persistent_load(self, pid: tuple) -> str:
        """Return a storage's key, and keep what its numbers are."""
        _, dtype, key, *_ = pid
        self.dtypes[key] = dtype
        return key


def read(path: str | Path) -> dict[str, np.ndarray]:
    """Return a file's tensors by name, float32 or int64, in the order of the file.

    Args:
        path: what `torch.save` wrote of a model's `state_dict()` before PyTorch 1.6,
            or with `_use_new_zipfile_serialization=False`.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is another kind of file, names what is no tensor, or is torn.
    """
    with Path(path).open("rb") as file:
        try:
            return read_tensors(file)
        except Exception as error:  # bytes that are no pickle raise nearly anything
            raise ValueError(
                f"{path}: expected tensors by name in PyTorch's format from before "
                f"version 1.6, found what cannot be read as such: {error}"
            ) from error


def read_tensors(file: IO[bytes]) -> dict[str, np.ndarray]:
    """Return the tensors of an open file; raise what unpickling raises."""
    if Unpickler(file).load() != MAGIC:
        raise ValueError("its magic number is another")
    for _ in ("protocol", "system"):
        Unpickler(file).load()
    unpickler = Unpickler(file)
    tensors = unpickler.load()
    storages = {}
    for key in Unpickler(file).load():
        storages[key] = read_numbers(file, unpickler.dtypes[key])
    for name, tensor in tensors.items():
        if not isinstance(tensor, Tensor) or not isinstance(name, str):
            raise ValueError(f"{name!r} is a {type(tensor).__name__}, not a tensor")
    return {name: place(storages[t.storage], t) for name, t in tensors.items()}


def read_numbers(file: IO[bytes], dtype: np.dtype) -> np.ndarray:
    """Return the next storage's numbers (n,)."""
    length = int.from_bytes(file.read(8), "little") * dtype.itemsize
    if length > os.fstat(file.fileno()).st_size - file.tell():
        raise ValueError("it ends too early")
    return np.frombuffer(file.read(length), dtype)


def place(numbers: np.ndarray, tensor: Tensor) -> np.ndarray:
    """Return a tensor of its shape, whose numbers may lie in another order."""
    if 0 in tensor.shape:
        return np.empty(tensor.shape, numbers.dtype)
    last = tensor.offset
    for size, stride in zip(tensor.shape, tensor.strides, strict=True):
        last += (size - 1) * stride
    least = min((tensor.offset, *tensor.shape, *tensor.strides))
    if least < 0 or max(last + 1, math.prod(tensor.shape)) > len(numbers):
        raise ValueError("a tensor lies outside its storage")
    strides = [stride * numbers.itemsize for stride in tensor.strides]
    view = np.lib.stride_tricks.as_strided(
        numbers[tensor.offset :], tensor.shape, strides
    )
    return view.copy()
