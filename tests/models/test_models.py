"""One body of tests that every builder runs through, and what is special to each."""

import functools

import keras
import numpy as np
import pytest

from helpers.networks import answers, take_step
from pixelwise import models

BUILDERS = {
    "build_mlp": models.build_mlp,
    "build_better_mlp": models.build_better_mlp,
    "build_cnn": models.build_cnn,
    "build_resnet18": models.build_resnet18,
    "build_fast_cnn": models.build_fast_cnn,
}
# What a test trains is narrow, as far as the network has a width.
NARROW = {
    "build_mlp": {},
    "build_better_mlp": {},
    "build_cnn": {"width": 8},
    "build_resnet18": {"width": 8},
    "build_fast_cnn": {"width": 8},
}
# From the layers' definitions, by hand: sum of inputs x units + units, four numbers a
# unit of batch norm, 9 x channels in x channels out + channels out.
PARAMETERS = {
    "build_mlp": 786_688 + 32_896 + 8_256 + 2_080 + 330,
    "build_better_mlp": 786_688 + 32_896 + 8_256 + 2_080 + 330 + 4 * (256 + 64),
    "build_cnn": (
        (1_792 + 36_928)
        + (73_856 + 147_584)
        + (295_168 + 590_080)
        + (4_096 * 256 + 256 + 32_896 + 8_256 + 2_080 + 330 + 1_280)
    ),
    "build_resnet18": (
        (27 * 64 + 4 * 64)
        + 4 * (9 * 64**2 + 4 * 64)
        + ((9 * 64 + 64) * 128 + 3 * 9 * 128**2 + 5 * 4 * 128)
        + ((9 * 128 + 128) * 256 + 3 * 9 * 256**2 + 5 * 4 * 256)
        + ((9 * 256 + 256) * 512 + 3 * 9 * 512**2 + 5 * 4 * 512)
        + (512 * 10 + 10)
    ),
    "build_fast_cnn": (
        12 * 24
        + (9 * 24 * 64 + 9 * 64**2 + 2 * 3 * 64)
        + (9 * 64 * 256 + 9 * 256**2 + 2 * 3 * 256)
        + (2 * 9 * 256**2 + 2 * 3 * 256)
        + 256 * 10
    ),
}


@pytest.fixture(params=BUILDERS)
def name(request):
    return request.param


@pytest.fixture
def build(name):
    return BUILDERS[name]


@pytest.fixture
def narrow(name, build):
    return functools.partial(build, **NARROW[name])


@pytest.fixture
def pixels():
    generator = np.random.default_rng(0)
    return generator.integers(0, 256, (6, 32, 32, 3), dtype=np.uint8)


def test_default_is_the_published_size(name, build):
    assert build().count_params() == PARAMETERS[name]


def test_parameters_stated_in_the_docstring_are_right(name, build):
    assert f"{PARAMETERS[name]:,} parameters" in build.__doc__


def test_pixels_in_one_logit_a_class_out(narrow, pixels):
    logits = answers(narrow(num_classes=7), pixels)
    assert logits.shape == (6, 7)
    assert logits.dtype == np.float32
    # Logits: not yet through softmax.
    assert not np.allclose(logits.sum(axis=-1), 1, atol=1e-2)


def test_other_picture_sizes(narrow):
    model = narrow(input_shape=(40, 24, 1), num_classes=3)
    assert model.output_shape == (None, 3)


def test_untrained_loss_is_near_that_of_knowing_nothing(name, build, pixels):
    keras.utils.set_random_seed(0)
    labels = np.arange(6) % 10
    # In training mode: an untrained batch norm has no averages for inference yet.
    loss = take_step(build(), pixels, labels)
    # A ResNet's features are of size 1 each, so its first logits are larger.
    within = 1.5 if name == "build_resnet18" else 0.8
    assert loss == pytest.approx(np.log(10), abs=within)


def test_every_trainable_weight_is_moved_by_a_step(narrow, pixels):
    keras.utils.set_random_seed(0)
    model = narrow()
    before = [np.array(weight) for weight in model.trainable_weights]
    take_step(model, pixels, np.arange(6))
    for weight, was in zip(model.trainable_weights, before, strict=True):
        assert not np.array_equal(np.array(weight), was), weight.path


def test_saved_and_loaded_gives_the_same_logits(narrow, pixels, tmp_path):
    model = narrow()
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(
        answers(loaded, pixels), answers(model, pixels), rtol=1e-5
    )


