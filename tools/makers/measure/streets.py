"""Chapters 5 to 7 on the street pairs: FCNs, the ResNet-18 segmenter, the U-Net."""

import functools
import time
from types import SimpleNamespace

import keras
import numpy as np

from pixelwise import metrics, models, training
from pixelwise.data.cityscapes import CATEGORIES, VOID
from pixelwise.models import backbones
from pixelwise.models.fcn import STRIDES
from pixelwise.training import pair_augmentation
from pixelwise.training.muon import Muon
from tools.makers.measure.experiment import (
    DRAWN_STREETS,
    OF_PAIRS,
    SEEDS,
    UNTRAINED,
    Experiment,
    fit,
    fit_for,
    load_pictures,
)
from tools.makers.measure.resnet import whole

BACKBONE = "efficientnet_lite0"  # the other one's weights are a download
FOLDER = "streets"  # of all checkpoints
NUM_CLASSES = len(CATEGORIES)
BATCH = 8
WIDTH, RESNET_WIDTH = 16, 32  # what two cores train in minutes
RACE_SECONDS, LONG_SECONDS = 90, 360
EPOCHS = 16  # of the U-Nets that are compared at equal steps
HEAD_EPOCHS = 4  # on kept maps, of each picture and of the mirrored one
LINEAR_RATE = 5e-3  # of linear heads on kept maps, chosen on the validation pictures
LONG_RUN = f"U-Net, {LONG_SECONDS // 60} minutes"
AIMS = {"mean_iou": 0.70, "weighted_iou": 0.89}  # of the long run, on the test pictures
# Mean and weighted IoU of the published comparison: full widths, full Cityscapes.
PUBLISHED = {"U-Net": (0.5127, 0.8981), "ResNet-18": (0.4570, 0.8693)}
GUESSES = {
    "most frequent category": metrics.frequent_everywhere,
    "most frequent category per position": metrics.frequent_by_position,
}
SIZES = {128: "", 256: ", 256 pixels"}  # of pictures, and what names say of it
NEAR = 4  # pixels from a border of two categories
SCALE = pair_augmentation.flip_scale_crop
MUON = {"optimizer": functools.partial(Muon, momentum=0.9), "rate": 0.05}
CROSS_ENTROPY = keras.losses.SparseCategoricalCrossentropy(
    from_logits=True, ignore_class=VOID
)


def segmentation(model, images, masks, views: int = 1) -> dict[str, float]:
    """Return a segmenter's measures by name, 0 to 1, void left out.

    With two views the logits of the mirrored picture are mirrored back and added.
    """
    logits = model.predict(images, batch_size=32, verbose=0)
    if views >= 2:
        mirrored = model.predict(images[:, :, ::-1], batch_size=32, verbose=0)
        logits = logits + mirrored[:, :, ::-1]
    prediction = logits.argmax(axis=-1).astype("uint8")
    return metrics.summarise_segmentation(masks, prediction, CATEGORIES, near=NEAR)


def median_frequency(masks: np.ndarray) -> np.ndarray:
    """Return weights float32 (256,) by label; void's is 0.

    The median of the categories' frequencies, each within the pictures that show it,
    divided by the category's own: Eigen and Fergus 2015, arXiv:1411.4734.
    """
    frequencies = np.full(NUM_CLASSES, np.nan)
    for label in range(NUM_CLASSES):
        here = masks == label
        if here.any():
            around = masks[here.any(axis=(1, 2))] != VOID
            frequencies[label] = here.sum() / around.sum()
    weights = np.zeros(256, "float32")
    balance = np.nanmedian(frequencies) / frequencies
    weights[:NUM_CLASSES] = np.nan_to_num(balance)
    return weights


