"""Train the course's small backbone on drawn shapes, and write its weights.

usage: python -m tools.makers.backbone.train

It sees no photograph, and no picture of the drawn town: only shapes before backdrops,
drawn anew for every step by `pictures`, of which it is asked five questions. A
training that was stopped goes on from its last finished epoch.
"""

import hashlib
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
from keras import layers

from pixelwise import models, results, run, training
from pixelwise.models import backbones
from pixelwise.run import files
from tools.makers.backbone.pictures import QUESTIONS, SIZE, draw_pictures

BACKBONE = "resnet18_small"
WEIGHTS = Path(models.__file__).parent / "weights" / backbones.SMALL_FILE
LEDGER = Path(results.__file__).parent / "recorded" / "backbone.jsonl"
SEED = 0
EPOCHS = 24
BATCH = 128
PICTURES = 200 * BATCH  # in what is called an epoch: all of them are new
VALIDATION = 1_000  # pictures
PEAK = 2e-3  # learning rate


def draw_batch(numbers, _, generator):
    """Return as many new pictures as there are numbers, and their answers."""
    return draw_pictures(len(numbers), generator)


def add_questions(backbone: keras.Model) -> keras.Model:
    """Return the backbone with one layer of logits for each question."""
    pool = layers.GlobalAveragePooling2D(dtype="float32", name="features")
    features = pool(backbone.output)
    answers = {
        name: layers.Dense(count, dtype="float32", name=name)(features)
        for name, count in QUESTIONS.items()
    }
    return keras.Model(backbone.input, answers, name="questions")


def compile_model(model: keras.Model, steps: int) -> None:
    """Compile the model: the shape counts as much as any two other questions."""
    loss = keras.losses.SparseCategoricalCrossentropy
    model.compile(
        keras.optimizers.AdamW(
            training.warmup_cosine(PEAK, steps, warmup=0.1), weight_decay=0.02
        ),
        loss={name: loss(from_logits=True) for name in QUESTIONS},
        loss_weights={name: 1.0 if name == "shape" else 0.5 for name in QUESTIONS},
        metrics={name: ["accuracy"] for name in QUESTIONS},
    )


def train(model: keras.Model) -> training.Resume:
    """Train the model, resumable, and return its `Resume`."""
    numbers = np.arange(PICTURES)
    batches = training.Batches(numbers, numbers, BATCH, SEED, augment=draw_batch)
    compile_model(model, EPOCHS * len(batches))
    path = run.runs_folder() / "backbone" / BACKBONE
    resume = training.Resume(path, model, batches, EPOCHS)
    model.fit(
        batches,
        steps_per_epoch=len(batches),
        validation_data=draw_pictures(
            VALIDATION, np.random.default_rng([SEED, EPOCHS, 1])
        ),
        epochs=EPOCHS,
        initial_epoch=resume.epoch,
        callbacks=[resume],
        shuffle=False,
        verbose=2,
    )
    return resume


def write_weights(backbone: keras.Model, path: Path) -> str:
    """Write weights in half the precision, as a whole or not; return their SHA-256."""
    keras.config.set_dtype_policy("float16")
    half = backbones.build_backbone((SIZE, SIZE, 3), BACKBONE, weights=None)
    half.set_weights(backbone.get_weights())
    with files.written_whole(path) as part:
        half.save_weights(part)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def record(model: keras.Model, resume: training.Resume, sha256: str) -> None:
    """Add the training to its ledger, with the hash of the weights that came of it."""
    accuracies = {
        f"{name}_accuracy": resume.history[f"val_{name}_accuracy"][-1]
        for name in QUESTIONS
    }
    chapter = run.Run("backbone", "recorded", "drawn shapes", None)
    results.record(
        chapter,
        BACKBONE,
        model,
        accuracies,
        resume,
        ledger=LEDGER,
        seed=SEED,
        history=resume.history,
        sha256=sha256,
        precision=model.get_layer("stage1_block1_1_conv").dtype_policy.name,
    )


def main() -> None:
    print(f"{EPOCHS} epochs of {PICTURES:,} drawn pictures, new ones in each")
    keras.config.set_dtype_policy(run.choose_precision((16, 16, 32)))
    keras.utils.set_random_seed(SEED)
    backbone = backbones.build_backbone((SIZE, SIZE, 3), BACKBONE, weights=None)
    model = add_questions(backbone)
    resume = train(model)
    sha256 = write_weights(backbone, WEIGHTS)
    record(model, resume, sha256)
    print(f"written: {WEIGHTS}, {WEIGHTS.stat().st_size / 1e6:.1f} MB")
    print(f"for SMALL_SHA256 in {Path(backbones.__file__).name}: {sha256}")


if __name__ == "__main__":
    main()
