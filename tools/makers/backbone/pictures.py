"""Pictures of one shape before a backdrop, and what can be asked about each.

Shape, texture and colour are drawn independently of one another, so that no answer
gives away another one: to tell them all, a network must see form, texture and colour.
"""

import functools
from random import Random

import numpy as np
from matplotlib.colors import hsv_to_rgb
from PIL import Image, ImageDraw

from tools.makers.backbone.outlines import FREE, OUTLINES

SIZE = 64  # pixels along each side
FINE = 2 * SIZE  # outlines are drawn twice as fine, then made smaller
MASKS = 350  # of each outline
PATCH = 96  # textures are larger than a picture, which shows a part of one
PATCHES = 120  # of each texture

HUES, GREYS = 8, 3  # colours are told apart by hue, those nearly grey by brightness


def draw_pictures(
    count: int, generator: np.random.Generator
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return new pictures, uint8 (count, 64, 64, 3), and the answers to `QUESTIONS`.

    The answers are one integer array (count,) for each question.
    """
    scene, behind, behind_colour = draw_backdrop(count, generator)
    shape = generator.integers(0, len(OUTLINES), count)
    mask = draw_masks(shape, generator)
    surface, texture, colour = draw_surface(count, generator)
    pixels = scene * (1 - mask) + surface * shading(count, generator) * mask
    answers = {
        "shape": shape,
        "texture": texture,
        "colour": colour,
        "backdrop": behind,
        "backdrop_colour": behind_colour,
    }
    return expose(pixels, generator), answers


def draw_backdrop(count: int, generator: np.random.Generator):
    """Return what is behind the shape: pixels 0 to 1, textures and colours.

    Half of them have a ground of another surface, one in five a second shape.
    """
    scene, texture, colour = draw_surface(count, generator)
    ground, _, _ = draw_surface(count, generator)
    horizon = np.where(half(count, generator), generator.uniform(25, 58, count), SIZE)
    below = np.arange(SIZE)[None, :] - horizon[:, None]
    below = np.clip(below, 0, 1).astype("float32")[:, :, None, None]
    scene += (ground - scene) * below
    other, _, _ = draw_surface(count, generator)
    mask = draw_masks(generator.integers(0, len(OUTLINES), count), generator)
    mask = np.roll(mask, generator.integers(10, 54), axis=2)
    mask *= (generator.random(count) < 0.2)[:, None, None, None]
    return scene + (other - scene) * mask, texture, colour


def draw_masks(shape: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Return where each shape is, 0 to 1, (n, 64, 64, 1), half of them mirrored."""
    masks = all_masks()[shape, generator.integers(0, MASKS, len(shape))]
    mirrored = half(len(shape), generator)
    masks[mirrored] = masks[mirrored, :, ::-1]
    return masks[..., None] / np.float32(255)


def draw_surface(count: int, generator: np.random.Generator):
    """Return surfaces (count, 64, 64, 3), 0 to 1, their textures and their colours."""
    texture = generator.integers(0, len(TEXTURES), count)
    patch = generator.integers(0, PATCHES, count)
    rows, columns = generator.integers(0, PATCH - SIZE, (2, count))
    grey = np.empty((count, SIZE, SIZE, 1), "float32")
    for i, (top, left) in enumerate(zip(rows, columns, strict=True)):
        whole = all_textures()[texture[i], patch[i]]
        grey[i, :, :, 0] = whole[top : top + SIZE, left : left + SIZE]
    one, other, colour = draw_colours(count, generator)
    return other + grey / 255 * (one - other), texture, colour


def draw_colours(count: int, generator: np.random.Generator):
    """Return two related colours (count, 1, 1, 3) and the number of their mean."""
    hue, value = generator.random(count), generator.uniform(0.15, 1, count)
    saturation = generator.random(count) ** 1.5
    sign = generator.choice([-1, 1], count)
    apart = (
        generator.normal(0, 0.05, count),
        generator.normal(0, 0.1, count),
        sign * generator.uniform(0.1, 0.3, count),
    )
    one, other = (
        rgb(
            (hue + side * apart[0]) % 1,
            np.clip(saturation + side * apart[1], 0, 1),
            np.clip(value + side * apart[2], 0.02, 1),
        )
        for side in (1, -1)
    )
    brightness = np.minimum((GREYS * value).astype(int), GREYS - 1)
    grey = saturation * value < 0.12
    number = np.where(grey, HUES + brightness, (HUES * hue).astype(int))
    return one, other, number


def rgb(hue: np.ndarray, saturation: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Return colours (n, 1, 1, 3), 0 to 1, of hue, saturation and value, 0 to 1."""
    colours = hsv_to_rgb(np.stack([hue, saturation, value], axis=-1))
    return colours.astype("float32")[:, None, None]


def shading(count: int, generator: np.random.Generator) -> np.ndarray:
    """Return brightness (count, 64, 64, 1) that rises along some direction."""
    slope = np.linspace(-1, 1, SIZE, dtype="float32")
    down, across = generator.uniform(-0.25, 0.25, (2, count, 1, 1, 1)).astype("float32")
    return 1 + down * slope[:, None, None] + across * slope[None, :, None]


def expose(pixels: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Return pixels as a camera would give them, uint8: light, blur and noise.

    More than half are as coarse as small pictures that were made larger.
    """
    count = len(pixels)
    each = (count, 1, 1, 1)
    light = generator.uniform(0.6, 1.2, each).astype("float32")
    pixels = pixels * light + generator.uniform(-0.1, 0.15, each).astype("float32")
    coarse = generator.random(count) < 0.6
    pixels[coarse] = coarsen(pixels[coarse])
    noise = generator.standard_normal(pixels.shape, "float32")
    pixels += noise * generator.uniform(0, 0.05, each).astype("float32")
    return (255 * np.clip(pixels, 0, 1)).astype("uint8")


def coarsen(pixels: np.ndarray) -> np.ndarray:
    """Return pictures made half as large and back again, smoothly."""
    small = (pixels[:, ::2, ::2] + pixels[:, 1::2, 1::2]) / 4
    small += (pixels[:, ::2, 1::2] + pixels[:, 1::2, ::2]) / 4
    large = small.repeat(2, axis=1).repeat(2, axis=2)
    large[:, 1:-1] = (large[:, :-2] + 2 * large[:, 1:-1] + large[:, 2:]) / 4
    columns = large[:, :, :-2] + 2 * large[:, :, 1:-1] + large[:, :, 2:]
    large[:, :, 1:-1] = columns / 4
    return large


def half(count: int, generator: np.random.Generator) -> np.ndarray:
    """Return a Boolean array (count,), true about half of the time."""
    return generator.random(count) < 0.5


@functools.cache
def all_masks() -> np.ndarray:
    """Return MASKS masks of each outline, uint8 (outlines, MASKS, 64, 64)."""
    masks = np.empty((len(OUTLINES), MASKS, SIZE, SIZE), "uint8")
    for shape in range(len(OUTLINES)):
        for i in range(MASKS):
            masks[shape, i] = draw_mask(shape, Random(f"{shape}/{i}"))
    return masks


def draw_mask(shape: int, chance: Random) -> np.ndarray:
    """Return one mask, uint8 (64, 64): the outline at a place, a size and an angle."""
    outline = OUTLINES[shape]
    turn = chance.uniform(0, 6.3) if outline in FREE else chance.gauss(0, 0.15)
    scale = chance.uniform(0.6, 1.1) * FINE / 2
    slim, shear = chance.uniform(0.75, 1.1), chance.uniform(-0.2, 0.2)
    form = np.array([[slim, shear], [0, 1]])
    rotate = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    room = max(FINE / 2 - 0.9 * scale, 6)
    centre = FINE / 2 + room * np.array([chance.uniform(-1, 1), chance.uniform(-1, 1)])
    image = Image.new("L", (FINE, FINE))
    for polygon, is_filled in outline(chance):
        points = centre + scale * np.array(polygon) @ (rotate @ form).T
        flat = [float(number) for number in points.ravel()]
        ImageDraw.Draw(image).polygon(flat, fill=255 if is_filled else 0)
    return np.asarray(image.resize((SIZE, SIZE), Image.Resampling.BOX))


@functools.cache
def all_textures() -> np.ndarray:
    """Return PATCHES patches of each texture, uint8 (textures, PATCHES, 96, 96)."""
    generator = np.random.default_rng(0)
    drawn = [
        [draw(generator) for _ in range(PATCHES)]
        for draw in TEXTURES  # the order fixes what each one is drawn from
    ]
    return (255 * np.clip(np.array(drawn), 0, 1)).astype("uint8")


ROWS, COLUMNS = np.mgrid[:PATCH, :PATCH].astype("float32")


def along(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return coordinates, in pixels, along a random direction and across it."""
    angle = generator.uniform(0, np.pi)
    one = COLUMNS * np.cos(angle) + ROWS * np.sin(angle)
    return one, ROWS * np.cos(angle) - COLUMNS * np.sin(angle)


def plain(generator: np.random.Generator) -> np.ndarray:
    """Return brightness that hardly changes."""
    one, _ = along(generator)
    return 0.5 + generator.uniform(-0.3, 0.3) + one / PATCH * generator.uniform(0, 0.2)


def clouds(generator: np.random.Generator) -> np.ndarray:
    return shaped_noise(distance_of_frequencies() ** -1.6, generator)


def roughness(generator: np.random.Generator) -> np.ndarray:
    return shaped_noise(distance_of_frequencies() ** -1.0, generator)


def grain(generator: np.random.Generator) -> np.ndarray:
    """Return noise drawn out along one direction, like fur or grass."""
    angle = generator.uniform(0, np.pi)
    frequency = np.fft.fftfreq(PATCH)
    along_it = frequency[:, None] * np.cos(angle) + frequency * np.sin(angle)
    across = frequency * np.cos(angle) - frequency[:, None] * np.sin(angle)
    return shaped_noise(np.exp(-((25 * across) ** 2) - (4 * along_it) ** 2), generator)


def distance_of_frequencies() -> np.ndarray:
    """Return how far each frequency is from none, in cycles a pixel; 1 for none."""
    frequency = np.fft.fftfreq(PATCH)
    distance = np.hypot(frequency[:, None], frequency)
    distance[0, 0] = 1
    return distance


def shaped_noise(spectrum: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Return noise of that spectrum, most of it within 0 to 1."""
    white = np.fft.fft2(generator.standard_normal((PATCH, PATCH)))
    noise = np.fft.ifft2(white * spectrum).real
    return 0.5 + (noise - noise.mean()) / (4.4 * noise.std())


def stripes(generator: np.random.Generator) -> np.ndarray:
    """Return waves, half of them with hard edges."""
    one, _ = along(generator)
    width, start = generator.uniform(3, 10), generator.uniform(0, 6)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * one / width + start)
    return np.round(wave) if generator.random() < 0.5 else wave


def checks(generator: np.random.Generator) -> np.ndarray:
    one, other = along(generator) if generator.random() < 0.5 else (COLUMNS, ROWS)
    wide, high = generator.uniform(2.5, 8, 2)
    return (one // wide + other // high) % 2


def spots(generator: np.random.Generator) -> np.ndarray:
    one, other = along(generator)
    apart = generator.uniform(5, 11)
    radius = generator.uniform(0.2, 0.4) * apart
    one = one + other // apart % 2 * apart / 2  # every second row is moved
    distance = np.hypot(one % apart - apart / 2, other % apart - apart / 2)
    return (distance < radius).astype("float32")


TEXTURES = (plain, clouds, roughness, grain, stripes, checks, spots)

# How many answers each question has.
QUESTIONS = {
    "shape": len(OUTLINES),
    "texture": len(TEXTURES),
    "colour": HUES + GREYS,
    "backdrop": len(TEXTURES),
    "backdrop_colour": HUES + GREYS,
}
