import keras
import numpy as np
import pytest

from helpers.networks import answers
from pixelwise import models
from pixelwise.models import backbones, transfer


@pytest.fixture
def small():
    keras.utils.set_random_seed(0)
    return models.build_transfer(
        num_classes=4, backbone="efficientnet_lite0", enlarge=2
    )


@pytest.fixture(scope="module")
def pixels():
    generator = np.random.default_rng(0)
    return generator.integers(0, 256, (8, 32, 32, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def labels():
    return np.arange(8) % 4


def train(model, x, y, rate=0.05):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(rate), loss, run_eagerly=True)
    model.fit(x, y, batch_size=4, epochs=2, verbose=0, shuffle=False)


def weights_of(layers_):
    return [np.array(weight) for layer in layers_ for weight in layer.weights]


def norms(model):
    kind = keras.layers.BatchNormalization
    base = backbones.backbone_of(model)
    return [layer for layer in base.layers if isinstance(layer, kind)]


def unmoved(before, after):
    return all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_parameters_on_resnet50():
    # Keras documents 23,587,712 without top; the head's layers, by hand.
    head = (2048 * 256 + 256) + 1024 + 32_896 + 8_256 + 256 + 2_080 + 330
    model = models.build_transfer(backbone="resnet50", weights=None)
    assert model.count_params() == 23_587_712 + head == 24_157_098
    moving = 2 * (256 + 64)
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    assert trained == head - moving
    assert f"{24_157_098:,} parameters" in models.build_transfer.__doc__
    assert f"{head - moving:,} are trained" in " ".join(
        models.build_transfer.__doc__.split()
    )


def test_head_is_the_better_mlp():
    head = transfer.build_head(channels=3072)
    mlp = models.build_better_mlp()
    assert head.count_params() == mlp.count_params()
    kinds = [type(layer).__name__ for layer in mlp.layers[2:]]
    assert [type(layer).__name__ for layer in head.layers] == kinds


def test_head_without_hidden_units_is_linear():
    head = transfer.build_head(channels=7, num_classes=3, units=())
    assert [tuple(w.shape) for w in head.get_weights()] == [(7, 3), (3,)]
    x, y = np.random.default_rng(0).normal(size=(2, 5, 7))
    between = answers(head, 2 * x - y)
    expected = 2 * answers(head, x) - answers(head, y)
    assert np.allclose(between, expected, atol=1e-5)


def test_pixels_in_one_float32_logit_a_class_out(small, pixels):
    logits = answers(small, pixels)
    assert logits.shape == (8, 4)
    assert logits.dtype == np.float32


def test_features_are_the_mean_of_the_last_maps(small, pixels):
    maps = answers(backbones.backbone_of(small), pixels)
    found = answers(transfer.feature_model(small), pixels)
    np.testing.assert_allclose(found, maps.mean((1, 2)), rtol=1e-5, atol=1e-6)


def test_head_on_kept_features_equals_the_whole_model(small, pixels):
    features = answers(transfer.feature_model(small), pixels)
    np.testing.assert_allclose(
        answers(small.get_layer("head"), features),
        answers(small, pixels),
        rtol=1e-5,
        atol=1e-5,
    )


def test_head_trained_on_kept_features_is_the_head_trained_end_to_end(
    small, pixels, labels
):
    twin = keras.models.clone_model(small)
    twin.set_weights(small.get_weights())
    for model in (small, twin):
        for layer in model.get_layer("head").layers:
            if hasattr(layer, "rate"):
                layer.rate = 0.0  # dropout would draw other numbers in each
    before = answers(small, pixels)
    features = answers(transfer.feature_model(small), pixels)
    # Small steps: larger ones overshoot, and make much of what was rounded.
    train(small.get_layer("head"), features, labels, rate=0.001)
    train(twin, pixels, labels, rate=0.001)
    found = answers(small, pixels)
    assert np.abs(found - before).max() > 0.1
    np.testing.assert_allclose(found, answers(twin, pixels), atol=1e-3)


def test_training_moves_the_head_and_nothing_of_the_backbone(small, pixels, labels):
    base, head = backbones.backbone_of(small), small.get_layer("head")
    frozen, was = weights_of([base]), weights_of([head])
    train(small, pixels, labels)
    assert unmoved(frozen, weights_of([base]))
    assert not unmoved(was, weights_of([head]))


def test_unfreezing_moves_the_last_stage_alone_and_no_batch_norm(small, pixels, labels):
    base = backbones.backbone_of(small)
    convolutions = [layer for layer in base.layers if hasattr(layer, "kernel")]
    before = {layer.name: weights_of([layer]) for layer in convolutions}
    averages = weights_of(norms(small))
    backbones.unfreeze(small, stages=1)
    train(small, pixels, labels)
    moved = {
        layer.name
        for layer in convolutions
        if not unmoved(before[layer.name], weights_of([layer]))
    }
    last = {layer.name for layer in convolutions if layer.name.startswith("stage5_")}
    assert moved == last
    assert unmoved(averages, weights_of(norms(small)))


def test_batch_norm_s_averages_stay_even_when_every_stage_is_unfrozen(
    small, pixels, labels
):
    backbones.unfreeze(small, stages=4)
    averages = [np.array(layer.moving_mean) for layer in norms(small)]
    train(small, pixels, labels)
    assert unmoved(averages, [np.array(layer.moving_mean) for layer in norms(small)])


def test_freezing_again(small):
    frozen = len(small.trainable_weights)
    backbones.unfreeze(small, stages=4)
    assert len(small.trainable_weights) > frozen
    backbones.unfreeze(small, stages=0)
    assert len(small.trainable_weights) == frozen


@pytest.mark.parametrize("stages", [-1, 5, 1.0])
def test_stages_that_do_not_exist_are_named(small, stages):
    with pytest.raises(ValueError, match=f"stages: expected .* found {stages}"):
        backbones.unfreeze(small, stages)


def test_a_model_without_backbone_cannot_be_unfrozen():
    with pytest.raises(ValueError, match="expected one with a backbone"):
        backbones.unfreeze(models.build_mlp())


def test_saved_and_loaded_gives_the_same_logits_and_stays_frozen(
    small, pixels, labels, tmp_path
):
    backbones.unfreeze(small, stages=1)
    small.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(
        answers(loaded, pixels), answers(small, pixels), rtol=1e-5
    )
    averages = weights_of(norms(loaded))
    train(loaded, pixels, labels)
    assert unmoved(averages, weights_of(norms(loaded)))


@pytest.mark.parametrize("number", [0, -1, 2.5, True])
def test_wrong_number_of_classes_is_named(number):
    with pytest.raises(ValueError, match=f"num_classes: .* found {number}"):
        models.build_transfer(num_classes=number, weights=None)


def test_wrong_backbone_is_named():
    with pytest.raises(ValueError, match=r"backbone: expected one of .* 'vgg'"):
        models.build_transfer(backbone="vgg", weights=None)
