"""What every network that gives each pixel a category has to do."""

import keras
import numpy as np
import pytest

from helpers.networks import answers, take_step
from pixelwise import models
from pixelwise.models import backbones, fcn

SMALL = "efficientnet_lite0"


def small_fcn(**others):
    return models.build_fcn(backbone=SMALL, **others)


def small_better_fcn(**others):
    return models.build_better_fcn(backbone=SMALL, **others)


def narrow_segmenter(**others):
    return models.build_resnet18_segmenter(width=16, **others)


def narrow_unet(**others):
    return models.build_unet(width=4, **others)


BUILDERS = [small_fcn, small_better_fcn, narrow_segmenter, narrow_unet]
FROZEN = [small_fcn, small_better_fcn]


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 256, (3, 32, 64, 3), dtype="uint8")


@pytest.fixture
def masks():
    return np.random.default_rng(1).integers(0, 5, (3, 32, 64), dtype="uint8")


@pytest.mark.parametrize("build", BUILDERS)
def test_a_float32_logit_for_each_category_at_each_pixel(build, pixels):
    model = build(input_shape=(32, 64, 3), num_classes=5)
    logits = answers(model, pixels)
    assert logits.shape == (3, 32, 64, 5)
    assert logits.dtype == np.float32
    assert np.any(logits < 0)  # logits: not yet through softmax


@pytest.mark.parametrize("build", BUILDERS)
def test_logits_stay_float32_with_16_bits(build, pixels):
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = build(input_shape=(32, 64, 3))
        assert answers(model, pixels).dtype == np.float32
    finally:
        keras.config.set_dtype_policy(before)


@pytest.mark.parametrize("build", BUILDERS)
def test_every_trainable_weight_is_moved_by_training(build, pixels, masks):
    model = build(input_shape=(32, 64, 3), num_classes=5)
    before = [np.array(weight) for weight in model.trainable_weights]
    take_step(model, pixels, masks)
    after = [np.array(weight) for weight in model.trainable_weights]
    assert all(np.any(a != b) for a, b in zip(after, before, strict=True))


@pytest.mark.parametrize("build", FROZEN)
def test_the_backbone_stays_as_it_was(build, pixels, masks):
    model = build(input_shape=(32, 64, 3), num_classes=5)
    base = backbones.backbone_of(model)
    before = base.get_weights()
    take_step(model, pixels, masks)
    assert all(map(np.array_equal, base.get_weights(), before))


@pytest.mark.parametrize("build", FROZEN)
def test_the_last_stage_can_be_unfrozen(build):
    model = build(input_shape=(32, 64, 3))
    frozen = len(model.trainable_weights)
    backbones.unfreeze(model, stages=1)
    # The kernels of five blocks: one fewer in the first, and one more of the head.
    assert len(model.trainable_weights) == frozen + 5 * 3


@pytest.mark.parametrize("build", BUILDERS)
def test_saved_and_loaded_gives_the_same_logits(build, pixels, tmp_path):
    model = build(input_shape=(32, 64, 3))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    one, other = (answers(each, pixels) for each in (model, loaded))
    assert np.allclose(one, other, atol=1e-4)


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("number", [0, -1, 2.0, True])
def test_wrong_number_of_classes_is_named(build, number):
    with pytest.raises(ValueError, match="num_classes"):
        build(num_classes=number)


@pytest.mark.parametrize("build", [small_better_fcn, narrow_segmenter])
def test_sizes_that_cannot_be_halved_five_times_are_named(build):
    with pytest.raises(ValueError, match=r"multiples of 32.*48×64"):
        build(input_shape=(48, 64, 3))


def test_sizes_that_cannot_be_halved_four_times_are_named():
    with pytest.raises(ValueError, match=r"multiples of 16.*40×64"):
        narrow_unet(input_shape=(40, 64, 3))


def test_fcn_on_resnet50_has_the_published_size():
    model = models.build_fcn(backbone="resnet50", weights=None)
    assert model.count_params() == 23_602_055
    trained = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    assert trained == 2048 * 7 + 7
    assert "23,602,055 parameters" in models.build_fcn.__doc__


