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
