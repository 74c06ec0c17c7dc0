"""How does somebody's photograph get into a document? Re-encoded, small, and without what the camera wrote."""

from __future__ import annotations

from typing import BinaryIO

from qingshan.pictures import MOST_BYTES, PicturesError, thumbnail

LONGEST_PX = 1200


def for_print(stream: BinaryIO, *, longest_px: int = LONGEST_PX) -> bytes | None:
    """A JPEG of at most so many pixels a side, upright, with no metadata; None for what is no picture of ours."""
    try:
        return thumbnail(stream.read(MOST_BYTES + 1), longest_px)
    except PicturesError:
        return None
