"""The front page's pictures: what is asked of a network, from a label to colours."""

from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

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
    mask_over_photo = plots.overlay(photo, mask, cityscapes.CATEGORIES)
    mask_over_photo.set_size_inches(7.2, 4.4)  # as wide as it is shown
    save(labels(), folder / "label.png", dpi=130)
    save(mask_over_photo, folder / "mask.png", dpi=80)
    save(plots.pictures(pair, ("lightness", "colours")), folder / "colours.png", 150)


def save(figure: Figure, path: Path, dpi: int) -> None:
    """Write a figure on a white ground, without the space around it."""
    figure.savefig(path, dpi=dpi, facecolor="white", bbox_inches="tight")
    plt.close(figure)


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
