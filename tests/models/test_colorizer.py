"""What the network of chapter 8 has to do."""

import keras
import numpy as np
import pytest

from helpers.networks import answers
from pixelwise import models


def narrow(**others):
    return models.build_colorizer(**({"width": 4} | others))


@pytest.fixture
def lightness():
    generator = np.random.default_rng(0)
    return generator.uniform(-1, 1, (3, 32, 48, 1)).astype("float32")


def test_has_the_size_that_it_says():
    model = models.build_colorizer()
    assert model.input_shape == (None, 128, 128, 1)
    assert model.output_shape == (None, 128, 128, 2)
    assert model.count_params() == 31_030_658
    assert "31,030,658 parameters" in models.build_colorizer.__doc__


def test_is_the_unet_with_one_channel_in_and_two_numbers_out():
    colorizer, unet = narrow(), models.build_unet(width=4)
    within = [layer for layer in unet.layers if layer.name.startswith(("down", "up"))]
    for layer in within:
        twin = colorizer.get_layer(layer.name)
        if layer.name != "down1_1_conv":
            assert twin.get_config() == layer.get_config()
            assert twin.count_params() == layer.count_params()


@pytest.mark.parametrize("skips", [True, False])
@pytest.mark.parametrize("batch_norm", [True, False])
def test_every_weight_is_moved_by_training(skips, batch_norm, lightness):
    model = narrow(input_shape=(32, 48, 1), skips=skips, batch_norm=batch_norm)
    chroma = np.random.default_rng(1).uniform(-1, 1, (3, 32, 48, 2))
    model.compile(keras.optimizers.SGD(1.0), "mean_absolute_error", run_eagerly=True)
    before = [np.array(weight) for weight in model.trainable_weights]
    model.fit(lightness, chroma.astype("float32"), epochs=2, verbose=0)
    after = [np.array(weight) for weight in model.trainable_weights]
    assert all(np.any(a != b) for a, b in zip(after, before, strict=True))


def test_begins_by_saying_nearly_grey(lightness):
    said = answers(narrow(input_shape=(32, 48, 1), width=16), lightness)
    assert said.dtype == np.float32
    assert np.abs(said).max() < 0.05


def test_without_skips_it_has_the_same_layers_but_for_the_joins():
    names = [layer.name for layer in narrow().layers]
    joins = {name for name in names if name.endswith("_join")}
    assert len(joins) == 4
    assert {layer.name for layer in narrow(skips=False).layers} == set(names) - joins


def test_with_bins_it_says_a_float32_logit_for_each(lightness):
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = narrow(input_shape=(32, 48, 1), num_bins=11)
    finally:
        keras.config.set_dtype_policy(before)
    logits = answers(model, lightness)
    assert logits.shape == (3, 32, 48, 11)
    assert logits.dtype == np.float32
    assert model.layers[-1].name == "logits"


def test_saved_and_loaded_paints_the_same(lightness, tmp_path):
    model = narrow(input_shape=(32, 48, 1))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    one, other = (answers(each, lightness) for each in (model, loaded))
    assert np.allclose(one, other, atol=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"input_shape": (32, 32, 3)}, "one channel, the lightness, found 3"),
        ({"input_shape": (40, 32, 1)}, "multiples of 16.*40×32"),
        ({"input_shape": (32, 32)}, "three positive integers"),
        ({"width": 0}, "width: expected an integer >= 1"),
        ({"num_bins": 0}, "num_bins: expected an integer >= 1"),
        ({"num_bins": 2.5}, "num_bins"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        narrow(**arguments)
