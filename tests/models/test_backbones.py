import sys
from urllib.error import URLError

import h5py
import keras
import numpy as np
import pytest

import drawntown
from helpers.networks import answers
from pixelwise import models
from pixelwise.models import backbones

LITE0 = "efficientnet_lite0"
LITE0_PARAMETERS = 4_652_008 + 42_016 - 1_281_000  # with averages, without the top


@pytest.fixture(scope="module")
def resnet50():
    return backbones.build_backbone(backbone="resnet50", weights=None)


@pytest.fixture(scope="module")
def small():
    return backbones.build_backbone((64, 64, 3), LITE0, weights=None)


@pytest.fixture(scope="module")
def pixels():
    generator = np.random.default_rng(0)
    return generator.integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)


def same_weights(one, other):
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def test_resnet50_is_keras_network_on_keras_preprocessing(resnet50, pixels):
    reference = keras.applications.ResNet50(
        include_top=False, weights=None, input_shape=(32, 32, 3)
    )
    reference.set_weights(resnet50.get_weights())
    prepared = keras.applications.resnet50.preprocess_input(pixels.astype("float32"))
    np.testing.assert_allclose(
        answers(resnet50, pixels),
        answers(reference, prepared),
        atol=1e-5,
        rtol=1e-4,
    )


def test_preprocessing_equals_keras_in_reduced_precision_too(pixels):
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = backbones.build_backbone(backbone="resnet50", weights=None)
    finally:
        keras.config.set_dtype_policy("float32")
    layer = model.get_layer("imagenet_pixels")
    wanted = keras.applications.resnet50.preprocess_input(pixels.astype("float32"))
    found = keras.ops.convert_to_numpy(layer(pixels))
    np.testing.assert_allclose(found, wanted, atol=1e-4)


@pytest.mark.parametrize(("found", "kind"), [([], "float32"), (["gpu:0"], "bfloat16")])
def test_lite0_computes_in_16_bits_only_where_they_are_faster(monkeypatch, found, kind):
    monkeypatch.setattr(backbones.run, "accelerators", lambda: found)
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        backbone = backbones.build_backbone((32, 32, 3), LITE0, None)
        assert keras.config.dtype_policy().name == "mixed_bfloat16"
    finally:
        keras.config.set_dtype_policy("float32")
    assert (
        backbone.get_layer("stage2_group2_block1_depthwise_conv").compute_dtype == kind
    )


def test_lite0_scales_pixels_as_it_was_trained(small):
    pixels = np.array([0, 127, 255], "uint8").reshape(1, 1, 1, 3)
    scaled = keras.ops.convert_to_numpy(small.get_layer("scale")(pixels))
    np.testing.assert_allclose(scaled.ravel(), [-127 / 128, 0, 1], atol=1e-6)


def test_sizes(resnet50, small):
    assert resnet50.count_params() == 23_587_712  # as Keras documents it, without top
    assert small.count_params() == LITE0_PARAMETERS


def test_both_halve_five_times(resnet50, small):
    assert resnet50.output_shape == (None, 1, 1, 2048)
    assert small.output_shape == (None, 2, 2, 1280)
    shapes = [tuple(maps.shape[1:]) for maps in backbones.stage_outputs(resnet50)]
    assert shapes == [(8, 8, 256), (4, 4, 512), (2, 2, 1024), (1, 1, 2048)]
    shapes = [tuple(maps.shape[1:]) for maps in backbones.stage_outputs(small)]
    assert shapes == [(16, 16, 144), (8, 8, 240), (4, 4, 672), (2, 2, 1280)]


def test_enlarging_inside_equals_enlarging_before(small, pixels):
    inside = backbones.build_backbone((32, 32, 3), LITE0, None, enlarge=2)
    inside.set_weights(small.get_weights())
    larger = keras.ops.image.resize(pixels.astype("float32"), (64, 64), "bilinear")
    np.testing.assert_allclose(
        answers(inside, pixels),
        answers(small, np.asarray(larger)),
        atol=1e-4,
    )


