"""Write the drawn town's samples: a sheet of its ten objects, and streets with masks.

usage: python -m tools.makers.draw_samples
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from drawntown import CLASSES, COLOURS, OBJECTS, draw_object, draw_scene
from tools import ROOT

COLUMNS, ENLARGE, GAP, MARGIN = 12, 2, 4, 96
SHEET = ROOT / "data" / "town_samples.png"
SEEDS = (14, 6, 17)  # streets that differ in place, light and traffic
SIDE = 256
LEGEND_COLUMNS, LEGEND_STEP, SWATCH = 4, 22, 14
STREETS = ROOT / "docs" / "pictures" / "drawn_streets.webp"


def sheet(seed: int = 0) -> Image.Image:
    """Return the sample sheet: one row of pictures per class, its name on the left."""
    rng = np.random.default_rng(seed)
    step = 32 * ENLARGE + GAP
    size = (MARGIN + COLUMNS * step + GAP, len(OBJECTS) * step + GAP)
    paper = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(paper)
    font = ImageFont.load_default(13)
    for row, name in enumerate(OBJECTS):
        top = GAP + row * step
        draw.text((GAP, top + step // 2), name, fill="black", font=font, anchor="lm")
        for column in range(COLUMNS):
            picture = Image.fromarray(draw_object(name, rng))
            enlarged = picture.resize((32 * ENLARGE,) * 2, Image.Resampling.NEAREST)
            paper.paste(enlarged, (MARGIN + column * step, top))
    return paper


def streets() -> Image.Image:
    """Return streets side by side, each above its mask, and the classes' legend."""
    rows = -(-len(CLASSES) // LEGEND_COLUMNS)
    width = len(SEEDS) * (SIDE + GAP) - GAP
    height = 2 * (SIDE + GAP) + rows * LEGEND_STEP
    paper = Image.new("RGB", (width, height), "white")
    for column, seed in enumerate(SEEDS):
        photo, mask = draw_scene(np.random.default_rng(seed), SIDE)
        left = column * (SIDE + GAP)
        paper.paste(Image.fromarray(photo), (left, 0))
        paper.paste(Image.fromarray(COLOURS[mask]), (left, SIDE + GAP))
    add_legend(ImageDraw.Draw(paper), width, top=2 * (SIDE + GAP))
    return paper


def add_legend(draw: ImageDraw.ImageDraw, width: int, top: int) -> None:
    """Draw a swatch of each class beside its name, from `top` on downwards."""
    font = ImageFont.load_default(13)
    for number, name in enumerate(CLASSES):
        row, column = divmod(number, LEGEND_COLUMNS)
        x = column * width // LEGEND_COLUMNS + GAP
        y = top + row * LEGEND_STEP + GAP
        draw.rectangle((x, y, x + SWATCH, y + SWATCH), tuple(COLOURS[number].tolist()))
        middle = (x + SWATCH + 2 * GAP, y + SWATCH // 2)
        draw.text(middle, name, fill="black", font=font, anchor="lm")


if __name__ == "__main__":
    # 128 colours keep the file small; at this size the eye misses none.
    sheet().quantize(128).save(SHEET, optimize=True)
    STREETS.parent.mkdir(exist_ok=True)
    # WebP weighs a tenth of PNG, since the drawn light is noisy as a camera's.
    streets().save(STREETS, quality=85)
    for path in (SHEET, STREETS):
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")
