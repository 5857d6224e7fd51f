import numpy as np
import pytest

from pixelwise.exercises import check


def test_right_answers_pass_whatever_their_container():
    check.value("v", [1.0, 2.0], np.array([1, 2]))
    check.value("v", 3, 3.0)
    check.value("v", True, 1)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([1.0, 2.5], r"expected 2 at \[1\], found 2.5 \(50% of the values differ\)"),
        ([1.0, np.nan], "not finite"),
        ([1.0], r"expected shape \(2,\), found \(1,\)"),
        ([[1.0, 2.0]], r"expected shape \(2,\), found \(1, 2\)"),
        ("ab", "expected numbers, found str"),
        (None, "expected numbers, found NoneType"),
        ([[1], [1, 2]], "expected numbers, found list"),
    ],
)
def test_what_is_wrong_is_said(found, message):
    with pytest.raises(check.NotYet, match=message):
        check.value("answer", found, [1.0, 2.0])


def test_a_partly_right_answer_is_rejected():
    expected = np.arange(1000.0)
    found = expected.copy()
    found[999] += 1
    with pytest.raises(check.NotYet, match=r"expected 999 at \[999\]"):
        check.value("answer", found, expected)


def test_a_typical_mistake_gets_its_hint():
    mistakes = {"Divide by 255.": 255, "Take the mean.": [1, 1]}
    with pytest.raises(check.NotYet, match="Divide by 255"):
        check.value("answer", 255.0, 1.0, mistakes)
    with pytest.raises(check.NotYet, match="Take the mean"):
        check.value("answer", [1, 1], 1.0, mistakes)


def test_an_answer_within_the_tolerance_of_a_mistake_and_of_the_truth_passes():
    check.value("answer", 1.0, 1.0, {"never shown": 1.0})


def test_exact_comparison():
    with pytest.raises(check.NotYet):
        check.value("answer", 830_251, 830_250, tolerance=0)


def test_a_function_that_fails_is_explained():
    def stub():
        raise NotImplementedError

    def divides(x):
        return 1 / x

    def silent():
        pass

    with pytest.raises(check.NotYet, match="stub has no answer yet"):
        check.call(stub)
    with pytest.raises(check.NotYet, match="divides raised ZeroDivisionError"):
        check.call(divides, 0)
    with pytest.raises(check.NotYet, match="silent returned None"):
        check.call(silent)
    assert check.call(divides, x=4) == 0.25


def test_what_is_not_implemented_elsewhere_is_no_missing_answer():
    def asks():
        raise NotImplementedError("this frontend does not support input requests")

    with pytest.raises(check.NotYet, match="asks raised NotImplementedError: this"):
        check.call(asks)


def test_two_results_are_demanded():
    check.pair("f()", (1, 2), "a and b")
    for found in (1, (1, 2, 3), np.zeros(2)):
        with pytest.raises(check.NotYet, match="expected two results, a and b"):
            check.pair("f()", found, "a and b")
