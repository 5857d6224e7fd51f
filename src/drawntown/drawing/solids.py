"""Things with three dimensions: an outline seen from the side, given a width.

Axes in metres: x along the thing, y up, z across it, away from the viewer when the
thing is seen from its side. Without an eye, the projection has no vanishing point: a
thing alone in its picture loses little by that. With one, it fits into its street.
"""

from collections.abc import Sequence
from math import cos, hypot, pi, radians, sin

from drawntown.drawing.canvas import Pen, Point
from drawntown.drawing.colours import Colour, shade

_NEAREST = 0.3  # metres before the camera; what comes nearer is drawn there
_CIRCLE = tuple((cos(k * pi / 7), sin(k * pi / 7)) for k in range(14))


class Solid:
    """A pen for three dimensions, turned by its pose's yaw (-90 to 90 degrees)."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.tilt = pen.pose.tilt
        self.along, self.depth = cos(radians(pen.pose.yaw)), sin(radians(pen.pose.yaw))
        self.eye = pen.pose.eye

    def flat(self, x: float, y: float, z: float) -> Point:
        """Return where a point in space appears, in the pen's metres."""
        away = z * self.along - x * self.depth
        across = x * self.along + z * self.depth
        if self.eye is None:
            return across, y + away * self.tilt
        right, up, back = self.eye
        nearer = back / max(back + away, _NEAREST)
        return right + (across - right) * nearer, up + (y - up) * nearer

    def _own_eye(self) -> tuple[float, float, float]:
        """Return the camera's place along the thing, up and across it."""
        right, up, back = self.eye
        along = right * self.along + back * self.depth
        return along, up, right * self.depth - back * self.along

    def faces_viewer(self, start: Point, end: Point) -> bool:
        """Tell whether the outline's edge from start to end is seen.

        Outlines run anticlockwise, so the outside lies to the right of an edge.
        """
        outward_x, outward_y = end[1] - start[1], start[0] - end[0]
        if self.eye is not None:
            along, up, _ = self._own_eye()
            return outward_x * (along - start[0]) + outward_y * (up - start[1]) > 0
        return outward_x * self.depth + outward_y * self.tilt > 0

    def side(self, points: Sequence[Point], z: float, colour: Colour) -> None:
        """Fill a shape in a plane parallel to the thing's side, if that is seen."""
        if self.eye is not None and self._own_eye()[2] >= z:
            return
        self.pen.polygon([self.flat(x, y, z) for x, y in points], colour)

    def panel(
        self, start: Point, end: Point, near: float, far: float, colour: Colour
    ) -> None:
        """Fill a strip across the thing over one edge, if that edge is seen."""
        if self.faces_viewer(start, end):
            corners = ((start, near), (end, near), (end, far), (start, far))
            flat = [self.flat(x, y, z) for (x, y), z in corners]
            self.pen.polygon(flat, colour)

    def prism(self, outline: Sequence[Point], width: float, colour: Colour) -> None:
        """Draw the outline extruded to `width`: the seen edges, then the near side."""
        edges = list(zip(outline, (*outline[1:], outline[0]), strict=True))
        # Far edges first: what lies nearer covers them.
        edges.sort(key=lambda edge: (edge[0][0] + edge[1][0]) * self.depth)
        for start, end in edges:
            length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
            upward = (start[0] - end[0]) / length
            tone = shade(colour, 0.78 + 0.34 * upward)
            self.panel(start, end, -width / 2, width / 2, tone)
        self.side(outline, -width / 2, colour)

    def disc(self, centre: Point, radius: float, z: float, colour: Colour) -> None:
        """Fill a circle that lies in a plane parallel to the thing's side."""
        x, y = centre
        points = [(x + radius * a, y + radius * b) for a, b in _CIRCLE]
        self.side(points, z, colour)

    def ring(self, centre: Point, radius: float, colour: Colour, width: float) -> None:
        """Draw a circle's line in the thing's middle plane."""
        x, y = centre
        points = [self.flat(x + radius * a, y + radius * b, 0) for a, b in _CIRCLE]
        self.pen.stroke((*points, points[0], points[1]), colour, width)

    def rod(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a line through points of the thing's middle plane."""
        self.pen.stroke([self.flat(x, y, 0) for x, y in points], colour, width)
