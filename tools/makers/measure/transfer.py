"""Chapter 4: what a frozen and a fine-tuned backbone gain over random weights."""

import functools

import keras
import numpy as np

from pixelwise import metrics, models, run, training
from pixelwise.data import few
from pixelwise.models import backbones, transfer
from pixelwise.models.mlp import UNITS
from pixelwise.training.features import compute_features
from tools.makers.measure.experiment import SEEDS, Experiment, cross_entropy

CHAPTER = "04_resnet_transfer"
BACKBONE = "efficientnet_lite0"  # the other one's weights are a download
BORDER = "stage4_group5_block3_add"  # few channels, and nothing before it is unfrozen
ENLARGE = 2  # times; the pictures are 64×64 pixels then
COUNTS = (5, 20, 100, 500)  # labels of each class
BATCH = 50
HEAD_STEPS = 500
FINE_STEPS = 200
SCRATCH_STEPS = 1_000
SMALL_RATE, LARGE_RATE = 3e-4, 3e-2
LINEAR = ()  # the hidden units of a linear head


def chosen(count, experiment, pictures):
    """Return `count` training pictures of each class, fixed by the seed."""
    images, labels = pictures.train
    places = few.choose_per_class(labels, count, seed=experiment.seed)
    return images[places], labels[places]


def train(
    part, experiment, model, images, labels, rate, steps, augment=None, decay=0.05
):
    """Train for so many steps in one epoch, which repeats the few pictures.

    Training the last "stage" goes on from weights that the checkpoint depends on.
    """
    places = np.resize(np.arange(len(images)), BATCH * steps)
    batches = training.Batches(
        images[places], labels[places], BATCH, experiment.seed, augment
    )
    schedule = training.warmup_cosine(rate, steps)
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=decay)
    model.compile(optimizer, cross_entropy(), metrics=["accuracy"])
    name = f"{part} {experiment.model} {experiment.seed}".replace(":", "")
    path = run.runs_folder() / "measured" / CHAPTER / name.replace(" ", "-")
    continued = part == "stage"
    resume = training.Resume(path, model, batches, 1, continued=continued)
    model.fit(
        batches,
        steps_per_epoch=len(batches),
        initial_epoch=resume.epoch,
        callbacks=[resume],
        shuffle=False,
        verbose=2,
    )
    return resume


def from_scratch(count, experiment, pictures):
    """Train a ResNet-18 of width 16 from random weights."""
    model = models.build_resnet18(width=16)
    few_pictures = chosen(count, experiment, pictures)
    steps, flips = SCRATCH_STEPS, training.flip_and_shift
    resume = train("all", experiment, model, *few_pictures, 2e-3, steps, flips)
    return model, resume, {}


def frozen(
    count, experiment, pictures, enlarge=ENLARGE, units=UNITS, weights="imagenet"
):
    """Train a head on kept features of the pictures and of their mirror images."""
    model = models.build_transfer(
        backbone=BACKBONE, enlarge=enlarge, units=units, weights=weights
    )
    images, labels = mirrored(*chosen(count, experiment, pictures))
    kept = compute_features(transfer.feature_model(model), images)
    head = model.get_layer("head")
    resume = train("head", experiment, head, kept, labels, 1e-2, HEAD_STEPS, decay=0.5)
    return model, resume, {}


def mirrored(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pictures and then their mirror images, with the labels of both."""
    both = np.concatenate([images, images[:, :, ::-1]])
    return both, np.concatenate([labels, labels])


def fine_tuned(count, experiment, pictures, rate=SMALL_RATE, units=UNITS):
    """Train the head, and then with it the backbone's last stage."""
    model, head_only, _ = frozen(count, experiment, pictures, units=units)
    backbones.unfreeze(model, stages=1)
    few_pictures = chosen(count, experiment, pictures)
    flips = training.flip_and_shift
    resume = train("stage", experiment, model, *few_pictures, rate, FINE_STEPS, flips)
    resume.seconds += head_only.seconds
    return model, resume, {}


def kept_accuracy(model, images, labels, views):
    """Return a model's accuracy by name, from maps that are computed once for all.

    They are those at BORDER, before the backbone's last stage.
    """
    base = backbones.backbone_of(model)
    border = base.get_layer(BORDER).output
    # Its name is in what they are kept by: one name, or each run computes them anew.
    early = keras.Model(base.input, border, name="before_the_border")
    maps = compute_features(early, images)
    features = keras.layers.GlobalAveragePooling2D(dtype="float32")(base.output)
    late = keras.Model(border, model.get_layer("head")(features))
    logits = late.predict(maps, batch_size=250, verbose=0)
    return {"accuracy": metrics.accuracy(labels, logits.argmax(axis=-1))}


def experiments() -> list[Experiment]:
    """Return chapter 4's runs, in the order in which they are done."""
    return [*by_labels(), *by_head(), *by_size(), *by_rate()]


def by_labels() -> list[Experiment]:
    linear = {"units": LINEAR}
    ways = {
        "scratch": (from_scratch, None),
        "frozen ×4": (functools.partial(frozen, enlarge=4, **linear), kept_accuracy),
        "frozen": (functools.partial(frozen, **linear), kept_accuracy),
        "fine-tuned": (functools.partial(fine_tuned, **linear), kept_accuracy),
    }
    return [
        Experiment(
            CHAPTER,
            f"labels per class: {way}, {count}",
            seed,
            1,
            functools.partial(train_way, count),
            scores=scores,
        )
        for seed in SEEDS
        for count in COUNTS
        for way, (train_way, scores) in ways.items()
    ]


def by_head() -> list[Experiment]:
    kinds = {
        "MLP": {},
        "linear": {"units": LINEAR},
        "linear, random backbone": {"units": LINEAR, "weights": None},
    }
    named = {f"head at 20 labels: {kind}": each for kind, each in kinds.items()}
    return compared(frozen, 20, named)


def by_size() -> list[Experiment]:
    factors = {f"enlarged ×{by}: frozen": {"enlarge": by} for by in (1, 2, 4)}
    return compared(frozen, 100, factors)


def by_rate() -> list[Experiment]:
    rates = {"small": SMALL_RATE, "large": LARGE_RATE}
    named = {f"unfrozen, {word} rate": {"rate": rate} for word, rate in rates.items()}
    return compared(fine_tuned, 100, named)


def compared(train_one, count: int, kinds: dict[str, dict]) -> list[Experiment]:
    """Return runs, by name and settings, that are compared on validation pictures."""
    return [
        Experiment(
            CHAPTER,
            name,
            seed,
            0.5,
            functools.partial(train_one, count, **settings),
            tested=False,
            scores=kept_accuracy,
        )
        for seed in SEEDS
        for name, settings in kinds.items()
    ]
