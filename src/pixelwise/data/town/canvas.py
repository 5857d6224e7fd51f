"""A picture and, pixel for pixel, what is in it: drawn large, then made smaller."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from pixelwise.data.town.colours import Colour

Point = tuple[float, float]


def rectangle(
    left: float, bottom: float, right: float, top: float
) -> tuple[Point, Point, Point, Point]:
    """Return an upright rectangle's corners, anticlockwise from the lower left."""
    return (left, bottom), (right, bottom), (right, top), (left, top)


@dataclass
class Glow:
    """A light in the picture: its place and radius in pixels, and its colour."""

    x: float
    y: float
    radius: float
    colour: Colour


class Canvas:
    """A picture of `height` x `width` pixels, drawn `detail` times as large.

    The drawing's fourth band is no transparency. It holds the label of what was drawn
    there last, so one stroke writes both the photo and its mask.
    """

    def __init__(self, height: int, width: int, detail: int = 4) -> None:
        self.height, self.width, self.detail = height, width, detail
        size = (width * detail, height * detail)
        self.drawing = Image.new("RGBA", size, (0, 0, 0, 0))
        self.draw = ImageDraw.Draw(self.drawing)
        self.glows: list[Glow] = []

    def photo(self) -> np.ndarray:
        """Return the picture, float32 (height, width, 3), 0 to 255, edges smooth."""
        small = self.drawing.convert("RGB").reduce(self.detail)
        return np.asarray(small, dtype="float32")

    def labels(self) -> np.ndarray:
        """Return the labels as drawn, uint8 (height * detail, width * detail)."""
        return np.asarray(self.drawing.getchannel("A"))

    def share(self, label: int) -> float:
        """Return the part of the picture, 0 to 1, that carries this label."""
        counts = self.drawing.getchannel("A").histogram()
        return counts[label] / sum(counts)

    def veil(self, colour: Colour, amount: float) -> None:
        """Put air before all that is drawn: `amount` (0 to 1) of the colour.

        Labels stay. What is drawn afterwards stands nearer, in the clear.
        """
        labels = self.drawing.getchannel("A")
        air = Image.new("RGBA", self.drawing.size, (*colour, 0))
        self.drawing = Image.blend(self.drawing, air, amount)
        self.drawing.putalpha(labels)
        self.draw = ImageDraw.Draw(self.drawing)

    def snapshot(self) -> tuple[Image.Image, list[Glow]]:
        """Return what is drawn so far, for `restore`."""
        return self.drawing.copy(), list(self.glows)

    def restore(self, snapshot: tuple[Image.Image, list[Glow]]) -> None:
        """Undo everything that was drawn since the snapshot was taken."""
        self.drawing, self.glows = snapshot
        self.draw = ImageDraw.Draw(self.drawing)


@dataclass
class Pose:
    """Where a thing stands and how.

    `x`, `y`: its foot, in pixels of the finished picture. `scale`: pixels per metre.
    `yaw`: degrees turned from the side view; `tilt`: how far it is seen from above, as
    metres that a point rises per metre of depth. `lean`: metres sideways per metre up.
    """

    x: float
    y: float
    scale: float
    flip: bool = False
    lean: float = 0.0
    yaw: float = 0.0
    tilt: float = 0.1


@dataclass
class Pen:
    """Draws in metres on a canvas: x to the right, y up, (0, 0) at the thing's foot."""

    canvas: Canvas
    pose: Pose
    label: int = 0
    _step: float = field(init=False)

    def __post_init__(self) -> None:
        self._step = self.pose.scale * self.canvas.detail

    def _pixels(self, points: Iterable[Point]) -> list[Point]:
        pose, step, detail = self.pose, self._step, self.canvas.detail
        left, foot = pose.x * detail, pose.y * detail
        across = -step if pose.flip else step
        lean = pose.lean
        return [(left + across * (x + lean * y), foot - step * y) for x, y in points]

    def _ink(self, colour: Colour) -> tuple[int, int, int, int]:
        return (*colour, self.label)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill the area between the points."""
        self.canvas.draw.polygon(self._pixels(points), fill=self._ink(colour))

    def box(
        self, left: float, bottom: float, right: float, top: float, colour: Colour
    ) -> None:
        """Fill an upright rectangle."""
        self.polygon(rectangle(left, bottom, right, top), colour)

    def ellipse(self, centre: Point, radii: Point, colour: Colour) -> None:
        """Fill an ellipse; `radii` are its half width and half height."""
        ((x, y),) = self._pixels((centre,))
        wide, high = radii[0] * self._step, radii[1] * self._step
        self.canvas.draw.ellipse(
            (x - wide, y - high, x + wide, y + high), fill=self._ink(colour)
        )

    def stroke(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a line through the points, `width` metres thick, at least a hair."""
        pixels = max(1, round(width * self._step))
        self.canvas.draw.line(
            self._pixels(points), fill=self._ink(colour), width=pixels, joint="curve"
        )

    def glow(self, centre: Point, radius: float, colour: Colour) -> None:
        """Note a light, `radius` metres wide, that shines when the picture is dark."""
        ((x, y),) = self._pixels((centre,))
        detail = self.canvas.detail
        reach = radius * self.pose.scale
        self.canvas.glows.append(Glow(x / detail, y / detail, reach, colour))
