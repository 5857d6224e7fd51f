"""What of the ground lies in the shadow of a block."""

from itertools import product
from typing import NamedTuple

from drawntown.drawing.canvas import Point


class Block(NamedTuple):
    """A block's middle on the ground, (aside, ahead), and its size, in metres."""

    aside: float
    ahead: float
    width: float
    length: float
    height: float


def shadow_of(block: Block, sun: Point) -> list[Point]:
    """Return the corners, (aside, ahead), of the block's shadow and its own ground.

    `sun` is how far a shadow reaches per metre of height, (aside, ahead).
    """
    half, deep = block.width / 2, block.length / 2
    reach = sun[0] * block.height, sun[1] * block.height
    corners = []
    for x, z in product((-half, half), (-deep, deep)):
        foot = block.aside + x, block.ahead + z
        corners += [foot, (foot[0] + reach[0], foot[1] + reach[1])]
    return _hull(corners)


def _hull(points: list[Point]) -> list[Point]:
    """Return the corners around all the points (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def half(chain_of: list[Point]) -> list[Point]:
        chain: list[Point] = []
        for point in chain_of:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(first: Point, second: Point, third: Point) -> float:
    """Return whether three points turn left (above 0) or right."""
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (
        third[0] - first[0]
    )