def test_saved_and_loaded_gives_the_same_maps(resnet50, pixels, tmp_path):
    resnet50.save(tmp_path / "backbone.keras")
    loaded = keras.saving.load_model(tmp_path / "backbone.keras")
    np.testing.assert_allclose(answers(loaded, pixels), answers(resnet50, pixels))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (dict(backbone="resnet"), r"backbone: expected one of .*efficientnet_lite0"),
        (dict(input_shape=(31, 32, 3)), r"32×32 pixels or more.* found 31×32"),
        (dict(input_shape=(16, 16, 3)), r"found 16×16 with enlarge=1"),
        (dict(input_shape=(32, 32, 1)), r"three channels .* found \(32, 32, 1\)"),
        (dict(input_shape=(32, 32)), r"input_shape: expected .* found \(32, 32\)"),
        (dict(enlarge=0), r"enlarge: expected an integer >= 1, found 0"),
        (dict(enlarge=1.5), r"enlarge: expected an integer >= 1, found 1.5"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        backbones.build_backbone(
            **{"backbone": "resnet50", "weights": None} | arguments
        )


def test_enlarged_pictures_may_be_small():
    model = backbones.build_backbone((16, 16, 3), LITE0, None, enlarge=2)
    assert model.output_shape == (None, 1, 1, 1280)


@pytest.mark.parametrize("name", ["old.h5", "new.weights.h5"])
def test_weights_from_a_file(resnet50, tmp_path, name):
    write_weights(resnet50, tmp_path / name)
    loaded = backbones.build_backbone((32, 32, 3), "resnet50", tmp_path / name)
    assert same_weights(loaded, resnet50)


def write_weights(model, path):
    """Write the layout that Keras publishes ResNet-50 in, or the newer one."""
    if path.name.endswith(".weights.h5"):
        model.save_weights(path)
        return
    with h5py.File(path, "w") as file:
        names = [layer.name for layer in model.layers]
        file.attrs["layer_names"] = [name.encode() for name in names]
        for layer in model.layers:
            group = file.create_group(layer.name)
            named = [f"{layer.name}/{weight.name}:0" for weight in layer.weights]
            group.attrs["weight_names"] = [name.encode() for name in named]
            for name, weight in zip(named, layer.get_weights(), strict=True):
                group.create_dataset(name, data=weight)


def test_half_precision_file_is_read_as_float32(small, tmp_path):
    path = tmp_path / "half.weights.h5"
    keras.config.set_dtype_policy("float16")
    try:
        half = backbones.build_backbone((64, 64, 3), LITE0, None)
    finally:
        keras.config.set_dtype_policy("float32")
    half.set_weights(small.get_weights())
    half.save_weights(path)
    loaded = backbones.build_backbone((64, 64, 3), LITE0, path)
    for found, wanted in zip(loaded.weights, small.get_weights(), strict=True):
        assert found.dtype == "float32"
        np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-6)


def refuse(path, *words):
    with pytest.raises(ValueError) as error:
        backbones.build_backbone((64, 64, 3), LITE0, path)
    for word in (str(path), f"{LITE0_PARAMETERS:,} weights of {LITE0}", *words):
        assert word in str(error.value)


def test_another_network_s_weights_are_refused(tmp_path):
    path = tmp_path / "cnn.weights.h5"
    models.build_cnn(width=8).save_weights(path)
    refuse(path, "another network")


def test_the_whole_model_s_weights_are_refused(tmp_path):
    model = models.build_transfer(backbone=LITE0, weights=None)
    model.save_weights(tmp_path / "model.weights.h5")
    refuse(tmp_path / "model.weights.h5", "with top?")


def test_another_architecture_of_the_same_size_is_refused(tmp_path):
    path = tmp_path / "dense.weights.h5"
    keras.Sequential(
        [keras.Input((1,)), keras.layers.Dense(LITE0_PARAMETERS, use_bias=False)]
    ).save_weights(path)
    refuse(path, "does not fit")


def test_a_truncated_file_is_refused(small, tmp_path):
    path = tmp_path / "short.weights.h5"
    small.save_weights(path)
    path.write_bytes(path.read_bytes()[:100_000])
    refuse(path, "does not fit")


def test_a_file_that_lacks_a_layer_s_weights_is_refused(small, tmp_path):
    path = tmp_path / "other.weights.h5"
    small.save_weights(path)
    with h5py.File(path, "r+") as file:
        file.move("layers/conv2d_3", "layers/conv2d_99")
    refuse(path, "does not fit")


def test_what_is_no_weights_file_is_refused(tmp_path):
    path = tmp_path / "notes.weights.h5"
    path.write_text("weights")
    refuse(path, "does not fit")


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match=r"imagenet.*found 'imagnet'"):
        backbones.build_backbone(weights="imagnet")