def weighted_cross_entropy(truth, logits, weights):
    """Return the mean cross-entropy of pixels with the weights of their labels."""
    truth = keras.ops.cast(truth, "int32")
    known = keras.ops.where(truth == VOID, 0, truth)
    each = keras.ops.sparse_categorical_crossentropy(known, logits, from_logits=True)
    of_pixels = keras.ops.take(weights, truth)
    total = keras.ops.maximum(keras.ops.sum(of_pixels), 1e-6)
    return keras.ops.sum(of_pixels * each) / total


def dice_loss(truth, logits):
    """Return 1 less the mean soft Dice of the categories that a batch shows.

    Milletari, Navab and Ahmadi 2016, arXiv:1606.04797.
    """
    truth = keras.ops.cast(truth, "int32")
    known = keras.ops.cast(truth != VOID, "float32")[..., None]
    labels = keras.ops.where(truth == VOID, 0, truth)
    right = keras.ops.one_hot(labels, NUM_CLASSES) * known
    said = keras.ops.softmax(logits) * known
    axes = (0, 1, 2)
    below = keras.ops.sum(said**2 + right, axes) + 1e-6
    dice = 2 * keras.ops.sum(said * right, axes) / below
    there = keras.ops.cast(keras.ops.sum(right, axes) > 0, "float32")
    number = keras.ops.maximum(keras.ops.sum(there), 1)
    return 1 - keras.ops.sum(dice * there) / number


def choose_loss(kind: str, masks: np.ndarray):
    """Return a loss: "plain", "weighted", or "dice", which is added to the plain one.

    Keras asks for functions with a name, so none is a partial.
    """
    weights = median_frequency(masks)

    def weighted(truth, logits):
        return weighted_cross_entropy(truth, logits, weights)

    def dice(truth, logits):
        return CROSS_ENTROPY(truth, logits) + dice_loss(truth, logits)

    return {"plain": CROSS_ENTROPY, "weighted": weighted, "dice": dice}[kind]


def build(kind: str, shape: tuple[int, int, int]) -> keras.Model:
    """Return a network by its name in the tables."""
    frozen = {"backbone": BACKBONE}
    builders = {
        "FCN": functools.partial(models.build_fcn, **frozen),
        "FCN-16s": functools.partial(models.build_fcn, stride=16, **frozen),
        "FCN-8s": functools.partial(models.build_fcn, stride=8, **frozen),
        "FCN-4s": functools.partial(models.build_fcn, stride=4, **frozen),
        "better FCN": functools.partial(models.build_better_fcn, **frozen),
        "ResNet-18 segmenter": functools.partial(
            models.build_resnet18_segmenter, width=RESNET_WIDTH
        ),
        "U-Net": functools.partial(models.build_unet, width=WIDTH, batch_norm=True),
        "U-Net, no batch norm": functools.partial(models.build_unet, width=WIDTH),
        "U-Net, no skips": functools.partial(
            models.build_unet, width=WIDTH, batch_norm=True, skips=False
        ),
    }
    return builders[kind](shape, NUM_CLASSES)


def rate_of(kind: str) -> float:
    """Return the peak rate: larger where all that is trained is a linear head."""
    return 3e-3 if kind.startswith("FCN") else 1e-3


def adam(rate) -> keras.optimizers.Optimizer:
    """Return AdamW with the decay of all these runs."""
    return keras.optimizers.AdamW(rate, weight_decay=0.05)


def timed(
    kind,
    seconds,
    experiment,
    pictures,
    loss="plain",
    augment=pair_augmentation.flip,
    rate=None,
    optimizer=adam,
):
    """Train a network for so many seconds; scores on the way are validation's."""
    images, masks = pictures.train
    model, rate = build(kind, images.shape[1:]), rate or rate_of(kind)
    batches = training.Batches(images, masks, BATCH, experiment.seed, augment)
    score = None
    if pictures.validation:
        score = functools.partial(validation_iou, model, pictures.validation)
    model.compile(optimizer(rate), choose_loss(loss, masks))
    clock = fit_for(seconds, model, batches, rate, score)
    details = {"scores": clock.scores, "steps": clock.steps, "loss": loss}
    return model, clock, details


