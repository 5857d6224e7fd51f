"""Picture and target move together, and no label is made up between two others."""

import functools

import numpy as np
import pytest

from pixelwise import training
from pixelwise.training.batches import describe_function
from pixelwise.training.pair_augmentation import flip, flip_scale_crop

LABELS = np.array([0, 1, 3, 6, 255], np.uint8)


def generator(seed=3):
    return np.random.default_rng(seed)


@pytest.fixture
def masks():
    """Twenty masks of 48 × 64 in large patches of some labels, one of them void."""
    patches = LABELS[generator().integers(0, len(LABELS), (20, 6, 8))]
    return patches.repeat(8, axis=1).repeat(8, axis=2)


@pytest.fixture
def images(masks):
    """The pictures of the masks: each channel another function of the label."""
    return np.stack([masks, 255 - masks, masks // 2], axis=-1)


def targets_of(images, kind):
    """Return masks (n, h, w), or two numbers for each pixel, as chroma is."""
    return images[..., 0] if kind == "masks" else images[..., 1:] / np.float32(255)


@pytest.mark.parametrize("kind", ["masks", "chroma"])
def test_half_of_the_pairs_are_mirrored_whole(images, kind):
    images = np.concatenate([images, images[:, ::-1]])
    targets = targets_of(images, kind)
    kept = images.copy(), targets.copy()
    moved, found = flip(images, targets, generator())
    turned = (moved != images).any(axis=(1, 2, 3))
    np.testing.assert_array_equal(moved[turned], images[turned, :, ::-1])
    np.testing.assert_array_equal(found, targets_of(moved, kind))
    assert 10 < turned.sum() < 30
    assert (moved.dtype, found.dtype) == (images.dtype, targets.dtype)
    np.testing.assert_array_equal(images, kept[0])
    np.testing.assert_array_equal(targets, kept[1])


def test_picture_and_mask_move_together(images, masks):
    moved, labels = flip_scale_crop(images, masks, generator())
    of_mask = np.stack([labels, 255 - labels, labels // 2], axis=-1)
    # Bilinear reading blends within a pixel of an edge, and nowhere else.
    inner = np.ones_like(labels, bool)
    for step in np.ndindex(3, 3):
        inner &= labels == np.roll(labels, np.subtract(step, 1), axis=(1, 2))
    inner[:, [0, -1]] = inner[:, :, [0, -1]] = False
    assert inner.mean() > 0.5
    np.testing.assert_allclose(moved[inner], of_mask[inner], atol=1)


@pytest.mark.parametrize("dtype", ["uint8", "int32"])
def test_labels_stay_a_subset_and_keep_their_type(images, masks, dtype):
    _, labels = flip_scale_crop(images, masks.astype(dtype), generator())
    assert labels.dtype == dtype and labels.shape == masks.shape
    for before, after in zip(masks, labels, strict=True):
        assert set(np.unique(after)) <= set(np.unique(before))
    np.testing.assert_array_equal(np.unique(labels), LABELS)


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_pictures_keep_shape_type_and_range(images, masks, dtype):
    moved, _ = flip_scale_crop(images.astype(dtype), masks, generator())
    assert moved.dtype == dtype and moved.shape == images.shape
    assert moved.min() > images.min() - 1e-3 and moved.max() < images.max() + 1e-3


def test_what_was_handed_in_stays_as_it_was(images, masks):
    kept = images.copy(), masks.copy()
    flip_scale_crop(images, masks, generator())
    np.testing.assert_array_equal(images, kept[0])
    np.testing.assert_array_equal(masks, kept[1])


def test_at_scale_one_pairs_are_mirrored_or_left_alone(images, masks):
    moved, labels = flip_scale_crop(images, masks, generator(), 1, 1)
    mirrored = 0
    for number in range(len(masks)):
        flip = (labels[number] != masks[number]).any()
        step = -1 if flip else 1
        np.testing.assert_array_equal(labels[number], masks[number][:, ::step])
        np.testing.assert_array_equal(moved[number], images[number][:, ::step])
        mirrored += flip
    assert 4 <= mirrored <= 16


def test_at_scale_two_a_quarter_is_shown_twice_as_large():
    rows, columns = np.mgrid[:32, :32].astype("uint8")
    masks = np.stack([4 * rows, 4 * columns])[[0, 1, 0, 1]]
    _, labels = flip_scale_crop(masks[..., None], masks, generator(), 2, 2)
    for number, axis in enumerate([0, 1, 0, 1]):
        line = np.abs(np.diff(labels[number].astype(int), axis=axis)).max(1 - axis)
        # Every row (or column) of the half that is shown appears twice.
        assert len(np.unique(labels[number])) in (16, 17)
        assert set(line) == {0, 4}


def test_at_half_scale_the_pair_goes_on_mirrored():
    row = np.arange(16, dtype="uint8")
    masks = np.broadcast_to(row, (1, 16, 16)).copy()
    moved, labels = flip_scale_crop(
        masks[..., None].astype("float32"), masks, generator(), 0.5, 0.5
    )
    steps = np.abs(np.diff(moved[0, 0, :, 0]))
    # Two pixels further each time, and less where it turns back at an edge.
    assert (steps < 2 + 1e-3).all() and (steps < 2 - 1e-3).sum() in (1, 2)
    assert labels.min() <= 1 and labels.max() >= 14


def test_pairs_differ_and_the_generator_fixes_them(images, masks):
    same = np.repeat(images[:1], 20, axis=0), np.repeat(masks[:1], 20, axis=0)
    once = flip_scale_crop(*same, generator())
    again = flip_scale_crop(*same, generator())
    other = flip_scale_crop(*same, generator(4))
    assert len(np.unique(once[1].reshape(20, -1), axis=0)) == 20
    for one, two, three in zip(once, again, other, strict=True):
        np.testing.assert_array_equal(one, two)
        assert (one != three).any()


def test_batches_take_it_as_their_augmentation(images, masks):
    augment = functools.partial(flip_scale_crop, smallest=0.5, largest=2)
    batches = training.Batches(images, masks, batch_size=4, augment=augment)
    moved, labels = batches[0]
    assert moved.shape == (4, 48, 64, 3) and labels.shape == (4, 48, 64)
    assert "smallest=0.5" in batches.settings()["augment"]


@pytest.mark.parametrize(
    ("shape", "of_masks"),
    [
        ((2, 8, 8, 3), (2, 8, 9)),
        ((2, 8, 8, 3), (3, 8, 8)),
        ((2, 8, 8), (2, 8, 8)),
        ((2, 8, 8, 3), (2, 8, 8, 1)),
    ],
)
def test_masks_that_are_not_the_pictures_are_named(shape, of_masks):
    with pytest.raises(ValueError, match="images and masks: expected"):
        flip_scale_crop(np.zeros(shape), np.zeros(of_masks, "uint8"), generator())


@pytest.mark.parametrize(
    ("shape", "of_targets"),
    [((2, 8, 8, 1), (2, 8, 9)), ((2, 8, 8, 1), (2,)), ((2, 8, 8), (2, 8, 8))],
)
def test_targets_that_are_not_the_pictures_are_named(shape, of_targets):
    with pytest.raises(ValueError, match="images and targets: expected"):
        flip(np.zeros(shape), np.zeros(of_targets), generator())


def test_a_checkpoint_knows_the_flip_by_its_name():
    assert describe_function(flip) == "flip"


@pytest.mark.parametrize("scales", [(0, 1), (-1, 1), (2, 1)])
def test_scales_that_are_no_range_are_named(images, masks, scales):
    with pytest.raises(ValueError, match=f"found {scales[0]} and {scales[1]}"):
        flip_scale_crop(images, masks, generator(), *scales)