def test_pixels_are_divided_by_255_inside_the_model(narrow, pixels):
    model = narrow()
    (scale,) = [layer for layer in model.layers if layer.name == "scale"]
    scaled = keras.ops.convert_to_numpy(scale(pixels))
    np.testing.assert_allclose(scaled, pixels / 255, atol=1e-6)


def test_preprocessing_replaces_the_division(narrow, pixels):
    standardise = keras.layers.Normalization(mean=[1, 2, 3], variance=[4, 4, 4])
    model = narrow(preprocessing=standardise)
    assert standardise in model.layers
    assert "scale" not in [layer.name for layer in model.layers]
    assert model.count_params() == narrow().count_params()


def test_logits_stay_float32_in_mixed_precision(narrow, pixels):
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = narrow()
    finally:
        keras.config.set_dtype_policy("float32")
    assert model.layers[-2].compute_dtype == "bfloat16"
    assert answers(model, pixels).dtype == np.float32


@pytest.mark.parametrize("shape", [(32, 32), (32, 32, 0), (32, 32.0, 3), (0, 32, 3)])
def test_wrong_shape_is_named(build, shape):
    with pytest.raises(ValueError, match="input_shape: expected") as error:
        build(input_shape=shape)
    assert str(shape) in str(error.value)


@pytest.mark.parametrize("number", [0, -1, 2.5, True])
def test_wrong_number_of_classes_is_named(build, number):
    with pytest.raises(ValueError, match=f"num_classes: .* found {number}"):
        build(num_classes=number)


def test_batch_norm_follows_odd_layers_and_dropout_even_ones():
    kinds = [type(layer).__name__ for layer in models.build_better_mlp().layers[2:]]
    pair = ["Dense", "BatchNormalization", "Dense", "Dropout"]
    assert kinds == [*pair, *pair, "Dense"]


def test_dropout_and_l2_are_those_asked_for():
    model = models.build_better_mlp(dropout=0.3, l2=0.01)
    rates = {layer.rate for layer in model.layers if hasattr(layer, "rate")}
    assert rates == {0.3}
    hidden = model.get_layer("dense_1")
    expected = 0.01 * float(np.sum(np.square(hidden.get_weights()[0])))
    assert float(model.losses[0]) == pytest.approx(expected, rel=1e-4)
    assert len(model.losses) == 4


def test_better_mlp_without_additions_is_the_mlp():
    plain = models.build_better_mlp(batch_norm=False, dropout=0.0)
    assert plain.count_params() == PARAMETERS["build_mlp"]
    kinds = {type(layer).__name__ for layer in plain.layers}
    assert kinds == {"Rescaling", "Flatten", "Dense"}


def test_cnn_halves_three_times_and_doubles_its_channels():
    model = models.build_cnn()
    shapes = [model.get_layer(f"pool_{i}").output.shape[1:] for i in (1, 2, 3)]
    assert shapes == [(16, 16, 64), (8, 8, 128), (4, 4, 256)]


@pytest.mark.parametrize("width", [1, 8])
def test_cnn_takes_any_width(width, pixels):
    model = models.build_cnn(width=width)
    assert model.get_layer("conv_3_2").filters == 4 * width
    assert answers(model, pixels).shape == (6, 10)


def trained(model):
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def test_resnet18_has_the_parameters_of_the_paper():
    assert trained(models.build_resnet18(stem="cifar")) == 11_173_962
    large = models.build_resnet18((224, 224, 3), 1000, stem="imagenet")
    assert trained(large) == 11_689_512
    assert "11,173,962" in models.build_resnet18.__doc__
    assert "11,689,512" in models.build_resnet18.__doc__


def test_resnet18_has_eighteen_layers_with_weights_and_no_bias_in_convolutions():
    model = models.build_resnet18(width=4)
    convolutions = [x for x in model.layers if isinstance(x, keras.layers.Conv2D)]
    on_the_way = [x for x in convolutions if "project" not in x.name]
    assert len(on_the_way) + 1 == 18  # the last one is dense
    assert len(convolutions) - len(on_the_way) == 3
    assert not any(layer.use_bias for layer in convolutions)


def test_resnet18_halves_and_doubles_from_stage_to_stage():
    model = models.build_resnet18(width=8)
    shapes = [model.get_layer(f"stage{i}_block2_out").output.shape[1:] for i in (1, 4)]
    assert shapes == [(32, 32, 8), (4, 4, 64)]
    small = models.build_resnet18((64, 96, 3), width=8, stem="imagenet")
    assert small.get_layer("stem_pool").output.shape[1:] == (16, 24, 8)
    assert small.get_layer("stage4_block2_out").output.shape[1:] == (2, 3, 64)