def validation_iou(model, validation) -> float:
    """Return the mean IoU on the validation pictures."""
    return segmentation(model, *validation)["mean_iou"]


def stepped(
    kind,
    epochs,
    experiment,
    pictures,
    loss="plain",
    augment=pair_augmentation.flip,
    rate=None,
    optimizer=adam,
):
    """Train a network for so many epochs, resumable."""
    images, masks = pictures.train
    model = build(kind, images.shape[1:])
    batches = training.Batches(images, masks, BATCH, experiment.seed, augment)
    steps = epochs * len(batches)
    schedule = training.warmup_cosine(rate or rate_of(kind), steps)
    model.compile(optimizer(schedule), choose_loss(loss, masks))
    weights = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    details = {"loss": loss, "trained_weights": weights}
    return model, fit(experiment, model, batches, epochs, folder=FOLDER), details


@functools.lru_cache(maxsize=1)
def kept_maps(size: int):
    """Return what a frozen backbone makes of the training pictures, by its strides.

    Every picture is there mirrored, too: maps float16 (2n, h, w, c), masks, and the
    seconds that it took.
    """
    images, masks = load_pictures("06_better_fcn", size).train
    images, masks = (np.concatenate([a, a[:, :, ::-1]]) for a in (images, masks))
    base = backbones.build_backbone(images.shape[1:], BACKBONE)
    ends = backbones.stage_outputs(base)
    began = time.perf_counter()
    maps = keras.Model(base.input, ends).predict(images, batch_size=32, verbose=0)
    seconds = time.perf_counter() - began
    strides = sorted(STRIDES)
    kept = {s: m.astype("float16") for s, m in zip(strides, maps, strict=True)}
    return kept, masks, seconds


