import numpy as np
import pytest

from pixelwise import training
from pixelwise.training import augmentation
from pixelwise.training.augmentation import rotate_blur_stretch, rotations, warp

STILL = dict(angle=0, stretch=0, blur=0)


def generator():
    return np.random.default_rng(3)


@pytest.fixture
def images():
    return generator().integers(0, 256, (5, 9, 12, 3), dtype="uint8")


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_shape_dtype_and_labels_stay(images, dtype):
    labels = np.arange(5)
    answer, same = rotate_blur_stretch(images.astype(dtype), labels, generator())
    assert answer.shape == images.shape and answer.dtype == dtype
    assert same is labels


def test_pictures_handed_in_stay_as_they_were(images):
    kept = images.copy()
    rotate_blur_stretch(images, None, generator())
    np.testing.assert_array_equal(images, kept)


def test_nothing_happens_with_every_strength_at_zero(images):
    answer, _ = rotate_blur_stretch(images, None, generator(), **STILL)
    np.testing.assert_array_equal(answer, images)


@pytest.mark.parametrize("strength", [{"angle": 10}, {"stretch": 0.1}, {"blur": 0.25}])
def test_each_strength_changes_every_picture_in_its_own_way(images, strength):
    same = np.repeat(images[:1], 5, axis=0)
    answer, _ = rotate_blur_stretch(same, None, generator(), **{**STILL, **strength})
    assert len(np.unique(answer.reshape(5, -1), axis=0)) == 5
    assert all((picture != images[0]).any() for picture in answer)


def test_the_generator_fixes_what_happens(images):
    once, _ = rotate_blur_stretch(images, None, generator())
    again, _ = rotate_blur_stretch(images, None, generator())
    other, _ = rotate_blur_stretch(images, None, np.random.default_rng(4))
    np.testing.assert_array_equal(once, again)
    assert (once != other).any()


def test_an_even_picture_stays_even():
    even = np.full((4, 8, 8, 3), 100, "uint8")
    answer, _ = rotate_blur_stretch(even, None, generator())
    np.testing.assert_array_equal(answer, even)


def test_quarter_and_half_turns_are_numpy_s(images):
    square = images[:2, :, :9]
    for quarters in (1, 2, 3):
        turns = np.full(2, quarters * np.pi / 2)
        expected = np.rot90(square, quarters, axes=(1, 2))
        found = warp(square, rotations(turns))
        np.testing.assert_allclose(found, expected, atol=0.02)


def test_each_picture_has_a_matrix_of_its_own(images):
    found = warp(images[:2], rotations(np.array([0, np.pi])))
    np.testing.assert_allclose(found[0], images[0], atol=0.02)
    np.testing.assert_allclose(found[1], images[1, ::-1, ::-1], atol=0.02)


def test_a_slope_is_read_exactly_between_pixels():
    rows, columns = np.mgrid[:11, :15].astype("float32")
    slope = (3 * rows + 7 * columns)[None, :, :, None]
    matrix = np.array([[[0.5, 0.1], [-0.2, 0.6]]])
    down, right = rows - 5, columns - 7
    expected = 3 * (5 + 0.5 * down + 0.1 * right) + 7 * (7 - 0.2 * down + 0.6 * right)
    found = warp(slope, matrix)[0, :, :, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_stretching_moves_rows_and_columns_from_the_centre():
    picture = np.zeros((1, 9, 9, 1), "float32")
    picture[0, 4, 6] = 1  # two columns to the right of the centre
    found = warp(picture, np.array([[[1, 0], [0, 0.5]]]))[0, :, :, 0]
    assert np.unravel_index(found.argmax(), (9, 9)) == (4, 8)


def test_pictures_go_on_mirrored_beyond_their_edges():
    row = np.array([10, 20, 40], "float32")[None, None, :, None]
    found = warp(row, np.array([[[1, 0], [0, 2]]]))
    # Read at columns -1, 1 and 3: the first and last are mirrored at 0 and 2.
    np.testing.assert_allclose(found[0, 0, :, 0], [20, 20, 20])


def test_blur_spreads_a_point_over_its_neighbours():
    picture = np.zeros((1, 5, 5, 1), "float32")
    picture[0, 2, 2] = 16
    found = augmentation.blur_pictures(picture, np.array([0.25]))[0, :, :, 0]
    np.testing.assert_allclose(found[1:4, 1:4], [[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    assert found.sum() == 16


@pytest.mark.parametrize("shape", [(1, 1, 1, 3), (2, 1, 6, 1), (3, 5, 1, 2)])
def test_pictures_of_a_single_row_or_column_are_taken(shape):
    even = np.full(shape, 7, "uint8")
    answer, _ = rotate_blur_stretch(even, None, generator())
    np.testing.assert_array_equal(answer, even)


def test_batches_take_it_as_their_augmentation(images):
    batches = training.Batches(
        images, np.arange(5), batch_size=5, augment=rotate_blur_stretch
    )
    answer, labels = batches[0]
    assert answer.shape == images.shape
    assert sorted(labels) == [0, 1, 2, 3, 4]


def test_cut_out_covers_one_square_with_the_mean_and_leaves_the_rest(images):
    labels, generator = np.arange(len(images)), np.random.default_rng(0)
    kept = images.copy()
    found, same = augmentation.cut_out(images, labels, generator, size=3)
    assert same is labels
    assert found.dtype == images.dtype
    assert np.array_equal(images, kept)
    mean = images.mean(axis=(0, 1, 2)).astype(images.dtype)
    for before, after in zip(images, found, strict=True):
        rows, columns = np.nonzero((before != after).any(axis=-1))
        top, left = rows.min(), columns.min()
        assert rows.max() - top < 3
        assert columns.max() - left < 3
        assert np.all(after[rows, columns] == mean)


def test_cut_out_reaches_every_place():
    ones = np.full((2_000, 5, 4, 1), 9, "uint8")
    ones[0] = 0
    found, _ = augmentation.cut_out(ones, ones, np.random.default_rng(0), size=2)
    assert np.all((found[1:] != 9).any(axis=0))


@pytest.mark.parametrize("size", [0, 6])
def test_a_square_that_does_not_fit_is_named(images, size):
    with pytest.raises(ValueError, match=f"found {size}"):
        augmentation.cut_out(images[:, :5], images, np.random.default_rng(0), size)
