import hashlib

import keras
import numpy as np
import pytest

from pixelwise import results, run
from pixelwise.models import backbones
from tools.makers.backbone import pictures, train


@pytest.fixture
def backbone():
    keras.utils.set_random_seed(0)
    return backbones.build_backbone((64, 64, 3), "resnet18_small", weights=None)


@pytest.fixture
def float32_afterwards():
    yield
    keras.config.set_dtype_policy("float32")


def test_one_answer_layer_for_each_question(backbone):
    model = train.add_questions(backbone)
    answers = model.predict(np.zeros((2, 64, 64, 3), "uint8"), verbose=0)
    shapes = {name: answer.shape for name, answer in answers.items()}
    wanted = {name: (2, count) for name, count in pictures.QUESTIONS.items()}
    assert shapes == wanted


def test_weights_written_are_those_of_the_backbone(
    backbone, tmp_path, float32_afterwards
):
    path = tmp_path / "weights" / "resnet18_small.weights.h5"
    sha256 = train.write_weights(backbone, path)
    assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_size < 3_000_000
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    keras.config.set_dtype_policy("float32")
    loaded = backbones.build_backbone((64, 64, 3), "resnet18_small", path)
    pairs = zip(loaded.get_weights(), backbone.get_weights(), strict=True)
    for found, wanted in pairs:
        np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-6)


def test_a_short_training_is_written_and_recorded(
    tmp_path, monkeypatch, float32_afterwards
):
    monkeypatch.setenv("PIXELWISE_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr(run, "choose_precision", lambda _: "float32")
    for name, value in {
        "WEIGHTS": tmp_path / "small.weights.h5",
        "LEDGER": tmp_path / "backbone.jsonl",
        "EPOCHS": 1,
        "PICTURES": 16,
        "BATCH": 8,
        "VALIDATION": 8,
    }.items():
        monkeypatch.setattr(train, name, value)
    train.main()
    (entry,) = results.read(tmp_path / "backbone.jsonl")
    weights = (tmp_path / "small.weights.h5").read_bytes()
    assert entry["sha256"] == hashlib.sha256(weights).hexdigest()
    assert entry["data"] == "drawn shapes"
    assert entry["epochs"] == len(entry["history"]["loss"]) == 1
    assert set(entry["metrics"]) == {f"{name}_accuracy" for name in pictures.QUESTIONS}