def test_fcn_resizes_logits_and_takes_any_size(pixels):
    model = small_fcn(input_shape=(33, 70, 3))
    assert model.output_shape == (None, 33, 70, 7)
    coarse = keras.Model(model.input, model.get_layer("logits_32").output)
    pixels = np.pad(pixels, ((0, 0), (0, 1), (0, 6), (0, 0)))
    small, whole = (answers(m, pixels) for m in (coarse, model))
    assert small.shape == (3, 2, 3, 7)
    resized = keras.ops.image.resize(small, (33, 70), interpolation="bilinear")
    assert np.allclose(keras.ops.convert_to_numpy(resized), whole, atol=1e-5)


@pytest.mark.parametrize(
    ("stride", "finest"), [(16, (4, 5)), (8, (8, 10)), (4, (16, 20))]
)
def test_finer_strides_add_the_logits_of_earlier_stages(stride, finest, pixels):
    model = small_fcn(input_shape=(64, 80, 3), stride=stride)
    pixels = np.pad(pixels, ((0, 0), (0, 32), (0, 16), (0, 0)))
    names = [f"logits_{each}" for each in fcn.STRIDES if each >= stride]
    parts = keras.Model(model.input, [model.get_layer(n).output for n in names])
    total = None
    for scores in answers(parts, pixels):
        if total is not None:
            size = scores.shape[1:3]
            scores = scores + keras.ops.image.resize(total, size, "bilinear")
        total = keras.ops.convert_to_numpy(scores)
    assert total.shape[1:3] == finest
    whole = keras.ops.image.resize(total, (64, 80), "bilinear")
    found = answers(model, pixels)
    assert np.allclose(keras.ops.convert_to_numpy(whole), found, atol=1e-4)


@pytest.mark.parametrize("stride", [2, 64, "8"])
def test_a_stride_that_does_not_exist_is_named(stride):
    with pytest.raises(ValueError, match="stride: expected one of"):
        small_fcn(stride=stride)


def test_decoder_has_the_published_channels():
    model = small_better_fcn(input_shape=(64, 32, 3))
    ups = [layer for layer in model.layers if layer.name.startswith("up")]
    assert [layer.filters for layer in ups] == [256, 128, 64, 32, 16]
    assert [layer.output.shape[1:3] for layer in ups][-1] == (64, 32)
    assert all(layer.kernel_size == (3, 3) for layer in ups)


def test_segmenter_begins_as_resnet18_does():
    segmenter = models.build_resnet18_segmenter(width=64)
    resnet = models.build_resnet18((128, 128, 3), stem="imagenet")
    names = [layer.name for layer in segmenter.layers]
    assert names[: names.index("up1")] == [x.name for x in resnet.layers[:-2]]
    shapes = [tuple(w.shape) for w in resnet.weights[:-2]]
    assert [tuple(w.shape) for w in segmenter.weights][: len(shapes)] == shapes


def test_unet_has_the_published_size():
    model = models.build_unet()
    assert model.count_params() == 31_032_135
    assert "31,032,135 parameters" in models.build_unet.__doc__


def test_unet_without_skips_has_the_same_layers_but_for_the_joins():
    whole, without = narrow_unet(), narrow_unet(skips=False)
    names = [layer.name for layer in whole.layers]
    joins = {name for name in names if name.endswith("_join")}
    assert len(joins) == 4
    assert {layer.name for layer in without.layers} == set(names) - joins


def test_unet_joins_maps_of_one_size_and_as_many_channels():
    model = narrow_unet()
    for level in (1, 2, 3, 4):
        across, upwards = model.get_layer(f"up{level}_join").input
        assert across.shape == upwards.shape
        assert across.shape[-1] == 4 * 2 ** (level - 1)
        assert across is model.get_layer(f"down{level}_2_relu").output


def test_unet_with_batch_norm_has_it_after_every_convolution_but_the_last():
    model = narrow_unet(batch_norm=True)
    kinds = [type(layer).__name__ for layer in model.layers]
    assert kinds.count("BatchNormalization") == kinds.count("Conv2D") - 1
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            assert layer.use_bias == (layer.name == "logits")