def test_resnet18_starts_from_he_s_spread():
    keras.utils.set_random_seed(0)
    kernel = models.build_resnet18().get_layer("stage4_block2_1_conv").get_weights()[0]
    assert kernel.std() == pytest.approx((2 / (9 * 512)) ** 0.5, rel=0.01)


def test_a_residual_block_adds_its_input(pixels):
    """With the last batch norm's scale and shift at 0, a block returns its input."""
    model = models.build_resnet18(width=4)
    norm = model.get_layer("stage1_block1_2_norm")
    norm.gamma.assign(np.zeros(4))
    ends = [model.get_layer(n).output for n in ("stem_relu", "stage1_block1_out")]
    before, after = answers(keras.Model(model.inputs[0], ends), pixels)
    np.testing.assert_allclose(after, before, atol=1e-6)
    assert before.max() > 0


def test_a_plain_network_adds_nothing(pixels):
    model = models.build_resnet(width=4, shortcuts=False)
    model.get_layer("stage1_block1_2_norm").gamma.assign(np.zeros(4))
    end = model.get_layer("stage1_block1_out").output
    maps = answers(keras.Model(model.inputs[0], end), pixels)
    assert np.all(maps == 0)


def test_resnet_without_batch_norm_has_biases_instead():
    model = models.build_resnet(width=4, batch_norm=False)
    kinds = {type(layer).__name__ for layer in model.layers}
    assert "BatchNormalization" not in kinds
    assert model.get_layer("stage1_block1_1_conv").use_bias


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"stem": "large"}, r"stem: expected one of .*'cifar'.* found 'large'"),
        ({"input_shape": (4, 32, 3)}, "must be 8 or more.* found 4×32"),
        ({"input_shape": (31, 40, 3), "stem": "imagenet"}, "32 or more.* found 31×40"),
        ({"width": 0}, "width: expected an integer >= 1, found 0"),
    ],
)
def test_resnet18_names_what_it_cannot_take(wrong, said):
    with pytest.raises(ValueError, match=said):
        models.build_resnet18(**wrong)


def test_resnet_needs_a_stage():
    with pytest.raises(ValueError, match="blocks: expected at least one stage"):
        models.build_resnet(blocks=())


def test_whitened_patches_are_uncorrelated_with_variance_one():
    generator = np.random.default_rng(3)
    grey = generator.normal(128, 40, (200, 9, 9, 1)).repeat(3, axis=3)
    images = np.clip(grey + generator.normal(0, 20, grey.shape), 0, 255)
    mean, variance = images.mean((0, 1, 2)), images.var((0, 1, 2))
    kernel = models.whitening_kernel(images, mean, variance, least=0.0)
    assert kernel.shape == (2, 2, 3, 24)
    np.testing.assert_array_equal(kernel[..., 12:], -kernel[..., :12])
    scaled = (images - mean) / np.sqrt(variance)
    layer = keras.layers.Conv2D(24, 2, use_bias=False)
    layer.build((None, 9, 9, 3))
    layer.set_weights([kernel])
    answers = keras.ops.convert_to_numpy(layer(scaled))[..., :12].reshape(-1, 12)
    second_moments = answers.T @ answers / len(answers)
    np.testing.assert_allclose(second_moments, np.eye(12), atol=2e-3)


def test_whitening_is_not_trained_and_must_fit():
    kernel = np.ones((2, 2, 3, 24), "float32")
    model = models.build_fast_cnn(width=4, whitening=kernel)
    np.testing.assert_array_equal(model.get_layer("patches").get_weights()[0], kernel)
    assert not model.get_layer("patches").trainable_weights
    with pytest.raises(ValueError, match=r"\(2, 2, 1, 8\), found \(2, 2, 3, 24\)"):
        models.build_fast_cnn((32, 32, 1), width=4, whitening=kernel)


def test_fast_cnn_refuses_pictures_that_vanish():
    with pytest.raises(ValueError, match=r"9 or more.* found 8×32"):
        models.build_fast_cnn((8, 32, 3))


def test_cnn_refuses_pictures_that_cannot_be_halved_three_times():
    with pytest.raises(ValueError, match=r"multiples of 8.* found 36×32"):
        models.build_cnn(input_shape=(36, 32, 3))
