"""What the benchmark counts and prints; how fast a machine is, no test says."""

import timeit

import keras
import numpy as np
import pytest
from keras import layers

from helpers import street_pairs
from pixelwise import models
from pixelwise.data import pairs
from tools.makers.benchmarks import decoding, networks, operations, speed
from tools.makers.reports import speeds

# Multiplications on the way forward, by hand: kernel's numbers x places it is put.
DENSE = 256 * 128 + 128 * 64 + 64 * 32 + 32 * 10
FORWARD = {
    "build_mlp": 3072 * 256 + DENSE,
    "build_better_mlp": 3072 * 256 + DENSE,
    "build_cnn": (
        9 * (3 * 64 + 64 * 64) * 32 * 32
        + 9 * (64 * 128 + 128 * 128) * 16 * 16
        + 9 * (128 * 256 + 256 * 256) * 8 * 8
        + 4096 * 256
        + DENSE
    ),
    "build_resnet18": (
        9 * (3 * 64 + 4 * 64 * 64) * 32 * 32
        + (9 * (64 * 128 + 3 * 128 * 128) + 64 * 128) * 16 * 16
        + (9 * (128 * 256 + 3 * 256 * 256) + 128 * 256) * 8 * 8
        + (9 * (256 * 512 + 3 * 512 * 512) + 256 * 512) * 4 * 4
        + 512 * 10
    ),
    "build_fast_cnn": (
        4 * 3 * 24 * 31 * 31
        + 9 * 24 * 64 * 31 * 31
        + (9 * 64 * 64 + 9 * 64 * 256) * 15 * 15
        + (9 * 256 * 256 + 9 * 256 * 256) * 7 * 7
        + 9 * 256 * 256 * 3 * 3
        + 256 * 10
    ),
}


@pytest.mark.parametrize("name", FORWARD)
def test_operations_of_a_step_are_those_counted_by_hand(name):
    model = getattr(models, name)()
    assert operations.training_operations(model) == 3 * 2 * FORWARD[name]


def test_every_kind_of_kernel_is_counted_where_it_is_used():
    model = keras.Sequential([keras.Input((4, 6, 2))])
    model.add(layers.Conv2D(3, 3, strides=2, padding="same"))  # at 2×3 places
    model.add(layers.Conv2DTranspose(5, 2, strides=2))  # from 2×3 places
    model.add(layers.Flatten())
    model.add(layers.Dense(7))
    counts = [operations.multiply_adds(layer) for layer in model.layers]
    assert counts == [9 * 2 * 3 * 6, 4 * 3 * 5 * 6, 0, 4 * 6 * 5 * 7]


def test_frozen_layers_within_a_model_are_passed_forward_only():
    backbone = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(2, 1)])
    backbone.trainable = False
    head = [layers.Flatten(), layers.Dense(3)]
    model = keras.Sequential([keras.Input((4, 4, 1)), backbone, *head])
    assert operations.training_operations(model) == 2 * (16 * 2 + 3 * 32 * 3)


def test_a_kernel_of_an_unknown_layer_is_not_passed_over():
    layer = layers.DepthwiseConv2D(3)
    layer.build((None, 8, 8, 2))
    with pytest.raises(TypeError, match="found DepthwiseConv2D"):
        operations.multiply_adds(layer)


@pytest.mark.parametrize("name", networks.NETWORKS)
def test_pytorch_s_network_has_the_layers_of_the_builder(name):
    torch = pytest.importorskip("torch")
    from tools.makers.benchmarks import torch_networks, torch_side

    model = getattr(models, name)(**networks.NETWORKS[name].arguments)
    written = getattr(torch_networks, name)().eval()
    shapes = [w.shape for w in written.parameters() if w.ndim > 1]
    expected = [w.shape for w in model.weights if len(w.shape) > 1]
    # PyTorch keeps the same axes in another order.
    assert sorted(map(sorted, shapes)) == sorted(map(sorted, expected))
    assert torch_side.count_parameters(written) == model.count_params()
    height, width, channels = networks.NETWORKS[name].input_shape
    *positions, classes = model.output_shape[1:]
    logits = written(torch.zeros(2, channels, height, width))
    assert logits.shape == (2, classes, *positions)


def test_every_builder_is_measured():
    builders = {name for name in models.__all__ if name.startswith("build_")}
    # The general one behind build_resnet18, and the U-Net with other channels.
    assert set(networks.NETWORKS) == builders - {"build_resnet", "build_colorizer"}


@pytest.mark.parametrize("shape", [(10,), (32, 32, 7)])
def test_pictures_and_labels_are_bytes_of_the_network_s_shapes(shape):
    network = networks.Network(batch=2)
    images, labels = networks.random_pictures(network, shape, count=5)
    assert images.shape == (5, 32, 32, 3)
    assert labels.shape == (5, *shape[:-1])
    assert images.dtype == labels.dtype == np.uint8
    assert labels.max() < shape[-1]


