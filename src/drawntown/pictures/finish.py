"""From flat colours to a photo: the grain of surfaces, the lens, the sensor."""

from random import Random

import numpy as np

from drawntown.drawing.canvas import Canvas
from drawntown.drawing.labels import LABEL, NAMES
from drawntown.light.exposure import add_glow, soften
from drawntown.light.skies import layered_noise
from drawntown.street.camera import Camera

# How strongly a surface's brightness varies: a spread, as a part of it.
_GRAINS = {
    **{"building": 0.06, "wall": 0.09, "fence": 0.08, "bridge": 0.08},
    **{"vegetation": 0.28, "terrain": 0.14, "road": 0.06, "sidewalk": 0.08},
    **{"parking": 0.06},
}


def mask_of(canvas: Canvas) -> np.ndarray:
    """Return the label in the middle of each pixel, uint8 (height, width)."""
    detail = canvas.detail
    return canvas.labels()[detail // 2 :: detail, detail // 2 :: detail].copy()


def _ground_grain(
    generator: np.random.Generator, camera: Camera, height: int, width: int
) -> np.ndarray:
    """Return noise that lies on the ground in perspective, float32 (h, w), spread 1."""
    tile = layered_noise(generator, 256, 256, 32)
    tile = np.pad(tile, (0, 256), mode="symmetric")  # without a seam when repeated
    rows = np.arange(height, dtype="float32")[:, None] - np.float32(camera.horizon)
    away = camera.focal * camera.height / np.maximum(rows, 0.5)
    aside = (np.arange(width, dtype="float32") - camera.middle) * away / camera.focal
    row, column = (np.floor(24 * metres).astype(int) % 512 for metres in (away, aside))
    grain = tile[row, column]
    return grain * np.clip(18 / away, 0.1, 1)


def _is(mask: np.ndarray, *names: str) -> np.ndarray:
    """Return where the mask holds one of the named classes."""
    return np.isin(mask, [LABEL[name] for name in names])


def add_grain(
    photo: np.ndarray, mask: np.ndarray, camera: Camera, chance: Random
) -> np.ndarray:
    """Return the photo, float32 (h, w, 3), with asphalt's, leaves' and walls' grain."""
    generator = np.random.default_rng(chance.getrandbits(64))
    height, width = mask.shape
    leaves = layered_noise(generator, height, width, 8)
    walls = layered_noise(generator, height, width, 4)
    ground = _ground_grain(generator, camera, height, width)
    noise = np.where(_is(mask, "vegetation", "terrain"), leaves, walls)
    noise = np.where(_is(mask, "road", "sidewalk", "parking"), ground, noise)
    amounts = np.zeros(len(NAMES), dtype="float32")
    for name, amount in _GRAINS.items():
        amounts[LABEL[name]] = amount * chance.uniform(0.5, 1.4)
    return photo * np.clip(1 + noise * amounts[mask], 0.3, 1.8)[..., None]


def _sweep(photo: np.ndarray, chance: Random) -> np.ndarray:
    """Return the photo as a camera that shakes or turns takes it."""
    steps, axis = chance.choice((2, 3)), chance.randrange(2)
    last = photo.shape[axis] - 1
    places = (
        np.clip(np.arange(last + 1) + k - steps // 2, 0, last) for k in range(steps)
    )
    return sum(photo.take(place, axis=axis) for place in places) / np.float32(steps)


def _vignette(photo: np.ndarray, strength: float) -> np.ndarray:
    """Return the photo darker towards its corners."""
    height, width, _ = photo.shape
    rows, columns = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    dark = strength * (rows**2 + columns**2) / 2
    return photo * (1 - dark).astype("float32")[..., None]


def _gains(chance: Random) -> np.ndarray:
    """Return how much of red, green and blue the light of the hour holds."""
    hour = chance.choice(
        ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.06, 0.98, 0.86), (0.92, 0.99, 1.1))
    )
    return np.array([gain * chance.uniform(0.96, 1.04) for gain in hour], "float32")


def _expose(photo: np.ndarray, mask: np.ndarray, chance: Random) -> np.ndarray:
    """Return the photo as bright, as hard and as colourful as this camera makes it."""
    photo = photo * _gains(chance)
    if chance.random() < 0.6:  # against the light: the sky outshines the street
        street = np.where(_is(mask, "sky"), 1, chance.uniform(0.35, 0.9))
        photo *= street[..., None].astype("float32")
    night = chance.random() < 0.07
    wanted = chance.uniform(40, 60) if night else chance.uniform(75, 150)
    photo *= (wanted / max(1.0, float(photo.mean()))) ** 0.8
    grey = photo.mean(axis=2, keepdims=True)
    photo = grey + (photo - grey) * np.float32(chance.uniform(0.25, 1.0))
    part = np.clip(photo / 255, 0, None)
    return 255 * part ** np.float32(chance.uniform(0.85, 1.35))


def develop(
    canvas: Canvas, camera: Camera, chance: Random
) -> tuple[np.ndarray, np.ndarray]:
    """Return the photo, uint8 (h, w, 3), and its mask of labels, uint8 (h, w)."""
    mask = mask_of(canvas)
    photo = add_grain(canvas.photo(), mask, camera, chance)
    photo = _expose(_vignette(photo, chance.uniform(0, 0.3)), mask, chance)
    if photo.mean() < 85:
        for glow in filter(canvas.shines, canvas.glows):
            add_glow(photo, glow, 0.4)
    if chance.random() < 0.25:
        photo = _sweep(photo, chance)
    photo = soften(photo, max(0.0, chance.uniform(-0.2, 0.25)))
    generator = np.random.default_rng(chance.getrandbits(64))
    noise = generator.standard_normal(photo.shape, dtype="float32")
    photo = photo + noise * np.float32(chance.uniform(0.8, 5))
    return np.clip(np.rint(photo), 0, 255).astype("uint8"), mask
