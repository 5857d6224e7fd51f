"""The front page's pictures: what is asked of a network, from a label to colours."""

from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from pixelwise import plots
from pixelwise.data import cityscapes, colour, palette, streets

SEED = 6  # a street with people, vehicles and a blue sky


def write(folder: Path) -> None:
    """Write label.png, mask.png and colours.png, of drawn things and a drawn street."""
    matplotlib.use("agg")
    folder.mkdir(parents=True, exist_ok=True)
    photo, mask = street()
    lightness, chroma = colour.split_lightness(photo[None])
    grey = colour.join_chroma(lightness, 0 * chroma)
    pair = np.concatenate([grey, photo[None]])
    save(labels(), folder / "label.png", dpi=150)
    save(plots.overlay(photo, mask, cityscapes.CATEGORIES), folder / "mask.png", dpi=72)
    save(
        plots.pictures(pair, ("lightness", "colours")), folder / "colours.png", dpi=200
    )


def save(figure: Figure, path: Path, dpi: int) -> None:
    """Write a figure on a white ground, small enough for a front page."""
    figure.savefig(path, dpi=dpi, facecolor="white")
    plt.close(figure)
    with Image.open(path) as drawn:
        few_colours = drawn.convert("RGB").quantize(192)
    few_colours.save(path, optimize=True)


def labels() -> Figure:
    """Return small pictures, each below its label."""
    generator = np.random.default_rng(SEED)
    names = ("car", "bicycle", "tree", "house")
    drawn = np.stack([streets.draw_object(name, generator) for name in names])
    return plots.pictures(drawn, names, columns=4)


def street() -> tuple[np.ndarray, np.ndarray]:
    """Return a street's photo, uint8 (h, w, 3), and its categories, uint8 (h, w)."""
    photo, mask = streets.draw_scene(np.random.default_rng(SEED))
    category = {entry.name: entry.category for entry in palette.CLASSES}
    table = np.array([category[name] for name in streets.SCENE_CLASSES], np.uint8)
    return photo, table[mask]
