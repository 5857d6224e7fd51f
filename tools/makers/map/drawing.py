"""A package's rooms as a staircase, and as lines what each imports: an SVG."""

from collections.abc import Sequence
from html import escape

from tools.makers.map.rooms import Room

WIDTH, HEIGHT = 104, 28  # of a room's box, in pixels
RIGHT, DOWN = 46, 40  # from one box to the next
MARGIN = 12
ENTRY = WIDTH - RIGHT + 22  # where lines enter a box: right of the box above it
LINE, PAPER, INK = "#4f6d94", "#e7eef8", "#1b1f24"
STYLE = f"""\
<style>
  rect.room {{ fill: {PAPER}; stroke: {LINE} }}
  path.import {{ fill: none; stroke: {LINE}; stroke-width: 1.5 }}
  .mark {{ fill: {LINE} }}
  text {{ fill: {INK}; font: 14px system-ui, sans-serif; text-anchor: middle }}
</style>"""


def svg(rooms: Sequence[Room]) -> str:
    """Return the drawing: a box for each room, and lines from what it imports.

    A line leaves a box to the right and ends in the box of a room that imports it; a
    dot marks each place where it turns. The ground is white, so that the drawing can
    be read on a dark page too.
    """
    width = 2 * MARGIN + (len(rooms) - 1) * RIGHT + WIDTH
    height = 2 * MARGIN + (len(rooms) - 1) * DOWN + HEIGHT
    place = {room.name: number for number, room in enumerate(rooms)}
    pairs = [
        (place[name], place[room.name])
        for room in rooms
        for name in room.imports
        if name in place
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}">',
            f"<title>{escape(told(rooms))}</title>",
            STYLE,
            f'<rect width="{width}" height="{height}" rx="6" fill="white"/>',
            *(line(*pair) for pair in pairs),
            *(box(number, room.short) for number, room in enumerate(rooms)),
            "</svg>\n",
        ]
    )


def told(rooms: Sequence[Room]) -> str:
    """Return in words what the drawing shows."""
    short = {room.name: room.short for room in rooms}
    order = ", ".join(short.values())
    users = [
        f"{room.short} imports {', '.join(found)}"
        for room in rooms
        if (found := [short[name] for name in room.imports if name in short])
    ]
    return f"A staircase of rooms, down in this order: {order}. {'; '.join(users)}."


def corner(number: int) -> tuple[int, int]:
    """Return where the upper left corner of a box is, in pixels."""
    return MARGIN + number * RIGHT, MARGIN + number * DOWN


def box(number: int, name: str) -> str:
    """Return a room's box with its name."""
    left, top = corner(number)
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    middle = f'x="{left + WIDTH // 2}" y="{top + HEIGHT // 2 + 5}"'
    return (
        f'<rect class="room" x="{left}" y="{top}" {size} rx="4"/>'
        f"<text {middle}>{escape(name)}</text>"
    )


def line(above: int, below: int) -> str:
    """Return the line from a box to the one below that imports it."""
    left, top = corner(above)
    start, level = left + WIDTH, top + HEIGHT // 2
    x, end = corner(below)[0] + ENTRY, corner(below)[1]
    return (
        f'<path class="import" d="M{start} {level}H{x}V{end - 6}"/>'
        f'<circle class="mark" cx="{x}" cy="{level}" r="3"/>'
        f'<path class="mark" d="M{x - 4} {end - 7}h8l-4 7z"/>'
    )
