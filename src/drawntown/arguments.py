"""Clear errors for numbers that cannot be."""

import numpy as np


def check_whole(name: str, value: int, least: int = 0) -> None:
    """Raise ValueError unless the value is a whole number from `least` upwards."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < least:
        raise ValueError(
            f"expected {name} as a whole number >= {least}, found {value!r}"
        )
