"""How does somebody's photograph get into a document? Re-encoded, small, and without what the camera wrote."""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import Image, ImageOps

LONGEST_PX = 1200
MOST_PX = 100_000_000
"""A picture of more is not opened: it would take a gigabyte to look at."""
QUALITY = 80


def for_print(stream: BinaryIO, *, longest_px: int = LONGEST_PX) -> bytes | None:
    """A JPEG of at most so many pixels a side, upright, with no metadata; None for what is no picture of ours."""
    try:
        with Image.open(stream, formats=("JPEG", "PNG", "TIFF", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PX:
                return None
            picture.draft("RGB", (longest_px, longest_px))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((longest_px, longest_px))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
