"""Clear errors for what is handed to a builder."""

from collections.abc import Sequence


def check_picture(
    input_shape: Sequence[int], multiple_of: int = 1, at_least: int = 1
) -> None:
    """Raise ValueError unless `input_shape` is (h, w, c) of sizes that are allowed."""
    sizes = tuple(input_shape)
    whole = len(sizes) == 3 and all(isinstance(n, int) and n > 0 for n in sizes)
    if not whole:
        raise ValueError(
            "input_shape: expected (height, width, channels) as three positive "
            f"integers, found {input_shape!r}"
        )
    if sizes[0] % multiple_of or sizes[1] % multiple_of:
        raise ValueError(
            f"input_shape: height and width must be multiples of {multiple_of}, "
            f"because the network halves them; found {sizes[0]}×{sizes[1]}"
        )
    if min(sizes[:2]) < at_least:
        raise ValueError(
            f"input_shape: height and width must be {at_least} or more, because the "
            f"network halves them; found {sizes[0]}×{sizes[1]}"
        )


def check_count(name: str, value: int, least: int = 1) -> None:
    """Raise ValueError unless `value` is an integer of `least` or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name}: expected an integer >= {least}, found {value!r}")


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Raise ValueError unless `value` is one of the choices."""
    if value not in choices:
        raise ValueError(f"{name}: expected one of {list(choices)}, found {value!r}")
