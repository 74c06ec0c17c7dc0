"""In which cell of the world does a shape lie? One number per row, so that an ordinary index can count a map.

The world is the square of web maps, cut 22 times in four. The number interleaves column and row (Morton
order), so that every tile of every zoom is one contiguous range of numbers, and a grid over a tile is the
number shifted right. A shape lies in the cell of the middle of its bounding box.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from qingshan.geo.blobs import Envelope, envelope

DEPTH = 22
"""Cells of the deepest level are about 10 m wide."""
SIDE = 1 << DEPTH
LAST_LATITUDE = 85.0511287798066
"""Where the square of web maps ends."""

_HALF_BITS = 11
_HALF = (1 << _HALF_BITS) - 1
_SPREAD = [sum(((n >> bit) & 1) << (2 * bit) for bit in range(_HALF_BITS)) for n in range(1 << _HALF_BITS)]

Floats = np.ndarray[Any, np.dtype[np.float64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]


@lru_cache(maxsize=4096)  # Django asks, and a moment later the trigger of the row
def cell_of_box(box: Envelope | None) -> int | None:
    """The cell of the middle of a bounding box; None without one."""
    if box is None:
        return None
    lon, lat = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    sine = math.sin(math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, lat))))
    column = math.floor((lon + 180.0) / 360.0 * SIDE)
    row = math.floor((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * SIDE)
    return cell_number(max(0, min(SIDE - 1, column)), max(0, min(SIDE - 1, row)))


def cell_of_stored(stored: Any) -> int | None:
    """The cell of a stored geometry, read from its head."""
    return cell_of_box(envelope(stored))


def cell_number(column: int, row: int) -> int:
    """Interleave: column in the even bits, row in the odd ones."""
    return _spread(column) | _spread(row) << 1


def _spread(n: int) -> int:
    return _SPREAD[n & _HALF] | _SPREAD[n >> _HALF_BITS] << (2 * _HALF_BITS)


def tile_range(z: int, x: int, y: int) -> tuple[int, int]:
    """First and last cell number inside a tile (zoom 22 at most)."""
    shift = 2 * (DEPTH - z)
    first = cell_number(x, y) << shift
    return first, first + (1 << shift) - 1


def columns_and_rows(numbers: Any) -> tuple[Integers, Integers]:
    """Undo `cell_number` for many numbers."""
    numbers = np.asarray(numbers, dtype=np.int64)
    return _gather(numbers), _gather(numbers >> 1)


def _gather(n: Integers) -> Integers:
    n = n & 0x5555555555555555
    for shift, mask in (
        (1, 0x3333333333333333),
        (2, 0x0F0F0F0F0F0F0F0F),
        (4, 0x00FF00FF00FF00FF),
        (8, 0x0000FFFF0000FFFF),
        (16, 0x00000000FFFFFFFF),
    ):
        n = (n | (n >> shift)) & mask
    return n
