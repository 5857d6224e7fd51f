"""The front page's pictures: what is asked of a network, from a label to colours."""

from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

import drawntown
from pixelwise import figures
from pixelwise.data import cityscapes, colour, palette

SEED = 6  # a street with people, vehicles and a blue sky
WIDTH = 2.3  # inches, about what a third of the page has
DPI = 220


def write(folder: Path) -> None:
    """Write label, mask and colours, of drawn things and a drawn street, into files."""
    matplotlib.use("agg")
    folder.mkdir(parents=True, exist_ok=True)
    photo, mask = street()
    for name, figure in {
        "label": labels(),
        "mask": masked(photo, mask),
        "colours": half_coloured(photo),
    }.items():
        # WebP weighs a tenth of PNG, since the drawn light is noisy as a camera's.
        path = folder / f"{name}.webp"
        figure.savefig(path, dpi=DPI, facecolor="white", pil_kwargs={"quality": 85})
        plt.close(figure)


def labels() -> Figure:
    """Return four small pictures, each below its label."""
    generator = np.random.default_rng(SEED)
    names = ("car", "bicycle", "tree", "house")
    drawn = np.stack([drawntown.draw_object(name, generator) for name in names])
    figure = figures.pictures(drawn, names, columns=2)
    figure.set_size_inches(WIDTH, 1.2 * WIDTH)
    return figure


def masked(photo: np.ndarray, mask: np.ndarray) -> Figure:
    """Return a street under the colours of its categories, above their legend."""
    mixed = 0.4 * photo + 0.6 * figures.mask_colours(mask)
    figure = framed(np.rint(mixed).astype(np.uint8), height=1.37 * WIDTH)
    figures.add_category_legend(figure, cityscapes.CATEGORIES, columns=2)
    return figure


def half_coloured(photo: np.ndarray) -> Figure:
    """Return a street whose left half has lightness alone, and the right colours."""
    lightness, chroma = colour.split_lightness(photo[None])
    chroma[:, :, : photo.shape[1] // 2] = 0
    return framed(colour.join_chroma(lightness, chroma)[0], height=WIDTH)


def framed(picture: np.ndarray, height: float) -> Figure:
    """Return a figure with one square picture at its top, so many inches high."""
    figure, axis = plt.subplots(figsize=(WIDTH, height), layout="constrained")
    axis.imshow(picture)
    axis.set_axis_off()
    axis.set_anchor("N")
    return figure


def street() -> tuple[np.ndarray, np.ndarray]:
    """Return a street's photo, uint8 (h, w, 3), and its categories, uint8 (h, w)."""
    photo, mask = drawntown.draw_scene(np.random.default_rng(SEED))
    category = {entry.name: entry.category for entry in palette.CLASSES}
    table = np.array([category[name] for name in drawntown.CLASSES], np.uint8)
    return photo, table[mask]
