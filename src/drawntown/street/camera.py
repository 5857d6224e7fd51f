"""A street with bends and slopes, and the camera that sees it in perspective.

Points in space are (x to the right, y up, z ahead), in metres; the camera stands over
z = 0 and looks along the street.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import atan, cos, degrees, pi, radians, sin
from random import Random

from drawntown.drawing.canvas import Point, Pose
from drawntown.street.layout import Layout

Point3 = tuple[float, float, float]
_NEAREST = 0.6  # metres; what lies nearer to the camera is cut off


@dataclass(frozen=True)
class Course:
    """How the street runs: `bend` to the right and `rise` upwards, both per metre."""

    bend: float = 0.0
    rise: float = 0.0

    def place(self, aside: float, ahead: float, up: float = 0.0) -> Point3:
        """Return the point so far aside of the street's middle, ahead, and up."""
        half = ahead * abs(ahead) / 2
        return aside + self.bend * half, up + self.rise * half, ahead

    def heading(self, ahead: float) -> float:
        """Return which way the street leads there: radians to the right."""
        return atan(self.bend * abs(ahead))


@dataclass(frozen=True)
class Camera:
    """Where the camera is, in metres, and what it sees, in pixels.

    `turn`: radians to the right; `focal`: pixels that one metre takes at a distance of
    one metre; `middle`, `horizon`: the column and the row that it points at.
    """

    aside: float
    height: float
    turn: float
    focal: float
    middle: float
    horizon: float

    def see(self, point: Point3) -> Point3:
        """Return the point as the camera has it: to the right, up, and away."""
        x, y, z = point[0] - self.aside, point[1] - self.height, point[2]
        across, along = cos(self.turn), sin(self.turn)
        return x * across - z * along, y, x * along + z * across

    def pixel(self, seen: Point3) -> Point:
        """Return the column and the row of a point that the camera sees."""
        scale = self.focal / seen[2]
        return self.middle + seen[0] * scale, self.horizon - seen[1] * scale

    def outline(self, points: Iterable[Point3]) -> list[Point]:
        """Return the pixels around an area in space, cut off before the camera."""
        seen = [self.see(point) for point in points]
        kept: list[Point] = []
        for start, end in zip(seen, (*seen[1:], seen[0]), strict=True):
            if start[2] >= _NEAREST:
                kept.append(self.pixel(start))
            if (start[2] >= _NEAREST) != (end[2] >= _NEAREST):
                kept.append(self.pixel(_between(start, end)))
        return kept

    def pose(self, foot: Point3, heading: float | None = None) -> Pose:
        """Return the pose of a thing that stands at `foot`.

        `heading`: radians to the right that its front points, 0 straight ahead; None
        for a thing that always turns its side to the camera, such as a tree.
        """
        right, up, away = self.see(foot)
        away = max(away, _NEAREST)
        x, y = self.pixel((right, up, away))
        pose = Pose(x, y, self.focal / away, tilt=-up / away)
        if heading is None:
            return pose
        turned = heading - self.turn
        # Solids show the side that lies to the right of their front, or its mirror.
        pose.flip = right * cos(turned) > away * sin(turned)
        if pose.flip:
            right, turned = -right, -turned
        pose.yaw, pose.eye = degrees(turned - pi / 2), (-right, -up, away)
        return pose


def _between(start: Point3, end: Point3) -> Point3:
    """Return the point between the two that is as near as may be seen."""
    part = (_NEAREST - start[2]) / (end[2] - start[2])
    across = start[0] + part * (end[0] - start[0])
    return across, start[1] + part * (end[1] - start[1]), _NEAREST


@dataclass(kw_only=True)
class Surface(Pose):
    """A surface in space to draw on: `place` tells where its (x, y) lies."""

    camera: Camera
    place: Callable[[float, float], Point3]

    def pixels(self, points: Sequence[Point], detail: int) -> list[Point]:
        """Return where points, in metres, lie on a drawing `detail` times as large."""
        outline = self.camera.outline([self.place(x, y) for x, y in points])
        return [(x * detail, y * detail) for x, y in outline]


def any_course(chance: Random) -> Course:
    """Return a street that runs straight, or bends and climbs."""
    bend = chance.choice((0.0, chance.uniform(-0.006, 0.006)))
    return Course(bend, chance.uniform(-0.00012, 0.0005))


def any_camera(chance: Random, layout: Layout, size: int) -> Camera:
    """Return a camera in a car on one of the lanes that lead ahead."""
    aside, _ = chance.choice([lane for lane in layout.lanes if not lane[1]])
    if chance.random() < 0.12:  # as a walker sees it
        aside = layout.kerbs[1] - 0.5
    return Camera(
        aside=aside + chance.uniform(-0.5, 0.5),
        height=chance.uniform(1.2, 1.9),
        turn=radians(chance.gauss(0, 5)),
        focal=size * chance.uniform(0.75, 1.15),
        middle=size * chance.uniform(0.44, 0.56),
        horizon=size * chance.uniform(0.4, 0.56),
    )
