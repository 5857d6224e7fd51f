import keras
import numpy as np
import pytest

from pixelwise import metrics


def test_confusion_has_truth_in_rows():
    counts = metrics.confusion([0, 0, 1, 2], [0, 2, 1, 1], num_classes=3)
    np.testing.assert_array_equal(counts, [[1, 0, 1], [0, 1, 0], [0, 1, 0]])


def test_confusion_equals_counting_one_by_one():
    generator = np.random.default_rng(0)
    truth, guess = generator.integers(0, 7, (2, 40, 30))
    expected = np.zeros((7, 7), dtype=int)
    for row, column in zip(truth.ravel(), guess.ravel(), strict=True):
        expected[row, column] += 1
    np.testing.assert_array_equal(metrics.confusion(truth, guess, 7), expected)


def test_small_integers_do_not_overflow():
    truth = np.full(10, 200, dtype=np.uint8)
    assert metrics.confusion(truth, truth, num_classes=201)[200, 200] == 10


def test_void_is_left_out():
    counts = metrics.confusion([0, 255, 1, 255], [0, 1, 1, 0], num_classes=2)
    np.testing.assert_array_equal(counts, [[1, 0], [0, 1]])


@pytest.mark.parametrize(
    ("truth", "prediction", "message"),
    [
        ([0, 1], [0], r"\(2,\) and \(1,\)"),
        ([0, 3], [0, 1], "truth: expected labels 0 to 2, found 0 to 3"),
        ([0, 1], [0, -1], "prediction: expected labels 0 to 2, found -1 to 0"),
        ([0, 1], [0.0, 1.0], "prediction: expected integers, found float64"),
    ],
)
def test_wrong_labels_are_named(truth, prediction, message):
    with pytest.raises(ValueError, match=message):
        metrics.confusion(np.array(truth), np.array(prediction), num_classes=3)


def test_accuracy_is_the_share_of_equal_labels():
    assert metrics.accuracy([1, 2, 3, 4], [1, 2, 0, 4]) == 0.75


def test_accuracy_refuses_to_compare_all_with_all():
    with pytest.raises(ValueError, match=r"\(4, 1\) and \(4,\)"):
        metrics.accuracy(np.zeros((4, 1)), np.zeros(4))


MEASURES = [
    metrics.pixel_accuracy,
    metrics.category_iou,
    metrics.mean_iou,
    metrics.frequency_weighted_iou,
]


