"""What happens between the street and the file: light, weather, lens and sensor."""

import io
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image

from drawntown.drawing.canvas import Glow

_MIDDLE_GREY, _HAZE_GREY = np.float32(122), np.float32(165)


@dataclass(frozen=True)
class Light:
    """One moment's light and one camera's faults.

    `gains`: how much of each colour band arrives. `lamps`: how strongly lights show.
    `haze` (0 to 1): grey air before everything. `rain` (0 to 1): visible streaks.
    `shadow` (0 to 1): how dark the shaded part of the street is. `blur` (0 to 1).
    `noise`: the sensor's, as a standard deviation in grey levels. `jpeg`: the quality
    of the compression, None for none.
    """

    gains: tuple[float, float, float]
    lamps: float = 0.0
    haze: float = 0.0
    rain: float = 0.0
    shadow: float = 0.0
    blur: float = 0.0
    noise: float = 4.0
    jpeg: int | None = None


def any_light(chance: Random) -> Light:
    """Return the light of a day, a dusk, a misty or rainy hour, or a night."""
    camera = {
        "noise": chance.uniform(2, 7),
        "blur": max(0.0, chance.uniform(-0.6, 0.35)),
        "jpeg": chance.randint(40, 90) if chance.random() < 0.3 else None,
    }
    bright = chance.uniform(0.8, 1.15)
    hour = chance.random()
    if hour < 0.6:
        gains = tuple(bright * chance.uniform(0.93, 1.05) for _ in range(3))
        return Light(gains, shadow=max(0.0, chance.uniform(-0.4, 0.5)), **camera)
    if hour < 0.75:
        gains = (bright * 0.95, bright * 0.76, bright * 0.68)
        return Light(gains, lamps=0.3, shadow=chance.uniform(0, 0.4), **camera)
    if hour < 0.92:
        rain = chance.uniform(0.2, 0.8) if chance.random() < 0.5 else 0.0
        gains = (bright * 0.84, bright * 0.88, bright * 0.93)
        return Light(gains, 0.2, haze=chance.uniform(0.1, 0.35), rain=rain, **camera)
    dark = chance.uniform(0.45, 0.65)
    return Light((dark * 0.9, dark * 0.95, dark * 1.2), lamps=0.6, **camera)


def expose(photo: np.ndarray, glows: list[Glow], light: Light, seed: int) -> np.ndarray:
    """Return the photo as the camera stores it, uint8 (h, w, 3).

    `photo` is float32 (h, w, 3) from 0 to 255; `seed` draws the texture and the noise.
    """
    generator = np.random.default_rng(seed)
    height, width, _ = photo.shape
    lit = photo * np.asarray(light.gains, dtype="float32")
    # Cameras lengthen the exposure in the dark, yet a night stays darker than a day.
    lit *= (_MIDDLE_GREY / max(1.0, float(lit.mean()))) ** 0.5
    lit *= _texture(generator, height, width)
    if light.shadow:
        lit *= _shade(generator, height, width, light.shadow)
    for glow in glows if light.lamps else ():
        add_glow(lit, glow, light.lamps)
    if light.haze:
        lit += (_HAZE_GREY - lit) * light.haze
    if light.rain:
        _add_rain(lit, generator, light.rain)
    if light.blur:
        lit = soften(lit, light.blur)
    lit += generator.standard_normal(lit.shape, dtype="float32") * light.noise
    stored = np.clip(lit, 0, 255).astype("uint8")
    return stored if light.jpeg is None else _compress(stored, light.jpeg)


def _texture(generator: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Return factors around 1, (h, w, 1): the grain of asphalt, walls and paint."""
    coarse = generator.standard_normal(
        (height // 4 + 1, width // 4 + 1), dtype="float32"
    )
    patches = coarse.repeat(4, axis=0).repeat(4, axis=1)[:height, :width]
    fine = generator.standard_normal((height, width), dtype="float32")
    return (1 + 0.03 * patches + 0.025 * fine)[..., None]


def _shade(
    generator: np.random.Generator, height: int, width: int, strength: float
) -> np.ndarray:
    """Return factors, (h, w, 1): a building's shadow falls over one side."""
    rows, columns = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    angle, offset = generator.uniform(0, 2 * np.pi), generator.uniform(-0.6, 0.6)
    side = np.cos(angle) * columns + np.sin(angle) * rows - offset
    lit = np.clip(side * 6, 0, 1).astype("float32")
    return (1 - strength * lit)[..., None]


def add_glow(photo: np.ndarray, glow: Glow, strength: float) -> None:
    """Add a lamp's light to the photo in place."""
    height, width, _ = photo.shape
    rows = (np.arange(height, dtype="float32") - glow.y)[:, None] ** 2
    columns = (np.arange(width, dtype="float32") - glow.x)[None, :] ** 2
    reach = max(glow.radius, 0.8) ** 2
    shine = np.exp(-(rows + columns) / reach) * np.float32(strength)
    photo += shine[..., None] * np.asarray(glow.colour, dtype="float32")


def _add_rain(photo: np.ndarray, generator: np.random.Generator, amount: float) -> None:
    """Add slanting bright streaks to the photo in place."""
    height, width, _ = photo.shape
    drops = int(amount * height * width / 50)
    length = max(2, height // 8)
    rows = generator.integers(0, height, drops)[:, None] + np.arange(length)
    columns = generator.integers(0, width, drops)[:, None] + np.arange(length) // 3
    photo[rows % height, columns % width] += 26 * amount


def soften(photo: np.ndarray, amount: float) -> np.ndarray:
    """Return the photo out of focus: each pixel mixed with its four neighbours."""
    padded = np.pad(photo, ((1, 1), (1, 1), (0, 0)), mode="edge")
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    return (photo + around * amount) / np.float32(1 + 4 * amount)


def _compress(photo: np.ndarray, quality: int) -> np.ndarray:
    """Return the photo after a JPEG of this quality."""
    file = io.BytesIO()
    Image.fromarray(photo).save(file, "JPEG", quality=quality)
    return np.array(Image.open(file))
