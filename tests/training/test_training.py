import functools
import json
import os
import random
import signal
import subprocess
import sys

import keras
import numpy as np
import pytest

from pixelwise import training
from pixelwise.training.batches import describe_function
from pixelwise.training.resume import epochs_kept

# Trains for four epochs with shuffling, augmentation, dropout in a model within the
# model, batch norm, a schedule and averaged weights; `stop` kills it in the middle of
# the third epoch, as a power cut would.
SCRIPT = """
import json, os, signal, sys
import keras, numpy as np
from pixelwise import training
from pixelwise.training import muon

class Kill(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.at = epoch
    def on_train_batch_end(self, batch, logs=None):
        if self.at == 2 and batch == 3:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

keras.utils.set_random_seed(7)
generator = np.random.default_rng(0)
images = generator.integers(0, 256, (200, 8, 8, 3), dtype=np.uint8)
labels = generator.integers(0, 4, 200)
head = keras.Sequential([
    keras.Input((16,)), keras.layers.Dropout(0.3), keras.layers.Dense(4),
])
model = keras.Sequential([
    keras.Input((8, 8, 3)), keras.layers.Rescaling(1 / 255),
    keras.layers.Conv2D(16, 3), keras.layers.BatchNormalization(),
    keras.layers.GlobalAveragePooling2D(), head,
])
batches = training.Batches(
    images, labels, batch_size=16, augment=training.flip_and_shift
)
schedule = training.warmup_cosine(0.05, steps=4 * len(batches))
optimizers = {"adam": keras.optimizers.Adam, "muon": muon.Muon}
model.compile(
    optimizers[sys.argv[3]](schedule, use_ema=True, ema_momentum=0.9),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
resume = training.Resume(sys.argv[1] + "/model", model, batches, epochs=4)
started = resume.epoch
callbacks = [resume] + ([Kill()] if sys.argv[2] == "stop" else [])
model.fit(
    batches, steps_per_epoch=len(batches), epochs=4, initial_epoch=resume.epoch,
    callbacks=callbacks, shuffle=False, verbose=0,
)
final = model.evaluate(images, labels, verbose=0)[0]
print("RESULT", json.dumps([started, resume.epoch, resume.history, final]))
"""


def train(folder, mode, optimizer):
    command = [sys.executable, "-c", SCRIPT, str(folder), mode, optimizer]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [x for x in done.stdout.splitlines() if x.startswith("RESULT")]
    return done, json.loads(lines[0].removeprefix("RESULT ")) if lines else None


@pytest.mark.parametrize("optimizer", ["adam", "muon"])
def test_training_killed_in_an_epoch_ends_as_if_uninterrupted(tmp_path, optimizer):
    killed, nothing = train(tmp_path / "killed", "stop", optimizer)
    assert nothing is None
    if os.name == "posix":
        assert killed.returncode == -signal.SIGKILL
    _, resumed = train(tmp_path / "killed", "go on", optimizer)
    _, whole = train(tmp_path / "whole", "go on", optimizer)
    assert resumed[0] == 2
    assert whole[0] == 0
    assert resumed[1] == whole[1] == 4
    assert resumed[2].keys() == whole[2].keys()
    for name, values in whole[2].items():
        assert resumed[2][name] == pytest.approx(values, rel=1e-5), name
    assert resumed[3] == pytest.approx(whole[3], rel=1e-5)


@pytest.fixture
def images():
    generator = np.random.default_rng(3)
    return generator.integers(0, 256, (64, 8, 8, 3), dtype=np.uint8)


@pytest.fixture
def labels():
    return np.arange(64, dtype=np.uint8) % 4


def small_model(rate=0.01, units=8):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((8, 8, 3)), keras.layers.Flatten(), keras.layers.Dense(units)]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(rate), loss)
    return model


def go_on(model, batches, epochs, **options):
    """Train as a chapter does."""
    steps = len(batches)
    options |= {"steps_per_epoch": steps, "shuffle": False, "verbose": 0}
    model.fit(batches, epochs=epochs, **options)


def run_training(folder, model, batches, epochs=2, **options):
    resume = training.Resume(folder / "model", model, batches, epochs, **options)
    done_before = resume.epoch
    go_on(model, batches, epochs, initial_epoch=resume.epoch, callbacks=[resume])
    return done_before, resume