def on_kept_maps(kind, experiment, pictures):
    """Train what stands on a frozen backbone, on maps that are computed once."""
    maps, masks, seconds = kept_maps(experiment.size)
    model = build(kind, pictures.train[0].shape[1:])
    names = {f"logits_{stride}": stride for stride in STRIDES} | {"up1": max(STRIDES)}
    first = [layer for layer in model.layers if layer.name in names]
    head = keras.Model([layer.input for layer in first], model.output)
    inputs = [maps[names[layer.name]] for layer in first]
    steps = HEAD_EPOCHS * -(-len(masks) // BATCH)
    rate = LINEAR_RATE if kind.startswith("FCN") else rate_of(kind)
    head.compile(adam(training.warmup_cosine(rate, steps)), CROSS_ENTROPY)
    began = time.perf_counter()
    kept = head.fit(inputs, masks, BATCH, HEAD_EPOCHS, verbose=2)
    seconds += time.perf_counter() - began
    done = SimpleNamespace(epoch=HEAD_EPOCHS, seconds=seconds, history=kept.history)
    weights = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    return model, done, {"trained_weights": weights, "backbone": BACKBONE}


def guessed(guess, experiment, pictures):
    """Return a network without weights that says one guess of every picture."""
    images, masks = pictures.train
    logits = np.eye(NUM_CLASSES, dtype="float32")[guess(masks, NUM_CLASSES)]
    inputs = keras.Input(images.shape[1:])
    model = keras.Model(inputs, keras.ops.zeros_like(inputs[..., :1]) + logits)
    return model, UNTRAINED, {"trained_weights": 0}


def published(kind, experiment, pictures):
    """Train for 2 epochs with Adam at 1e-4, as in the published comparison."""
    images, masks = pictures.train
    model = build(kind, images.shape[1:])
    model.compile(keras.optimizers.Adam(1e-4), CROSS_ENTROPY)
    batches = training.Batches(images, masks, BATCH, experiment.seed)
    return model, fit(experiment, model, batches, 2, folder=FOLDER), {}


def experiments() -> list[Experiment]:
    """Return the runs of chapters 5 to 7, in the order in which they are done."""
    pairs = [*long_runs(), *races("07_unet"), *ablations(), *comparison(), *fcns()]
    return [*guesses(), *pairs, *races(DRAWN_STREETS)]


def planned(chapter, model, seed, minutes, train, **others) -> Experiment:
    """Return a run that is measured as a segmenter."""
    return Experiment(
        chapter, model, seed, minutes, train, scores=segmentation, **others
    )


def guesses() -> list[Experiment]:
    """Return the guesses that every table shows; they have no chance in them."""
    return [
        planned(
            chapter,
            name,
            0,
            0.1,
            functools.partial(guessed, guess),
            convolves=False,
        )
        for chapter in (*OF_PAIRS, DRAWN_STREETS)
        for name, guess in GUESSES.items()
    ]


def long_runs() -> list[Experiment]:
    """Return the U-Net for six minutes, trained on the validation pictures too.

    Scaled and cropped, because every street is seen some fifty times; the Dice loss,
    because few pixels are of the categories that pull the mean down; Muon and both
    views, as in chapter 3.
    """
    train = functools.partial(
        timed, "U-Net", LONG_SECONDS, loss="dice", augment=SCALE, **MUON
    )
    others = {"prepare": whole, "views": 2}
    return [planned("07_unet", LONG_RUN, seed, 7, train, **others) for seed in SEEDS]


def races(chapter: str) -> list[Experiment]:
    """Return four networks' race at equal time, with each seed."""
    kinds = ("FCN", "better FCN", "ResNet-18 segmenter", "U-Net")
    minutes = RACE_SECONDS / 60 + 0.5
    return [
        planned(
            chapter,
            f"race: {kind}",
            seed,
            minutes,
            functools.partial(timed, kind, RACE_SECONDS),
        )
        for seed in SEEDS
        for kind in kinds
    ]


def ablations() -> list[Experiment]:
    """Return the U-Net with one thing changed, at equal steps."""
    changes = {
        "U-Net, batch norm": ("U-Net", {}),
        "U-Net, no batch norm": ("U-Net, no batch norm", {}),
        "U-Net, no skips": ("U-Net, no skips", {}),
        "U-Net, scaled and cropped": ("U-Net", {"augment": SCALE}),
        "U-Net, class weights": ("U-Net", {"loss": "weighted"}),
        "U-Net, Dice": ("U-Net", {"loss": "dice"}),
        "U-Net, Muon": ("U-Net", MUON),
    }
    return [
        planned(
            "07_unet",
            name,
            seed,
            2,
            functools.partial(stepped, kind, EPOCHS, **settings),
            tested=False,
        )
        for seed in SEEDS
        for name, (kind, settings) in changes.items()
    ]


def comparison() -> list[Experiment]:
    """Return the published comparison, two epochs each, at this machine's widths."""
    kinds = {
        "U-Net": "U-Net, no batch norm",
        "ResNet-18": "ResNet-18 segmenter",
    }
    return [
        planned(
            "07_unet",
            f"published recipe: {name}",
            seed,
            0.5,
            functools.partial(published, kind),
        )
        for seed in SEEDS
        for name, kind in kinds.items()
    ]


def fcns() -> list[Experiment]:
    """Return the networks of chapters 5 and 6 on the frozen backbone."""
    kinds = ("FCN", "FCN-16s", "FCN-8s", "FCN-4s", "better FCN")
    listed = []
    for seed in SEEDS:
        train = functools.partial(on_kept_maps, "FCN")
        listed.append(planned("05_fcn", f"FCN on {BACKBONE}", seed, 0.5, train))
        for size, suffix in SIZES.items():
            for kind in kinds:
                train = functools.partial(on_kept_maps, kind)
                name = f"{kind}{suffix}"
                listed.append(planned("06_better_fcn", name, seed, 1, train, size=size))
    return listed
