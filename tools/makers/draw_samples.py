"""Write data/town_samples.png: a dozen pictures of every class of the drawn town."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from drawntown import OBJECTS, draw_object
from tools import ROOT

COLUMNS, ENLARGE, GAP, MARGIN = 12, 2, 4, 96
SHEET = ROOT / "data" / "town_samples.png"


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


if __name__ == "__main__":
    # 128 colours keep the file small; at this size the eye misses none.
    sheet().quantize(128).save(SHEET, optimize=True)
    print(f"{SHEET}: {SHEET.stat().st_size / 1000:.0f} kB")
