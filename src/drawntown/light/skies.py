"""Painter of the sky: clear or clouded, and at times too bright for the camera."""

from random import Random

import numpy as np
from PIL import Image

from drawntown.drawing.canvas import Canvas
from drawntown.drawing.labels import LABEL

# The colour overhead, the colour at the horizon.
_SKIES = (
    ((84, 136, 200), (186, 210, 230)),  # clear
    ((140, 150, 164), (204, 208, 210)),  # overcast
    ((236, 238, 240), (250, 250, 248)),  # too bright for the camera
    ((206, 210, 214), (226, 226, 222)),  # mist
    ((92, 112, 156), (240, 196, 156)),  # low sun
    ((98, 104, 116), (164, 166, 170)),  # rain
    ((58, 108, 172), (148, 186, 214)),  # deep blue
)


def layered_noise(
    generator: np.random.Generator, height: int, width: int, coarsest: int
) -> np.ndarray:
    """Return smooth noise, float32 (height, width), mean 0 and spread about 1.

    The coarsest of its patches measure `coarsest` pixels; each further layer halves
    both the patches and their strength.
    """
    total = np.zeros((height, width), dtype="float32")
    patch, strength = coarsest, 1.0
    while patch >= 2:
        grid = generator.standard_normal(
            (height // patch + 2, width // patch + 2), dtype="float32"
        )
        smooth = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC)
        total += np.float32(strength) * np.asarray(smooth)
        patch, strength = patch // 2, strength / 2
    return total


def paint_sky(canvas: Canvas, chance: Random, horizon: float) -> None:
    """Fill the whole canvas with sky; `horizon` is the row where it ends."""
    generator = np.random.default_rng(chance.getrandbits(64))
    height, width = canvas.height, canvas.width
    top, low = (np.array(colour, "float32") for colour in chance.choice(_SKIES))
    part = np.clip(np.linspace(0, height / max(horizon, 1), height), 0, 1)
    sky = top + (low - top) * part.astype("float32")[:, None, None]
    sky = np.repeat(sky, width, axis=1)
    if chance.random() < 0.6:
        _add_clouds(sky, generator, chance)
    if chance.random() < 0.3:
        _add_sun(sky, chance, horizon)
    picture = Image.fromarray(np.clip(sky, 0, 255).astype("uint8"))
    canvas.drawing.paste(picture.resize(canvas.drawing.size, Image.Resampling.BILINEAR))
    canvas.drawing.putalpha(LABEL["sky"])


def _add_clouds(
    sky: np.ndarray, generator: np.random.Generator, chance: Random
) -> None:
    """Mix clouds into the sky in place: flatter and smaller towards the horizon."""
    height, width, _ = sky.shape
    noise = layered_noise(
        generator, height, width, max(2, height // chance.choice((2, 3, 5)))
    )
    cover, edge = chance.uniform(-0.8, 0.9), chance.uniform(0.3, 1.2)
    amount = np.clip((noise - cover) / edge, 0, 1)[..., None] * chance.uniform(
        0.4, 0.95
    )
    white = np.float32(chance.uniform(180, 250))
    cloud = white - 22 * np.clip(noise[..., None] - cover, 0, 2)
    sky += (cloud - sky) * amount


def _add_sun(sky: np.ndarray, chance: Random, horizon: float) -> None:
    """Add the glare of the sun to the sky in place."""
    height, width, _ = sky.shape
    x, y = chance.uniform(0, width), chance.uniform(-0.3, 0.8) * horizon
    rows = (np.arange(height, dtype="float32") - y)[:, None] ** 2
    columns = (np.arange(width, dtype="float32") - x)[None] ** 2
    reach = (chance.uniform(0.15, 0.5) * height) ** 2
    sky += 150 * np.exp(-(rows + columns) / reach)[..., None]