def test_peak_is_the_faster_framework_s_in_each_precision():
    seconds = {
        ("keras", "float32"): [0.2, 0.4, 0.3],
        ("torch", "float32"): [0.6, 0.6, 0.5],
        ("keras", "bfloat16"): [0.2, 0.2, 0.2],
    }
    work = networks.MATMUL_OPERATIONS
    peaks = {"float32": work / 0.3, "bfloat16": work / 0.2}
    assert speed.peaks_of(seconds) == pytest.approx(peaks)


def measured(keras_seconds=(0.5, 0.25, 1.0), torch_parameters=7):
    """Return the entries of a network measured in two precisions and frameworks."""
    seconds = {
        ("keras", "float32"): list(keras_seconds),
        ("torch", "float32"): [1.0, 1.0, 1.0],
        ("keras", "bfloat16"): [0.8, 0.8, 0.8],
        ("torch", "bfloat16"): [0.4, 0.4, 0.4],
    }
    facts = {}
    for framework, precision in seconds:
        facts[framework, precision] = {
            "parameters": 7 if framework == "keras" else torch_parameters,
            "device": "CPU, 2 cores",
            "versions": {framework: "1.2"},
        }
    facts["keras", "float32"]["operations"] = 1000
    peaks = {"float32": 512_000.0, "bfloat16": 1_024_000.0}
    return speed.entries("build_mlp", seconds, facts, peaks)


def test_entry_has_the_median_speed_its_spread_and_its_share_of_the_peak():
    entry = measured()[0]
    batch = networks.NETWORKS["build_mlp"].batch
    assert entry["images_per_second"] == batch / 0.5
    assert (entry["lowest"], entry["highest"]) == (batch / 1.0, batch / 0.25)
    assert entry["share_of_peak"] == pytest.approx(2 * batch * 1000 / 512_000)
    assert entry["rounds"] == 3


def test_networks_of_unequal_size_are_not_compared():
    with pytest.raises(ValueError, match=r"expected equal parameters, found .*8"):
        measured(torch_parameters=8)


def entry(framework, precision, speed, **others):
    """Return an entry as the ledger has it."""
    return {
        "builder": "build_cnn",
        "framework": framework,
        "precision": precision,
        "batch": 64,
        "images_per_second": speed,
        "lowest": speed - 2,
        "highest": speed + 1,
        "rounds": 5,
        "peak": {"float32": 200e9, "bfloat16": 400e9}[precision],
        "share_of_peak": 0.456,
        "device": "CPU, 2 cores",
        "versions": {framework: "1.2"},
    } | others


def test_table_has_both_frameworks_and_the_best_of_each():
    section = speeds.section(
        [
            entry("keras", "float32", 300.0),
            entry("torch", "float32", 200.0),
            entry("keras", "bfloat16", 90.04),
            entry("torch", "bfloat16", 240.0),
        ]
    )
    lines = section.splitlines()
    assert (
        "| build_cnn | float32 | 64 | 300 (298–301) | 46 % | 200 (198–201) | 46 % |"
    ) in lines
    assert (
        "| build_cnn | bfloat16 | 64 | 90.0 (88.0–91.0) | 46 % | 240 (238–241) | 46 % |"
    ) in lines
    best = "| build_cnn | 300 (298–301), float32 | 240 (238–241), bfloat16 | 1.25 |"
    assert best in lines
    assert "float32 200, bfloat16 400 GFLOP/s" in section
    assert "Versions: keras 1.2, torch 1.2." in section


def test_table_says_where_pytorch_was_not_installed():
    section = speeds.section([entry("keras", "float32", 300.0)])
    assert "PyTorch was not installed" in section
    row = "| build_cnn | float32 | 64 | 300 (298–301) | 46 % |"
    assert row in section.splitlines()


def test_recorded_speeds_are_read_back_as_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(speeds, "LEDGER", tmp_path / "speed.jsonl")
    kept = [entry("keras", "float32", 300.0), entry("torch", "float32", 200.0)]
    speeds.keep(kept)
    assert speeds.read() == kept


def test_decoding_is_told_beside_pillow_and_a_loop(tmp_path, monkeypatch):
    street_pairs.write_set(tmp_path, train=3)
    counted = iter([0.5, 0.25, 0.125, 1.0, 0.2, 0.25, 2.0])

    def clock(work, number):
        work()
        return next(counted)

    monkeypatch.setattr(decoding, "ROUNDS", 2)
    monkeypatch.setattr(timeit, "timeit", clock)
    said = decoding.describe("test pairs", pairs.list_files(tmp_path / "train"))
    assert said.startswith("3 pairs (test pairs) to 128×128: 6 pairs a second; ")
    assert "4.00 times the time in which Pillow decodes" in said
    assert "2.50 times that with NumPy arrays" in said
    # 2 s for 2,000 pixels are 16.384 s for a mask, and three masks took 0.5 s.
    assert "would take 98 times as long" in said
