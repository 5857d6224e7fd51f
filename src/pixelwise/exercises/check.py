"""The self-check cells: say what is wrong with an answer, and hint at why."""

from collections.abc import Callable, Mapping

import numpy as np


class NotYet(AssertionError):
    """An answer that is missing or not right yet; its message says what to do."""


def passed(name: str) -> None:
    """Say that an exercise is solved."""
    print(f"✓ {name}: right.")


def call(function: Callable, *arguments, **keywords):
    """Return the answer of a student's function; explain what it raised, if it did.

    Raises:
        NotYet: the function has no answer yet (NotImplementedError or None), or it
            raises something else, which is named.
    """
    name = getattr(function, "__name__", "your function")
    try:
        answer = function(*arguments, **keywords)
    except Exception as error:
        if isinstance(error, NotImplementedError) and not error.args:
            raise NotYet(
                f"{name} has no answer yet: replace `raise NotImplementedError()` in "
                "the cell above by your own lines, run that cell, then this one."
            ) from None
        raise NotYet(f"{name} raised {type(error).__name__}: {error}") from error
    if answer is None:
        raise NotYet(f"{name} returned None: does it end in `return …`?")
    return answer


def pair(name: str, found, of_what: str) -> None:
    """Raise NotYet unless `found` is a tuple or a list of two things."""
    if not isinstance(found, (tuple, list)) or len(found) != 2:
        raise NotYet(
            f"{name}: expected two results, {of_what} (`return a, b`), "
            f"found {type(found).__name__}."
        )


def value(
    name: str,
    found,
    expected,
    mistakes: Mapping[str, object] | None = None,
    tolerance: float = 1e-5,
) -> None:
    """Raise NotYet unless `found` has the shape and the values of `expected`.

    Args:
        name: what is compared, in words that start the message.
        found: the student's answer: a number, an array, or a (nested) list of them.
        expected: what is right, of the same kind.
        mistakes: typical wrong answers, by a hint at what leads to each. An answer
            that equals one of them gets its hint.
        tolerance: largest difference allowed, absolute and relative to `expected`.
    """
    found, expected = as_array(name, found), np.asarray(expected)
    if same(found, expected, tolerance):
        return
    for hint, wrong in (mistakes or {}).items():
        if same(found, np.asarray(wrong), tolerance):
            raise NotYet(f"{name}: not yet. {hint}")
    if found.shape != expected.shape:
        raise NotYet(f"{name}: expected shape {expected.shape}, found {found.shape}.")
    raise NotYet(f"{name}: {difference(found, expected, tolerance)}")


def as_array(name: str, found) -> np.ndarray:
    """Return `found` as an array of numbers, or raise NotYet."""
    try:
        array = np.asarray(found)
    except (ValueError, TypeError):
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        raise NotYet(f"{name}: expected numbers, found {type(found).__name__}.")
    return array


def same(found: np.ndarray, expected: np.ndarray, tolerance: float) -> bool:
    """Return whether both have one shape and, within the tolerance, the same values."""
    if found.shape != expected.shape:
        return False
    return bool(np.allclose(found, expected, tolerance, tolerance, equal_nan=True))


def difference(found: np.ndarray, expected: np.ndarray, tolerance: float) -> str:
    """Return a sentence on the first place where two arrays of one shape differ."""
    if not np.all(np.isfinite(found)):
        return "found values that are not finite (nan or inf)."
    wrong = ~np.isclose(found, expected, rtol=tolerance, atol=tolerance)
    place = tuple(int(i) for i in np.argwhere(wrong)[0]) if expected.shape else ()
    where = f" at {list(place)}" if place else ""
    share = f" ({wrong.mean():.0%} of the values differ)" if wrong.size > 1 else ""
    return f"expected {expected[place]:.6g}{where}, found {found[place]:.6g}{share}."
