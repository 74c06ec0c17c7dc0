"""How is a large image written of which little is there? GeoTIFF whose tiles may be absent, or share their bytes.

GDAL writes every tile by itself; an image of a whole province that shows land around a few hundred sites would take
minutes. Here whoever writes hands over packed tiles and says which of them stands where.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from qingshan.earth.grid import Grid
from qingshan.earth.writing import write_whole

ABSENT = -1
"""stands for a tile that is not there: readers find no data"""
ZSTD, BY_BAND = 50_000, 2
_SHORT, _LONG, _DOUBLE, _TEXT = 3, 4, 12, 2
_FORMS = {_SHORT: "H", _LONG: "I", _DOUBLE: "d", _TEXT: "s"}
_SIZES = {_SHORT: 2, _LONG: 4, _DOUBLE: 8, _TEXT: 1}
Field = tuple[int, int, Sequence[float] | bytes]
"""tag, type, values"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Tiles:
    """Packed tiles, and where each of them stands."""

    packed: Sequence[bytes]
    places: np.ndarray[Any, np.dtype[np.int64]]
    """(bands, down, across) place of each tile in `packed`, or `ABSENT`"""
    side: int
    """of a tile in pixels, a multiple of 16"""
    kind: np.dtype[Any]


@cache
def _codec() -> pa.Codec:
    return pa.Codec("zstd", compression_level=-1)


def packed(tile: np.ndarray[Any, Any]) -> bytes:
    """One tile, (side, side), as its file holds it."""
    raw: bytes = _codec().compress(np.ascontiguousarray(tile), asbytes=True)
    return raw


def write_tiles(file: Path, grid: Grid, tiles: Tiles, *, nodata: int | None) -> None:
    """A tiled GeoTIFF with zstd and without predictor, bands one after the other; the same bytes for the same tiles.

    Args:
        file: replaced if it is there.
        grid: in a projected system with an EPSG code.
        tiles: all of one size and kind; those at the right and lower edge may reach over the grid.
        nodata: number that stands for nothing; None: there is none.
    """
    lengths = np.array([len(each) for each in tiles.packed] or [0], np.int64)
    first = 8 + np.concatenate([[0], np.cumsum(lengths)])[: len(lengths)]
    is_there = tiles.places.ravel() != ABSENT
    offsets = np.where(is_there, first[tiles.places.ravel()], 0)
    counts = np.where(is_there, lengths[tiles.places.ravel()], 0)
    at = 8 + int(lengths.sum())
    pad = b"\0" * (at % 2)
    fields = _fields(grid, tiles, offsets.tolist(), counts.tolist(), nodata=nodata)
    head = struct.pack("<2sHI", b"II", 42, at + len(pad))
    write_whole(file, b"".join([head, *tiles.packed, pad, _directory(fields, at + len(pad))]))


def _fields(
    grid: Grid, tiles: Tiles, offsets: Sequence[float], counts: Sequence[float], *, nodata: int | None
) -> list[Field]:
    bands, kind = len(tiles.places), tiles.kind
    fields: list[Field] = [
        (256, _LONG, [grid.width]),
        (257, _LONG, [grid.height]),
        (258, _SHORT, [kind.itemsize * 8] * bands),
        (259, _SHORT, [ZSTD]),
        (262, _SHORT, [1]),
        (277, _SHORT, [bands]),
        (284, _SHORT, [BY_BAND]),
        (322, _LONG, [tiles.side]),
        (323, _LONG, [tiles.side]),
        (324, _LONG, offsets),
        (325, _LONG, counts),
        *([(338, _SHORT, [0] * (bands - 1))] if bands > 1 else []),
        (339, _SHORT, [2 if kind.kind == "i" else 1] * bands),
        (33550, _DOUBLE, [grid.dx, grid.dy, 0.0]),
        (33922, _DOUBLE, [0.0, 0.0, 0.0, grid.west, grid.north, 0.0]),
        (34735, _SHORT, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, _epsg(grid)]),
    ]
    if nodata is not None:
        fields.append((42113, _TEXT, f"{nodata}\0".encode()))
    return fields


def _epsg(grid: Grid) -> int:
    return int(grid.crs.removeprefix("EPSG:"))


def _directory(fields: Sequence[Field], at: int) -> bytes:
    """The directory of fields that begins at a byte, with what does not fit into it behind it."""
    behind = at + 2 + 12 * len(fields) + 4
    entries, further = [], []
    for tag, form, values in fields:
        told = values if isinstance(values, bytes) else struct.pack(f"<{len(values)}{_FORMS[form]}", *values)
        count = len(told) // _SIZES[form]
        if len(told) > 4:
            entries.append(struct.pack("<HHII", tag, form, count, behind))
            told += b"\0" * (len(told) % 2)
            further.append(told)
            behind += len(told)
        else:
            entries.append(struct.pack("<HHI4s", tag, form, count, told))
    return b"".join([struct.pack("<H", len(entries)), *entries, b"\0\0\0\0", *further])