def masks(seed=0, labels=7, shape=(3, 12, 10)):
    """Return truth with a void eighth, and a prediction right in most places."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(0, labels, shape, dtype=np.uint8)
    wrong = generator.random(shape) < 0.3
    prediction = np.where(wrong, generator.integers(0, labels, shape), truth)
    truth[generator.random(shape) < 0.125] = 255
    return truth, prediction.astype(np.uint8)


def ious_by_sets(truth, prediction, num_classes):
    """Return IoU and pixels in the truth of each category, by sets of places."""
    valid = {place for place in np.ndindex(truth.shape) if truth[place] != 255}
    found = []
    for label in range(num_classes):
        there = {place for place in valid if truth[place] == label}
        said = {place for place in valid if prediction[place] == label}
        union = len(there | said)
        iou = len(there & said) / union if union else None
        found.append((iou, len(there)))
    return found


@pytest.mark.parametrize("labels", [7, 4])  # of seven categories, all or the first four
def test_ious_are_those_of_sets_of_places(labels):
    truth, prediction = masks(labels=labels)
    found = ious_by_sets(truth, prediction, 7)
    ious = [np.nan if iou is None else iou for iou, _ in found]
    np.testing.assert_allclose(metrics.category_iou(truth, prediction, 7), ious)
    present = [iou for iou, _ in found if iou is not None]
    mean = sum(present) / len(present)
    assert metrics.mean_iou(truth, prediction, 7) == pytest.approx(mean)
    pixels = sum(count for _, count in found)
    weighted = sum(iou * count for iou, count in found if count) / pixels
    assert metrics.frequency_weighted_iou(truth, prediction, 7) == pytest.approx(
        weighted
    )


def test_a_category_only_in_the_prediction_counts_with_zero():
    truth, prediction = np.array([0, 0, 0, 255]), np.array([0, 0, 1, 2])
    np.testing.assert_allclose(
        metrics.category_iou(truth, prediction, 3), [2 / 3, 0, np.nan]
    )
    assert metrics.mean_iou(truth, prediction, 3) == pytest.approx(1 / 3)
    assert metrics.frequency_weighted_iou(truth, prediction, 3) == pytest.approx(2 / 3)


@pytest.mark.parametrize("labels", [7, 5])
def test_mean_iou_is_that_of_keras(labels):
    truth, prediction = masks(seed=1, labels=labels)
    measure = keras.metrics.MeanIoU(7, ignore_class=255, sparse_y_pred=False)
    measure.update_state(truth, keras.utils.to_categorical(prediction, 7))
    expected = float(measure.result())
    assert metrics.mean_iou(truth, prediction, 7) == pytest.approx(expected, rel=1e-5)


def test_category_ious_are_those_of_keras():
    truth, prediction = masks(seed=2)
    scores = keras.utils.to_categorical(prediction, 7)
    for label, found in enumerate(metrics.category_iou(truth, prediction, 7)):
        measure = keras.metrics.IoU(7, [label], ignore_class=255, sparse_y_pred=False)
        measure.update_state(truth, scores)
        assert found == pytest.approx(float(measure.result()), rel=1e-5)


def test_pixel_accuracy_leaves_void_out():
    truth, prediction = np.array([[0, 1], [255, 2]]), np.array([[0, 2], [1, 2]])
    assert metrics.pixel_accuracy(truth, prediction, 3) == pytest.approx(2 / 3)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_predicted_for_void_changes_nothing(measure):
    truth, prediction = masks()
    changed = np.where(truth == 255, 0, prediction)
    assert (changed != prediction).any()
    np.testing.assert_array_equal(
        measure(truth, changed, 7), measure(truth, prediction, 7)
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_void_can_be_another_label(measure):
    truth, prediction = masks()
    other = np.where(truth == 255, 9, truth)
    np.testing.assert_array_equal(
        measure(other, prediction, 7, void=9), measure(truth, prediction, 7)
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_the_perfect_prediction_scores_one(measure):
    truth, _ = masks()
    found = measure(truth, np.where(truth == 255, 0, truth), 7)
    np.testing.assert_allclose(found, np.ones_like(found))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("truth", [np.full((2, 3), 255), np.zeros((0, 3), int)])
def test_truth_without_a_label_is_named(measure, truth):
    with pytest.raises(ValueError, match="at least one label other than 255"):
        measure(truth, np.zeros_like(truth), 7)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_names_wrong_shapes_and_labels(measure):
    with pytest.raises(ValueError, match=r"\(2, 2\) and \(4,\)"):
        measure(np.zeros((2, 2), int), np.zeros(4, int), 7)
    with pytest.raises(ValueError, match="prediction: expected labels 0 to 6"):
        measure(np.zeros(4, int), np.full(4, 7), 7)


def test_most_frequent_guesses_are_those_counted_by_hand():
    seen = np.array(
        [
            [[0, 1, 2], [0, 255, 2]],
            [[0, 1, 2], [1, 255, 2]],
            [[0, 2, 2], [1, 255, 255]],
        ]
    )
    everywhere = metrics.frequent_everywhere(seen, 3)
    np.testing.assert_array_equal(everywhere, np.full((2, 3), 2))
    # Where all is void stands the most frequent of all.
    by_position = metrics.frequent_by_position(seen, 3)
    np.testing.assert_array_equal(by_position, [[0, 1, 2], [1, 2, 2]])
    assert everywhere.dtype == by_position.dtype == np.uint8


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.zeros((4, 4), int), r"\(n, h, w\).*\(4, 4\)"),
        (np.zeros((0, 4, 4), int), r"found \(0, 4, 4\)"),
        (np.full((1, 2, 2), 7), "expected labels 0 to 6, found 7 to 7"),
        (np.zeros((1, 2, 2)), "expected integers, found float64"),
    ],
)
@pytest.mark.parametrize(
    "guess", [metrics.frequent_everywhere, metrics.frequent_by_position]
)
def test_masks_that_cannot_be_counted_are_named(guess, wrong, message):
    with pytest.raises(ValueError, match=message):
        guess(wrong, 7)


def borders_by_search(masks, radius):
    """Return what is near a border, by looking at every pixel of every square."""
    near = np.zeros(masks.shape, bool)
    for number, row, column in np.ndindex(masks.shape):
        own = masks[number, row, column]
        for y in range(row - radius, row + radius + 1):
            for x in range(column - radius, column + radius + 1):
                if 0 <= y < masks.shape[1] and 0 <= x < masks.shape[2]:
                    other = masks[number, y, x]
                    near[number, row, column] |= other not in (own, 255)
    return near & (masks != 255)


def patches():
    """Return three masks of 5×4 patches, some of them void, with void scattered."""
    truth = masks(shape=(3, 3, 4))[0].repeat(5, axis=1).repeat(4, axis=2)
    truth[masks(seed=3, shape=truth.shape)[0] == 255] = 255
    return truth


@pytest.mark.parametrize("radius", [1, 2, 4, 9])
def test_near_borders_is_what_a_search_finds(radius):
    truth = patches()
    found = metrics.near_borders(truth, radius)
    np.testing.assert_array_equal(found, borders_by_search(truth, radius))
    assert found.dtype == bool and 0.1 < found.mean() < 0.9


def test_near_borders_leaves_void_and_edges_out():
    row = np.array([[[0, 0, 0, 1, 255, 2]]], np.uint8)
    for radius, expected in ((1, [0, 0, 1, 1, 0, 0]), (2, [0, 1, 1, 1, 0, 1])):
        np.testing.assert_array_equal(metrics.near_borders(row, radius)[0, 0], expected)
    alone = np.array([[[255, 255, 255], [255, 6, 255]], [[0, 0, 0], [0, 0, 0]]])
    assert not metrics.near_borders(alone, 5).any()


def test_near_a_border_is_a_square_and_no_cross():
    corner = np.zeros((2, 5, 5), np.uint8)
    corner[0, 4, 4] = 3
    near = metrics.near_borders(corner, 2)
    assert near[0, 2:, 2:].all() and near[0].sum() == 9
    assert not near[1].any()  # the other mask has no border


@pytest.mark.parametrize("void", [9, -1])
def test_what_is_near_a_border_can_have_another_void(void):
    truth = patches()
    other = np.where(truth == 255, void, truth.astype(int))
    np.testing.assert_array_equal(
        metrics.near_borders(other, 1, void), metrics.near_borders(truth, 1)
    )


@pytest.mark.parametrize(
    ("wrong", "radius", "message"),
    [
        (np.zeros((4, 4), int), 1, r"int64 \(4, 4\) and 1"),
        (np.zeros((1, 4, 4)), 1, r"float64 \(1, 4, 4\) and 1"),
        (np.zeros((1, 4, 4), int), -1, r"\(1, 4, 4\) and -1"),
    ],
)
def test_masks_whose_borders_cannot_be_found_are_named(wrong, radius, message):
    with pytest.raises(ValueError, match=rf"expected integers \(n, h, w\).*{message}"):
        metrics.near_borders(wrong, radius)


def test_a_segmentation_is_summarised_as_by_hand():
    truth = np.array([[[255, 0, 0, 0, 1]]])
    guess = np.array([[[1, 0, 0, 0, 0]]])
    found = metrics.summarise_segmentation(truth, guess, ("road", "car", "sky"), near=1)
    expected = {
        "mean_iou": 3 / 8,
        "weighted_iou": 9 / 16,
        "pixel_accuracy": 3 / 4,
        "near_accuracy": 1 / 2,
        "road_iou": 3 / 4,
        "car_iou": 0,
    }
    assert found == pytest.approx(expected)  # there is no sky, so it has no IoU
    assert all(type(value) is float for value in found.values())
    other = np.where(truth == 255, 9, truth)
    again = metrics.summarise_segmentation(other, guess, "abc", void=9, near=1)
    assert list(again.values()) == list(found.values())


def test_the_band_of_a_summary_is_four_pixels_wide():
    truth = np.repeat([0, 1], [12, 4])[None, None]
    guess = truth.copy()
    guess[..., 8] = 1  # of the four that are nearest to the border, the last
    found = metrics.summarise_segmentation(truth, guess, "ab")
    assert found["near_accuracy"] == pytest.approx(7 / 8)