def no_network(*_, **__):
    raise URLError("no network")


@pytest.fixture
def offline(monkeypatch, tmp_path):
    """Keras finds no weights at home and no network; profile `full`."""
    monkeypatch.setattr("urllib.request.urlopen", no_network)
    monkeypatch.setattr("socket.getaddrinfo", no_network)
    module = sys.modules[keras.applications.ResNet50.__module__]
    original = module.file_utils.get_file

    def get_file(name, origin, **arguments):
        return original(name, origin, **arguments, cache_dir=tmp_path)

    monkeypatch.setattr(module.file_utils, "get_file", get_file)
    monkeypatch.setenv("PIXELWISE_PROFILE", "full")


def test_a_failed_download_says_what_was_tried_and_the_offline_choice(offline):
    with pytest.raises(backbones.BackboneUnavailable) as error:
        backbones.build_backbone()
    assert isinstance(error.value, RuntimeError)
    for word in ("ResNet-50", "ImageNet", "notop.h5", f'backbone="{LITE0}"'):
        assert word in str(error.value)


def test_without_network_lite0_is_chosen_and_that_is_said(offline, capsys):
    assert backbones.choose_backbone() == LITE0
    said = capsys.readouterr().out
    assert "backbone: efficientnet_lite0 with its weights from ImageNet" in said
    assert "ResNet-50's weights" in said


@pytest.fixture
def published(monkeypatch, tmp_path, resnet50):
    """Keras' download gives a file of the published layout, with random weights."""
    path = tmp_path / "notop.h5"
    reference = keras.applications.ResNet50(include_top=False, weights=None)
    reference.set_weights(resnet50.get_weights())
    write_weights(reference, path)
    module = sys.modules[keras.applications.ResNet50.__module__]
    monkeypatch.setattr(module.file_utils, "get_file", lambda *_, **__: str(path))
    monkeypatch.setenv("PIXELWISE_PROFILE", "full")


def test_imagenet_weights_come_through_keras_applications(published, resnet50):
    assert same_weights(backbones.build_backbone(), resnet50)


def test_with_the_download_resnet50_is_chosen(published, capsys):
    assert backbones.choose_backbone() == "resnet50"
    assert "ImageNet" in capsys.readouterr().out


@pytest.mark.parametrize("profile", ["smoke", "laptop"])
def test_below_full_nothing_is_downloaded_unasked(
    offline, monkeypatch, capsys, profile
):
    monkeypatch.setenv("PIXELWISE_PROFILE", profile)
    monkeypatch.setattr(backbones, "fetch_imagenet", no_network)
    assert backbones.choose_backbone() == LITE0
    assert f"the profile is {profile}" in capsys.readouterr().out
    assert backbones.build_backbone().name == LITE0
    assert backbones.backbone_of(models.build_transfer()).name == LITE0
    assert backbones.backbone_of(models.build_fcn((32, 32, 3))).name == LITE0
    assert backbones.backbone_of(models.build_better_fcn((32, 32, 3))).name == LITE0


def test_resnet50_is_the_default_of_full(monkeypatch):
    monkeypatch.setenv("PIXELWISE_PROFILE", "full")
    assert backbones.build_backbone(weights=None).name == "resnet50"


def test_weights_from_imagenet_tell_things_apart_that_random_ones_do_not():
    (x, y), (x_test, y_test) = drawntown.draw_objects(num_train=300, num_test=300)
    shares = {}
    for weights in ("imagenet", None):
        keras.utils.set_random_seed(0)
        maps = backbones.build_backbone((32, 32, 3), LITE0, weights, 2)
        train, test = (answers(maps, images).mean((1, 2)) for images in (x, x_test))
        shares[weights] = nearest_class(train, y, test, y_test)
    assert shares["imagenet"] > shares[None] + 0.1


def nearest_class(train, labels, test, truth):
    """Return how many of `test` lie nearest to the mean of their class, 0 to 1."""
    mean, spread = train.mean(0), train.std(0) + 1e-6
    train, test = (train - mean) / spread, (test - mean) / spread
    means = np.stack([train[labels == label].mean(0) for label in range(10)])
    distances = np.square(test[:, None] - means).sum(-1)
    return np.mean(distances.argmin(1) == truth)