def test_finished_training_is_not_done_again_unless_asked(tmp_path, images, labels):
    batches = training.Batches(images, labels, batch_size=16)
    first = small_model()
    assert run_training(tmp_path, first, batches)[0] == 0
    again = small_model()
    before, resume = run_training(tmp_path, again, batches)
    assert before == 2
    assert len(resume.history["loss"]) == 2
    for one, other in zip(first.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert run_training(tmp_path, small_model(), batches, fresh=True)[0] == 0


@pytest.mark.parametrize("change", ["rate", "units", "epochs", "batch_size", "images"])
def test_changed_training_starts_anew_and_keeps_the_other(
    tmp_path, images, labels, change
):
    run_training(tmp_path, small_model(), training.Batches(images, labels, 16))
    kept = {path: path.read_bytes() for path in tmp_path.iterdir()}
    model = small_model(
        rate=0.02 if change == "rate" else 0.01, units=9 if change == "units" else 8
    )
    batches = training.Batches(
        255 - images if change == "images" else images,
        labels,
        batch_size=8 if change == "batch_size" else 16,
    )
    epochs = 3 if change == "epochs" else 2
    assert run_training(tmp_path, model, batches, epochs)[0] == 0
    for path, content in kept.items():
        assert path.read_bytes() == content


def test_a_continued_training_is_told_from_others_by_its_first_weights(
    tmp_path, images, labels
):
    batches = training.Batches(images, labels, batch_size=16)
    for scale, done in ((1.0, 0), (0.5, 0), (1.0, 2)):
        model = small_model()
        model.set_weights([scale * array for array in model.get_weights()])
        before, _ = run_training(tmp_path, model, batches, continued=True)
        assert before == done, scale
    assert len(list(tmp_path.iterdir())) == 2


def test_a_first_epoch_cut_short_starts_again_from_the_same_weights(
    tmp_path, images, labels
):
    batches = training.Batches(images, labels, batch_size=16)
    model = small_model()
    first = model.get_weights()
    training.Resume(tmp_path / "model", model, batches, epochs=2)
    model.fit(images, labels, verbose=0)  # as far as a first epoch may have come
    again = training.Resume(tmp_path / "model", model, batches, epochs=2)
    assert again.epoch == 0
    for one, other in zip(first, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_training_leaves_python_s_random_numbers_as_they_were(tmp_path, images, labels):
    model = small_model()
    random.seed(5)
    run_training(tmp_path, model, training.Batches(images, labels, 16))
    after = random.random()
    random.seed(5)
    assert random.random() == after


def test_layer_names_do_not_matter_to_the_checkpoint(tmp_path, images, labels):
    batches = training.Batches(images, labels, batch_size=16)
    run_training(tmp_path, small_model(), batches)
    keras.layers.Dense(3)  # takes a number out of Keras' count of unnamed layers
    assert run_training(tmp_path, small_model(), batches)[0] == 2


def test_broken_checkpoint_is_named_and_training_starts_anew(tmp_path, images, labels):
    batches = training.Batches(images, labels, batch_size=16)
    run_training(tmp_path, small_model(), batches)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    with pytest.warns(UserWarning, match=kept.name):
        before, resume = run_training(tmp_path, small_model(), batches)
    assert before == 0
    assert epochs_kept(resume.path) == 2


def test_slower_process_does_not_replace_a_later_epoch(tmp_path, images, labels):
    batches = training.Batches(images, labels, batch_size=16)
    _, ahead = run_training(tmp_path, small_model(), batches)
    content = ahead.path.read_bytes()
    model = small_model()
    behind = training.Resume(tmp_path / "model", model, batches, 2, fresh=True)
    go_on(model, batches, 1, callbacks=[behind])
    assert ahead.path.read_bytes() == content


def test_nothing_but_the_checkpoint_is_left_in_the_folder(tmp_path, images, labels):
    run_training(tmp_path, small_model(), training.Batches(images, labels, 16))
    assert [path.suffixes for path in tmp_path.iterdir()] == [[".weights", ".h5"]]


def test_an_epoch_holds_each_image_once_in_an_order_of_its_own(images, labels):
    batches = training.Batches(images, labels, batch_size=24)
    assert len(batches) == 3
    orders = []
    for epoch in range(2):
        seen = np.concatenate([batches[3 * epoch + place][0] for place in range(3)])
        orders.append(seen)
        assert sorted(map(bytes, seen)) == sorted(map(bytes, images))
    assert not np.array_equal(*orders)


@pytest.mark.parametrize("first", [0, 3])
def test_order_and_augmentation_follow_from_seed_epoch_and_place(images, labels, first):
    batches = training.Batches(images, labels, 24, 5, training.flip_and_shift)
    batches.start_epoch(first)
    for epoch in (first, first + 1):
        order = np.random.default_rng([5, epoch]).permutation(64)
        for place in range(3):
            chosen = order[24 * place : 24 * (place + 1)]
            expected, _ = training.flip_and_shift(
                images[chosen], None, np.random.default_rng([5, epoch, place])
            )
            found, of_found = batches[3 * (epoch - first) + place]
            np.testing.assert_array_equal(found, expected)
            np.testing.assert_array_equal(of_found, labels[chosen])


class KeepsInputs(keras.layers.Layer):
    """Keeps what it is called with in training, batch by batch, and hands it on."""

    def build(self, shape):
        self.seen = self.add_weight((64,), trainable=False, initializer="zeros")
        self.count = self.add_weight((), trainable=False, initializer="zeros")

    def call(self, x, training=False):
        if training:
            seen, count = map(keras.ops.convert_to_tensor, (self.seen, self.count))
            place = keras.ops.cast(count, "int32")
            self.seen.assign(keras.ops.slice_update(seen, [place], x[:, 0]))
            self.count.assign_add(16)
        return x


def watching_model():
    model = keras.Sequential([keras.Input((1,)), KeepsInputs(), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def numbers_seen(model):
    return np.array(model.layers[0].seen).astype(int).tolist()


def numbers_of_epochs(*epochs):
    """The numbers 0 to 31 as each epoch orders them, seed 0, by the rule alone."""
    generators = [np.random.default_rng([0, epoch]) for epoch in epochs]
    orders = [generator.permutation(32) for generator in generators]
    return np.concatenate(orders).tolist()


def test_fit_sees_the_epochs_one_after_the_other():
    numbers = np.arange(32, dtype="float32")[:, None]
    model, batches = watching_model(), training.Batches(numbers, numbers, 16)
    go_on(model, batches, 2)
    assert numbers_seen(model) == numbers_of_epochs(0, 1)


def test_a_second_fit_sees_the_same_batches_again():
    numbers = np.arange(32, dtype="float32")[:, None]
    model, batches = watching_model(), training.Batches(numbers, numbers, 16)
    go_on(model, batches, 1)
    go_on(model, batches, 1)
    assert numbers_seen(model) == numbers_of_epochs(0, 0)


def test_a_second_fit_goes_on_with_the_epoch_that_resume_has_come_to(tmp_path):
    numbers = np.arange(32, dtype="float32")[:, None]
    model, batches = watching_model(), training.Batches(numbers, numbers, 16)
    resume = training.Resume(tmp_path / "model", model, batches, epochs=2)
    for done in (1, 2):
        go_on(model, batches, done, initial_epoch=resume.epoch, callbacks=[resume])
    assert resume.epoch == 2
    assert numbers_seen(model) == numbers_of_epochs(0, 1)


def test_resume_refuses_a_fit_that_does_not_know_where_an_epoch_ends(
    tmp_path, images, labels
):
    model, batches = small_model(), training.Batches(images, labels, 16)
    resume = training.Resume(tmp_path / "model", model, batches, epochs=2)
    with pytest.raises(ValueError, match="found no steps_per_epoch"):
        model.fit(batches, epochs=2, callbacks=[resume], shuffle=False, verbose=0)


@pytest.mark.parametrize("use", ["fit", "evaluate"])
def test_without_steps_an_epoch_is_not_endless(images, labels, use):
    model, batches = small_model(), training.Batches(images, labels, 16)
    options = {"shuffle": False} if use == "fit" else {}
    # On TensorFlow the error comes wrapped in one of its own.
    with pytest.raises(Exception, match=r"steps_per_epoch=len\(batches\)"):
        getattr(model, use)(batches, verbose=0, **options)


def test_many_short_epochs_are_no_endless_one(images, labels):
    model, batches = small_model(), training.Batches(images, labels, 32)
    go_on(model, batches, 40)


def test_images_stay_with_their_labels(images):
    labels = images[:, 0, 0, 0]
    batches = training.Batches(images, labels, batch_size=10, seed=5)
    for index in range(len(batches)):
        batch, of_batch = batches[index]
        np.testing.assert_array_equal(batch[:, 0, 0, 0], of_batch)


def test_batches_of_unequal_number_are_refused(images, labels):
    with pytest.raises(ValueError, match="64 and 63"):
        training.Batches(images, labels[:-1])


def test_flip_and_shift_moves_and_mirrors_whole_pictures(images, labels):
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)), mode="reflect")
    generator = np.random.default_rng(0)
    moved, same = training.flip_and_shift(images, labels, generator, by=2)
    assert same is labels
    found = {"mirrored": set(), "as it is": set()}
    for index, picture in enumerate(moved):
        for row in range(5):
            for column in range(5):
                window = padded[index, row : row + 8, column : column + 8]
                if np.array_equal(picture, window):
                    found["as it is"].add((row, column))
                if np.array_equal(picture, window[:, ::-1]):
                    found["mirrored"].add((row, column))
    assert len(found["mirrored"]) > 10
    assert len(found["as it is"]) > 10
    assert moved.dtype == np.uint8


def test_warmup_rises_to_the_peak_and_falls_to_zero():
    schedule = training.warmup_cosine(0.4, steps=100, warmup=0.2)
    rates = [float(schedule(step)) for step in range(101)]
    assert rates[20] == pytest.approx(0.4)
    assert max(rates) == pytest.approx(0.4)
    assert rates[60] == pytest.approx(0.2, rel=1e-3)
    assert rates[100] == pytest.approx(0, abs=1e-6)
    assert rates[:21] == sorted(rates[:21])


def test_partial_functions_are_told_apart():
    by_two = functools.partial(training.flip_and_shift, by=2)
    by_three = functools.partial(training.flip_and_shift, by=3)
    described = {describe_function(f) for f in (by_two, by_three)}
    assert described == {"flip_and_shift(by=2)", "flip_and_shift(by=3)"}
