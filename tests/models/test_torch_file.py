"""Files of PyTorch's old format, written here by hand and, where it is, by PyTorch."""

import collections
import pickle
import sys
import types

import numpy as np
import pytest

from pixelwise.models import torch_file

MATRIX = np.arange(6, dtype="<f4")


class Stored(pickle.Pickler):
    """Write an array of places as PyTorch writes a tensor's storage."""

    def persistent_id(self, obj):
        if isinstance(obj, tuple) and obj[:1] == ("storage",):
            return obj
        return None


@pytest.fixture
def as_torch(monkeypatch):
    """Stand in for PyTorch's names while a file is written."""
    modules = {name: types.ModuleType(name) for name in ("torch", "torch._utils")}
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("FloatStorage", "LongStorage", "DoubleStorage"):
        kind = type(name, (), {"__module__": "torch"})
        setattr(modules["torch"], name, kind)

    def rebuild(*parts):
        return parts

    rebuild.__module__ = "torch._utils"
    rebuild.__name__ = rebuild.__qualname__ = "_rebuild_tensor_v2"
    modules["torch._utils"]._rebuild_tensor_v2 = rebuild
    return modules["torch"]


class Tensor:
    """What is pickled as a call of PyTorch's function that makes a tensor."""

    def __init__(self, kind, key, count, offset, shape, strides):
        self.storage = ("storage", kind, key, "cpu", count, None)
        self.rest = (offset, shape, strides, False, collections.OrderedDict())

    def __reduce__(self):
        function = sys.modules["torch._utils"]._rebuild_tensor_v2
        return function, (self.storage, *self.rest)


def write(path, tensors, storages, magic=torch_file.MAGIC):
    with path.open("wb") as file:
        for value in (magic, 1001, {"little_endian": True}):
            pickle.dump(value, file, protocol=2)
        Stored(file, protocol=2).dump(collections.OrderedDict(tensors))
        pickle.dump(list(storages), file, protocol=2)
        for numbers in storages.values():
            file.write(len(numbers).to_bytes(8, "little") + numbers.tobytes())


@pytest.fixture
def path(tmp_path, as_torch):
    """A file with a matrix, its transpose, a part of a vector, and a whole number."""
    floats, whole = as_torch.FloatStorage, as_torch.LongStorage
    tensors = {
        "matrix": Tensor(floats, "7", 6, 0, (2, 3), (3, 1)),
        "turned": Tensor(floats, "7", 6, 0, (3, 2), (1, 3)),
        "part": Tensor(floats, "8", 4, 1, (2,), (1,)),
        "count": Tensor(whole, "9", 1, 0, (), ()),
    }
    storages = {
        "7": MATRIX,
        "8": np.array([5, 6, 7, 8], "<f4"),
        "9": np.array([2**40], "<i8"),
    }
    write(tmp_path / "weights.pth", tensors, storages)
    return tmp_path / "weights.pth"


def test_tensors_come_by_name_and_in_their_order(path):
    found = torch_file.read(path)
    assert list(found) == ["matrix", "turned", "part", "count"]
    assert found["matrix"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["turned"].tolist() == [[0, 3], [1, 4], [2, 5]]
    assert found["part"].tolist() == [6, 7]
    assert found["count"] == 2**40
    assert [found[name].dtype.str for name in found] == ["<f4"] * 3 + ["<i8"]


def refuse(path, reason):
    with pytest.raises(ValueError, match=r"before version 1\.6") as error:
        torch_file.read(path)
    assert str(path) in str(error.value)
    assert reason in str(error.value)


def test_no_code_of_the_file_s_choice_is_run(tmp_path, path):
    class Danger:
        def __reduce__(self):
            return print, ("this must not be said",)

    write(path, {"a": Danger()}, {})
    refuse(path, "__.print")


def test_the_first_pickle_may_name_nothing_either(tmp_path):
    path = tmp_path / "w.pth"
    path.write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    refuse(path, "it names os.system")


def test_another_kind_of_number_is_refused(path, as_torch):
    double = Tensor(as_torch.DoubleStorage, "7", 1, 0, (1,), (1,))
    write(path, {"a": double}, {"7": np.zeros(1)})
    refuse(path, "it names torch.DoubleStorage")


@pytest.mark.parametrize("lost", [1, 8, 20, 60])
def test_a_torn_file_is_refused(path, lost):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - lost])
    refuse(path, "")


@pytest.mark.parametrize(
    ("shape", "strides", "offset"),
    [
        ((7,), (1,), 0),
        ((2, 3), (3, 1), 1),
        ((2,), (6,), 0),
        ((2,), (-1,), 3),
        ((1,), (1,), -2),
        ((7, 1), (0, 1), 0),
    ],
)
def test_a_tensor_that_leaves_its_storage_is_refused(
    path, as_torch, shape, strides, offset
):
    beyond = Tensor(as_torch.FloatStorage, "7", 6, offset, shape, strides)
    write(path, {"a": beyond}, {"7": MATRIX})
    refuse(path, "a tensor lies outside its storage")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 the newer format is a zip", b"<html>", b"\x80\x02]."]
)
def test_what_is_no_such_file_is_refused(tmp_path, content):
    path = tmp_path / "w.pth"
    path.write_bytes(content)
    refuse(path, "")


def test_another_magic_number_is_refused(path):
    write(path, {}, {}, magic=1)
    refuse(path, "magic")


def test_what_is_no_dictionary_of_tensors_is_refused(path):
    write(path, {"epoch": 3}, {})
    refuse(path, "'epoch' is a int, not a tensor")
    with pytest.raises(FileNotFoundError):
        torch_file.read(path.with_name("none.pth"))


def test_an_empty_tensor_stays_empty(path, as_torch):
    empty = Tensor(as_torch.FloatStorage, "7", 6, 0, (0, 9), (9, 1))
    write(path, {"a": empty}, {"7": MATRIX})
    assert torch_file.read(path)["a"].shape == (0, 9)


def test_it_reads_what_pytorch_writes(tmp_path):
    torch = pytest.importorskip("torch")
    weights = {"a": torch.randn(3, 4).T, "b": torch.arange(5), "c": torch.tensor(3)}
    weights["a2"] = weights["a"][1:, :2]
    path = tmp_path / "w.pth"
    torch.save(weights, path, _use_new_zipfile_serialization=False)
    found = torch_file.read(path)
    assert list(found) == list(weights)
    for name, tensor in weights.items():
        np.testing.assert_array_equal(found[name], tensor.numpy())
