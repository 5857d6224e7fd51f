"""A photo of the reader's own, as an array."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

LEAST = 16  # pixels along a side
# What Pillow raises for a file that it cannot read, or does not dare to.
UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def read_photo(file: Path | str, shorter: int | None = None) -> np.ndarray:
    """Return a photo as uint8 (h, w, 3), the right way up.

    Args:
        file: a JPEG, a PNG or another format that Pillow reads; grey pictures and
            those with transparency are turned into RGB.
        shorter: length that the shorter side is reduced to, in pixels; the ratio of
            the sides stays. A smaller photo is not enlarged.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no picture that can be read, or a side is too short.
    """
    path = Path(file).expanduser()
    if not path.is_file():
        raise FileNotFoundError(
            f"photo: expected a file, found none at {path.resolve()}; on Colab, upload "
            "it by the folder symbol on the left, and give its name"
        )
    try:
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except UNREADABLE as error:
        raise ValueError(
            f"photo: expected a picture, found {path.name}, which cannot be read "
            f"({error}); save it as JPEG or PNG"
        ) from error
    if shorter is not None and shorter < min(picture.size):
        sides = shorter, shorter
        picture = ImageOps.cover(picture, sides, Image.Resampling.LANCZOS)
    if min(picture.size) < LEAST:
        raise ValueError(
            f"photo: expected {LEAST} pixels or more along each side, found "
            f"{picture.width}×{picture.height} in {path.name}"
        )
    return np.asarray(picture)
