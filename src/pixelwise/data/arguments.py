"""Arguments of the data sets' `load`: what cannot be is named, the rest is told."""

from collections.abc import Sequence


def check_choice(name: str, value: object, choices: Sequence) -> None:
    """Raise ValueError unless the value is one of the choices."""
    if value not in choices or isinstance(value, bool):
        raise ValueError(f"{name}: expected one of {list(choices)}, found {value!r}")


def check_limit(limit: int | None) -> None:
    """Raise ValueError unless so many can be asked for, or all (None)."""
    if limit is not None and limit < 1:
        raise ValueError(f"limit: expected None or at least 1, found {limit}")


def tell_if_fewer(limit: int | None, found: int, what: str) -> None:
    """Print that there are not so many as were asked for, if it is so."""
    if limit is not None and limit > found:
        print(f"Asked for {limit:,} {what}, found {found:,}: using all.")
