"""The package's batch norm against Keras' own, which it must not differ from."""

import importlib.util
import os
import subprocess
import sys

import keras
import numpy as np
import pytest

from helpers import ROOT
from pixelwise import models
from pixelwise.models.batch_norm import BatchNormalization

BACKEND = keras.config.backend()
on_tensorflow = pytest.mark.skipif(BACKEND != "tensorflow", reason="TensorFlow's own")
KINDS = keras.layers.BatchNormalization, BatchNormalization
TOLERANCES = {"float32": 2e-5, "mixed_bfloat16": 3e-2, "mixed_float16": 4e-3}
RELATIVE = {"float32": 1e-5, "mixed_bfloat16": 2e-2, "mixed_float16": 2e-3}
CHANNELS = 3, 16  # a part of a vector, and a whole one
CASES = [
    dict(),
    dict(scale=False),
    dict(center=False),
    dict(scale=False, center=False, momentum=0.6),
    dict(epsilon=1e-5, momentum=0.9),
    dict(axis=3),
]


def draw(shape=(4, 6, 5, 3), seed=0):
    generator = np.random.default_rng(seed)
    spread = generator.uniform(0.5, 3, shape[-1])
    return (generator.normal(size=shape) * spread + 2).astype("float32")


def both_layers(shape=(4, 6, 5, 3), **settings):
    """Return Keras' layer and the package's, with the same weights."""
    pair = [kind(**settings) for kind in KINDS]
    for layer in pair:
        layer.build(shape)
    generator = np.random.default_rng(1)
    weights = [generator.uniform(0.5, 2, w.shape) for w in pair[0].weights]
    for layer in pair:
        layer.set_weights(weights)
    return pair


def numbers(value):
    return keras.ops.convert_to_numpy(keras.ops.cast(value, "float32"))


def distance(one, other):
    """Return the norm of the difference, in shares of the whole."""
    difference = np.subtract(one, other)
    return np.linalg.norm(difference) / (np.linalg.norm(one) + 1e-3)


def assert_same(pair, tolerance):
    one, other = pair
    np.testing.assert_allclose(one, other, atol=tolerance, rtol=tolerance)


@pytest.mark.parametrize("policy", TOLERANCES)
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("settings", CASES)
@pytest.mark.parametrize("channels", CHANNELS)
def test_outputs_and_moving_statistics_are_keras_own(
    channels, settings, training, policy
):
    shape = 4, 6, 5, channels
    pair = both_layers(shape, dtype=policy, **settings)
    for seed in range(3):
        maps = draw(shape, seed)
        outputs = [layer(maps, training=training) for layer in pair]
        assert outputs[0].dtype == outputs[1].dtype
        assert_same(map(numbers, outputs), TOLERANCES[policy])
    for weights in zip(*(layer.get_weights() for layer in pair), strict=True):
        assert_same(weights, TOLERANCES[policy])


def test_the_moving_variance_is_the_biased_one():
    layer = BatchNormalization(momentum=0.0)
    maps = draw((2, 3, 1, 4))
    layer(maps, training=True)
    assert_same((numbers(layer.moving_variance), maps.var(axis=(0, 1, 2))), 1e-5)


def test_frozen_it_goes_by_its_averages():
    pair = both_layers()
    for layer in pair:
        layer.trainable = False
    before = pair[1].get_weights()
    maps = draw()
    assert_same([numbers(layer(maps, training=True)) for layer in pair], 2e-5)
    assert all(map(np.array_equal, before, pair[1].get_weights()))


@pytest.mark.parametrize("shape", [(1, 1, 1, 3), (1, 1, 2, 3), (3, 1, 1, 1)])
def test_few_pixels(shape):
    pair = both_layers(shape)
    maps = draw(shape)
    assert_same([numbers(layer(maps, training=True)) for layer in pair], 1e-3)
    assert_same([layer.get_weights()[3] for layer in pair], 1e-5)


