"""The stage of one scene: its street, its camera, its light, and what stands there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from drawntown.drawing.canvas import Canvas, Pen
from drawntown.drawing.colours import Colour, mix, shade
from drawntown.drawing.labels import LABEL
from drawntown.light.shadows import Block, shadow_of
from drawntown.light.weather import Weather
from drawntown.street.camera import Camera, Course, Point3, Surface
from drawntown.street.layout import Layout

_PARTS = {"ground": LABEL["road"], "pole": LABEL["pole"]}


@dataclass
class Stage:
    """What painters of a scene share; they add things, which are drawn far to near."""

    canvas: Canvas
    camera: Camera
    course: Course
    layout: Layout
    weather: Weather
    chance: Random
    _things: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)

    def own_chance(self) -> Random:
        """Return a source of chance for one thing alone."""
        return Random(self.chance.getrandbits(64))

    def add(self, ahead: float, draw: Callable[[], None]) -> None:
        """Have something drawn when everything farther off has been."""
        self._things.append((ahead, draw))

    def add_shadow(
        self, aside: float, ahead: float, width: float, length: float, height: float
    ) -> None:
        """Have the sun cast the shadow of a block that stands there."""
        self._blocks.append(Block(aside, ahead, width, length, height))

    def draw_things(self) -> None:
        """Draw everything that was added, far to near."""
        for _, draw in sorted(self._things, key=lambda thing: -thing[0]):
            draw()

    def draw_shadows(self) -> None:
        """Darken the ground where the sun does not reach it."""
        if self.weather.sun is None:
            return
        ground = self.ground("road")
        areas = (
            ground.pixels(shadow_of(block, self.weather.sun)) for block in self._blocks
        )
        self.canvas.darken([area for area in areas if area], self.weather.dark)

    def tone(
        self, ahead: float, light: float = 1.0, fade: float = 0.0
    ) -> Callable[[Colour], Colour]:
        """Return how colours look there: in shade or sun, and paler far off.

        `fade` (0 to 1) is how much of their hue they lack.
        """
        air = self.weather.air
        seen = 0.5 ** (max(0.0, ahead) / self.weather.clear)

        def look(colour: Colour) -> Colour:
            if fade:
                colour = mix(colour, (sum(colour) // 3,) * 3, fade)
            return mix(air, shade(colour, light), seen)

        return look

    def stand(
        self,
        label: str,
        aside: float,
        ahead: float,
        up: float = 0.0,
        heading: float | None = None,
        enlarge: float = 1.0,
        parts: Mapping[str, int] = _PARTS,
        fade: float = 0.0,
    ) -> Pen:
        """Return the pen for a thing that stands on the ground there.

        `heading`: radians to the right of the street's direction, None for a thing
        without a front; `enlarge`: how many times its own size it is drawn; `fade`: as
        in `tone`.
        """
        if heading is not None:
            heading += self.course.heading(ahead)
        pose = self.camera.pose(self.course.place(aside, ahead, up), heading)
        pose.scale *= enlarge
        tone = self.tone(ahead, fade=fade)
        return Pen(self.canvas, pose, LABEL[label], parts, tone)

    def upright(
        self, label: str, aside: float, middle: float, light: float = 1.0
    ) -> Pen:
        """Return the pen for a front along the street: x is ahead of its middle."""

        def place(x: float, y: float) -> Point3:
            return self.course.place(aside, middle + x, y)

        return self.surface(label, place, middle, light)

    def across(self, label: str, aside: float, ahead: float, light: float = 1.0) -> Pen:
        """Return the pen for a front across the street: x is right of `aside`."""

        def place(x: float, y: float) -> Point3:
            return self.course.place(aside + x, ahead, y)

        return self.surface(label, place, ahead, light)

    def ground(self, label: str, ahead: float = 0.0) -> Pen:
        """Return the pen for the ground: x aside of the street's middle, y ahead."""
        return self.surface(label, self.course.place, ahead)

    def surface(
        self,
        label: str,
        place: Callable[[float, float], Point3],
        ahead: float,
        light: float = 1.0,
    ) -> Pen:
        """Return the pen for a surface in space, about so far ahead."""
        scale = self.camera.focal / max(ahead, 1.0)
        pose = Surface(0, 0, scale, camera=self.camera, place=place)
        return Pen(self.canvas, pose, LABEL[label], _PARTS, self.tone(ahead, light))
