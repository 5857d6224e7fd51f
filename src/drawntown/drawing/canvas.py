"""A picture and, pixel for pixel, what is in it: drawn large, then made smaller."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image, ImageDraw

from drawntown.drawing.colours import Colour

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
        self.height = height
        self.width = width
        self.detail = detail
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

    def shines(self, glow: Glow) -> bool:
        """Tell whether a light is in the picture and nothing was drawn before it."""
        column, row = round(glow.x * self.detail), round(glow.y * self.detail)
        inside = 0 <= column < self.drawing.width and 0 <= row < self.drawing.height
        return inside and self.drawing.getpixel((column, row))[:3] == glow.colour

    def darken(self, areas: Iterable[Sequence[Point]], keep: float) -> None:
        """Leave `keep` (0 to 1) of the light within the areas; labels stay.

        The areas' corners are in pixels of the drawing. Where two overlap, it is no
        darker than in one.
        """
        mask = Image.new("L", self.drawing.size, 0)
        pencil = ImageDraw.Draw(mask)
        for area in areas:
            pencil.polygon(area, fill=255)
        labels = self.drawing.getchannel("A")
        dark = self.drawing.point([int(level * keep) for level in range(256)] * 4)
        self.drawing.paste(dark, mask=mask)
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
    `eye`: where the camera is, in metres from the thing's foot: to the right, up, and
    towards the viewer. None is a camera so far off that nothing has a vanishing point.
    """

    x: float
    y: float
    scale: float
    flip: bool = False
    lean: float = 0.0
    yaw: float = 0.0
    tilt: float = 0.1
    eye: tuple[float, float, float] | None = None

    def pixels(self, points: Iterable[Point], detail: int) -> list[Point]:
        """Return where points, in metres, lie on a drawing `detail` times as large."""
        left, foot, step = self.x * detail, self.y * detail, self.scale * detail
        across = -step if self.flip else step
        lean = self.lean
        return [(left + across * (x + lean * y), foot - step * y) for x, y in points]


@dataclass
class Pen:
    """Draws in metres on a canvas: x to the right, y up, (0, 0) at the thing's foot.

    `parts`: labels of parts that are classes of their own, such as a sign's pole.
    `tone` changes every colour, as shade and distance do.
    """

    canvas: Canvas
    pose: Pose
    label: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    tone: Callable[[Colour], Colour] | None = None
    _step: float = field(init=False)

    def __post_init__(self) -> None:
        self._step = self.pose.scale * self.canvas.detail

    def part(self, name: str) -> "Pen":
        """Return the pen for a part: with its own label, if it was given one."""
        return replace(self, label=self.parts.get(name, self.label))

    def pixels(self, points: Iterable[Point]) -> list[Point]:
        """Return where points, in metres, lie on the canvas' drawing."""
        return self.pose.pixels(points, self.canvas.detail)

    def _ink(self, colour: Colour) -> tuple[int, int, int, int]:
        return (*(self.tone(colour) if self.tone else colour), self.label)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill the area between the points; nothing if none of it is in sight."""
        pixels = self.pixels(points)
        if len(pixels) > 2:
            self.canvas.draw.polygon(pixels, fill=self._ink(colour))

    def box(
        self, left: float, bottom: float, right: float, top: float, colour: Colour
    ) -> None:
        """Fill an upright rectangle."""
        self.polygon(rectangle(left, bottom, right, top), colour)

    def ellipse(self, centre: Point, radii: Point, colour: Colour) -> None:
        """Fill an ellipse; `radii` are its half width and half height."""
        ((x, y),) = self.pixels((centre,))
        wide, high = radii[0] * self._step, radii[1] * self._step
        self.canvas.draw.ellipse(
            (x - wide, y - high, x + wide, y + high), fill=self._ink(colour)
        )

    def stroke(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a line through the points, `width` metres thick, at least a hair."""
        pixels, thick = self.pixels(points), max(1, round(width * self._step))
        if len(pixels) > 1:
            ink = self._ink(colour)
            self.canvas.draw.line(pixels, fill=ink, width=thick, joint="curve")

    def glow(self, centre: Point, radius: float, colour: Colour) -> None:
        """Note a light, `radius` metres wide, that shines when the picture is dark."""
        ((x, y),) = self.pixels((centre,))
        detail = self.canvas.detail
        reach = radius * self.pose.scale
        seen = self._ink(colour)[:3]
        self.canvas.glows.append(Glow(x / detail, y / detail, reach, seen))