@pytest.mark.parametrize(
    ("shape", "settings"),
    [
        ((8, 5), {}),
        ((4, 7, 5), {}),
        ((2, 3, 4, 4, 5), {}),
        ((4, 6, 5, 3), {"axis": 1}),
        ((4, 6, 5, 3), {"dtype": "float64"}),
        ((4, 6, 5, 3), {"dtype": "float16"}),
    ],
)
def test_what_cannot_be_fused_is_left_to_keras(shape, settings):
    pair = both_layers(shape, **settings)
    maps = draw(shape)
    for training in (True, False):
        outputs = [layer(maps, training=training) for layer in pair]
        assert outputs[0].dtype == outputs[1].dtype
        assert_same(map(numbers, outputs), 1e-6)


def test_a_mask_is_respected():
    pair = both_layers()
    maps, mask = draw(), np.arange(120).reshape(4, 6, 5) % 3 > 0
    outputs = [layer(maps, training=True, mask=mask) for layer in pair]
    assert_same(map(numbers, outputs), 1e-6)


@pytest.mark.parametrize("policy", TOLERANCES)
@pytest.mark.parametrize("frozen", [False, True])
def test_a_network_is_trained_as_with_keras_layer(policy, frozen):
    trained = []
    for norm in KINDS:
        model = small_network(norm, policy, frozen)
        model.compile(keras.optimizers.SGD(0.05), "mse")
        losses = [
            model.train_on_batch(draw(seed=seed), np.full((4, 2), 0.5))
            for seed in range(4)
        ]
        trained.append((losses, *model.get_weights()))
    for found in zip(*trained, strict=True):
        assert distance(*found) < RELATIVE[policy]


def small_network(norm, policy, frozen=False):
    keras.utils.set_random_seed(0)
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    first, second = norm(), norm(scale=False, momentum=0.5)
    first.trainable = not frozen
    model = keras.Sequential(
        [
            keras.Input((6, 5, 3)),
            keras.layers.Conv2D(4, 3, padding="same", use_bias=False),
            first,
            keras.layers.ReLU(),
            keras.layers.Conv2D(5, 3, use_bias=False),
            second,
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2, dtype="float32"),
        ]
    )
    keras.config.set_dtype_policy(before)
    return model


@on_tensorflow
@pytest.mark.parametrize("policy", TOLERANCES)
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("settings", CASES)
@pytest.mark.parametrize("channels", CHANNELS)
def test_gradients_are_keras_own(channels, settings, training, policy):
    import tensorflow as tf

    shape = 4, 6, 5, channels
    towards = tf.constant(draw(shape, seed=7))
    found = []
    for layer in both_layers(shape, dtype=policy, **settings):
        maps = tf.Variable(draw(shape))
        with tf.GradientTape() as tape:
            outputs = layer(maps, training=training)
            loss = tf.reduce_sum(tf.cast(outputs, "float32") * towards)
        sources = [maps, *(w.value for w in layer.trainable_weights)]
        found.append([numbers(g) for g in tape.gradient(loss, sources)])
    for pair in zip(*found, strict=True):
        assert distance(*pair) < RELATIVE[policy]


@on_tensorflow
@pytest.mark.parametrize("training", [True, False])
def test_the_fused_operation_is_the_one_that_is_taken(training):
    import tensorflow as tf

    layer = BatchNormalization()
    layer.build((None, 6, 5, 3))
    traced = tf.function(lambda maps: layer(maps, training=training))
    graph = traced.get_concrete_function(tf.TensorSpec((None, 6, 5, 3))).graph
    kinds = [operation.type for operation in graph.get_operations()]
    assert kinds.count("FusedBatchNormV3") == 1
    assert not {"Mean", "Rsqrt", "SquaredDifference"} & set(kinds)


@on_tensorflow
@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize(("mean", "spread"), [(2, 1), (10, 0.1), (1000, 1), (-3000, 1)])
def test_a_mean_far_from_zero_costs_no_accuracy(mean, spread, compiled):
    import tensorflow as tf

    layer = BatchNormalization(momentum=0.0)
    layer.build((None, 6, 5, 3))
    maps = draw() * spread + mean
    call = tf.function(layer.__call__, jit_compile=compiled)
    outputs = numbers(call(maps, training=True))
    exact = maps.astype("float64")
    middle, variance = exact.mean((0, 1, 2)), exact.var((0, 1, 2))
    wanted = (exact - middle) / np.sqrt(variance + layer.epsilon)
    np.testing.assert_allclose(outputs, wanted, atol=2e-3)
    np.testing.assert_allclose(layer.moving_variance, variance, rtol=2e-3)


def test_configuration_and_weights_go_both_ways():
    settings = dict(momentum=0.7, epsilon=1e-4, scale=False, name="norm")
    theirs, mine = both_layers(**settings)
    assert mine.get_config() == theirs.get_config()
    assert BatchNormalization.from_config(theirs.get_config()).momentum == 0.7
    for one, other in ((theirs, mine), (mine, theirs)):
        found = [(w.name, w.shape, w.dtype, w.trainable) for w in one.weights]
        wanted = [(w.name, w.shape, w.dtype, w.trainable) for w in other.weights]
        assert found == wanted
    keras.backend.clear_session()
    assert BatchNormalization().name == "batch_normalization"


def test_weights_files_go_both_ways(tmp_path):
    kinds = {"theirs": keras.layers.BatchNormalization, "mine": BatchNormalization}
    built = {name: small_network(kind, "float32") for name, kind in kinds.items()}
    for name, model in built.items():
        model.set_weights([w + len(name) for w in model.get_weights()])
        model.save_weights(tmp_path / f"{name}.weights.h5")
    for source, target in (("theirs", "mine"), ("mine", "theirs")):
        expected = built[source].get_weights()
        fresh = small_network(kinds[target], "float32")
        fresh.load_weights(tmp_path / f"{source}.weights.h5")
        assert all(map(np.array_equal, fresh.get_weights(), expected))


def test_a_saved_model_is_loaded_by_this_package_and_by_keras_alone(tmp_path):
    path = tmp_path / "model.keras"
    model = small_network(BatchNormalization, "float32")
    model.save(path)
    maps = draw()
    expected = numbers(model(maps))
    loaded = keras.saving.load_model(path)
    assert isinstance(loaded.layers[1], BatchNormalization)
    assert_same((numbers(loaded(maps)), expected), 1e-6)

    # A reader without this package, who does as the layer's docstring says.
    np.savez(tmp_path / "maps.npz", maps=maps, expected=expected)
    subprocess.run([sys.executable, "-c", KERAS_ALONE], cwd=tmp_path, check=True)


KERAS_ALONE = """
import sys, keras, numpy
norm = keras.layers.BatchNormalization
model = keras.saving.load_model(
    "model.keras", custom_objects={"pixelwise>BatchNormalization": norm}
)
assert type(model.layers[1]) is norm and "pixelwise" not in sys.modules
kept = numpy.load("maps.npz")
found = keras.ops.convert_to_numpy(model(kept["maps"]))
numpy.testing.assert_allclose(found, kept["expected"], atol=1e-5)
"""


def test_a_model_that_was_saved_with_keras_layer_is_loaded(tmp_path):
    small_network(keras.layers.BatchNormalization, "float32").save(tmp_path / "m.keras")
    loaded = keras.saving.load_model(tmp_path / "m.keras")
    assert type(loaded.layers[1]) is keras.layers.BatchNormalization


@pytest.mark.parametrize(
    "build",
    [
        lambda: models.build_resnet18(width=4),
        lambda: models.build_unet((32, 32, 3), width=2, batch_norm=True),
        lambda: models.build_fast_cnn(width=4),
        lambda: models.build_fcn((32, 32, 3), weights=None),
        lambda: models.build_fcn((32, 32, 3), backbone="resnet50", weights=None),
    ],
)
def test_the_builders_take_it(build):
    norms = [
        layer
        for layer in build()._flatten_layers()
        if isinstance(layer, keras.layers.BatchNormalization)
    ]
    assert norms
    assert all(isinstance(layer, BatchNormalization) for layer in norms)


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_other_backends_take_keras_own_way(backend):
    """Run this file's tests on another backend, where it is installed."""
    if BACKEND != "tensorflow" or importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", __file__, "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=os.environ | {"KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
