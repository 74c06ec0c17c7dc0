"""How does one scene of a tile become files? Land in shared drawings, sites pixel by pixel, clouds in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from qingshan.earth.grid import Grid, Window
from qingshan.earth.images.tiledwriting import ABSENT, Tiles, packed, write_tiles
from qingshan.earth.sensors import BANDS
from qingshan.earth.simulation import sensing
from qingshan.earth.simulation.clouds import CELL_PX
from qingshan.earth.simulation.countryside import SIDE_PX

Array = np.ndarray[Any, np.dtype[Any]]

BANDS_10M = ("blue", "green", "red", "nir")
BANDS_20M = ("rededge", "swir1", "swir2")
"""as Sentinel-2 delivers them; its classification has pixels of 20 m as well"""
CELLS_A_BLOCK = SIDE_PX // CELL_PX


@dataclass(frozen=True, kw_only=True, eq=False)
class Canvas:
    """What of a tile is the same in all its scenes."""

    grid: Grid
    drawings: Array
    """(drawings, side, side) kinds of land"""
    drawing: Array
    """(down, across) which of them lies in which block"""
    wanted: Array
    """(down, across) bool"""
    windows: Sequence[Window]
    """of the sites"""
    owned: Sequence[Array]
    """for each site (side, side) bool: pixels that are recorded"""

    @cached_property
    def pixels(self) -> tuple[Array, Array]:
        """Row and column on the tile of all recorded pixels, site after site."""
        at = [np.nonzero(owned) for owned in self.owned]
        rows = [rows + window.row for (rows, _), window in zip(at, self.windows, strict=True)]
        cols = [cols + window.col for (_, cols), window in zip(at, self.windows, strict=True)]
        return np.concatenate(rows), np.concatenate(cols)

    @cached_property
    def touched(self) -> Array:
        """(n, 2) row and column of the blocks that hold recorded pixels."""
        rows, cols = self.pixels
        across = self.wanted.shape[1]
        blocks = np.unique((rows // SIDE_PX) * across + cols // SIDE_PX)
        return np.column_stack([blocks // across, blocks % across])

    @cached_property
    def is_touched(self) -> Array:
        """(down, across) bool."""
        found = np.zeros(self.wanted.shape, bool)
        found[self.touched[:, 0], self.touched[:, 1]] = True
        return found

    @cached_property
    def flat(self) -> Array:
        """Places of the recorded pixels in the pile of touched blocks, (n, side, side)."""
        rows, cols = self.pixels
        return np.asarray((self._block * SIDE_PX + rows % SIDE_PX) * SIDE_PX + cols % SIDE_PX)

    @cached_property
    def even(self) -> Array:
        """Numbers of the recorded pixels on even rows and columns: one for each coarse pixel."""
        rows, cols = self.pixels
        return np.flatnonzero((rows % 2 == 0) & (cols % 2 == 0))

    @cached_property
    def flat_coarse(self) -> Array:
        """Places of those pixels in the pile of touched blocks of coarse pixels, (n, side / 2, side / 2)."""
        rows, cols = (at[self.even] // 2 for at in self.pixels)
        half = SIDE_PX // 2
        return np.asarray((self._block[self.even] * half + rows % half) * half + cols % half)

    @cached_property
    def _block(self) -> Array:
        """Number of the touched block in which each recorded pixel lies."""
        rows, cols = self.pixels
        number = np.full(self.wanted.shape, -1, np.int64)
        number[self.touched[:, 0], self.touched[:, 1]] = np.arange(len(self.touched))
        return np.asarray(number[rows // SIDE_PX, cols // SIDE_PX])

    @cached_property
    def kinds(self) -> Array:
        """(n, side, side) kinds of land of the touched blocks."""
        return self.drawings[self.drawing[self.touched[:, 0], self.touched[:, 1]]].astype(np.intp)

    @cached_property
    def coarse_drawings(self) -> Array:
        """(drawings, side / 2, side / 2) kinds of land on coarse pixels."""
        return self.drawings[:, ::2, ::2].astype(np.intp)


@dataclass(frozen=True, kw_only=True, eq=False)
class Painted:
    """What one scene shows."""

    colours: Array
    """(kinds, bands) int16 of clear land"""
    classes: Array
    """(kinds,) uint8"""
    clouded: Array
    """(cells down, cells across) uint8 class of what hides the land, 0 where nothing does"""
    recorded: Array
    """(bands, pixels) int16 of the recorded pixels"""
    recorded_classes: Array
    """(pixels,) uint8"""


def write_scene(folder: Path, name: str, canvas: Canvas, painted: Painted) -> dict[str, str]:
    """The three files of a scene; what is in which."""
    files = {part: f"{name}_{part}.tif" for part in ("10m", "20m", "scl")}
    coarse = replace(
        canvas.grid, dx=canvas.grid.dx * 2, dy=canvas.grid.dy * 2, height=canvas.grid.height // 2,
        width=canvas.grid.width // 2,
    )  # fmt: skip
    write_tiles(folder / files["20m"], coarse, _bands(canvas, painted, BANDS_20M, is_coarse=True), nodata=0)
    write_tiles(folder / files["scl"], coarse, _mask(canvas, painted), nodata=0)
    write_tiles(folder / files["10m"], canvas.grid, _bands(canvas, painted, BANDS_10M), nodata=0)
    return files


def _bands(canvas: Canvas, painted: Painted, names: Sequence[str], *, is_coarse: bool = False) -> Tiles:
    pile: list[bytes] = []
    places = np.full((len(names), *canvas.wanted.shape), ABSENT, np.int64)
    hidden = _all_hidden(canvas, painted)
    for at, name in enumerate(names):
        band = BANDS.index(name)
        land, own = painted.colours[:, band], painted.recorded[band]
        drawn, touched = np.take(land, canvas.drawings), np.take(land, canvas.kinds)
        touched.reshape(-1)[canvas.flat] = own
        if is_coarse:
            drawn, touched = drawn[:, ::2, ::2], _halved(touched)
        cloud = np.full(drawn.shape[1:], round(sensing.cloud_colour()[band] / sensing.SCALE), np.int16)
        places[at][canvas.wanted] = len(pile) + canvas.drawing[canvas.wanted]
        places[at][hidden] = len(pile) + len(drawn)
        pile += [packed(each) for each in (*drawn, cloud)]
        places[at][canvas.touched[:, 0], canvas.touched[:, 1]] = len(pile) + np.arange(len(touched))
        pile += [packed(each) for each in touched]
    side = SIDE_PX // 2 if is_coarse else SIDE_PX
    return Tiles(packed=pile, places=places, side=side, kind=np.dtype(np.int16))


def _halved(blocks: Array) -> Array:
    """Means of two by two pixels; what is no data in any of them is none."""
    n, side, _ = blocks.shape
    fours = blocks.reshape(n, side // 2, 2, side // 2, 2)
    sums = fours[:, :, 0, :, 0].astype(np.int32)
    for down, across in ((0, 1), (1, 0), (1, 1)):
        sums += fours[:, :, down, :, across]
    return ((sums + 2) >> 2).astype(np.int16)


def _all_hidden(canvas: Canvas, painted: Painted) -> Array:
    """(down, across) bool: wanted blocks of which clouds hide everything."""
    return canvas.wanted & (_by_block(canvas, painted) > 0).all(axis=(2, 3))


def _by_block(canvas: Canvas, painted: Painted) -> Array:
    """(down, across, cells, cells) what hides the land of each block."""
    down, across = canvas.wanted.shape
    cells = painted.clouded.reshape(down, CELLS_A_BLOCK, across, CELLS_A_BLOCK)
    return cells.transpose(0, 2, 1, 3)


def _mask(canvas: Canvas, painted: Painted) -> Tiles:
    """Classes of land where nothing hides it; cells of clouds over it; recorded pixels as they were recorded."""
    hidden = _by_block(canvas, painted)
    drawn = painted.classes[canvas.coarse_drawings]
    pile = [packed(each) for each in drawn]
    places = np.full((1, *canvas.wanted.shape), ABSENT, np.int64)
    places[0][canvas.wanted] = canvas.drawing[canvas.wanted]
    known: dict[bytes, int] = {}
    for row, col in np.argwhere(canvas.wanted & ~canvas.is_touched & (hidden > 0).any(axis=(2, 3))):
        over, drawing = hidden[row, col], canvas.drawing[row, col]
        key = (b"" if over.all() else bytes([drawing])) + over.tobytes()
        if key not in known:
            known[key] = len(pile)
            pile.append(packed(_hidden(drawn[drawing], over)))
        places[0, row, col] = known[key]
    rows, cols = canvas.touched.T
    touched = _hidden(drawn[canvas.drawing[rows, cols]], hidden[rows, cols])
    touched.reshape(-1)[canvas.flat_coarse] = painted.recorded_classes[canvas.even]
    places[0][rows, cols] = len(pile) + np.arange(len(touched))
    pile += [packed(each) for each in touched]
    return Tiles(packed=pile, places=places, side=SIDE_PX // 2, kind=np.dtype(np.uint8))


def _hidden(land: Array, over: Array) -> Array:
    """Classes of blocks under what hides them, cell by cell."""
    times = land.shape[-1] // over.shape[-1]
    spread = over.repeat(times, axis=-2).repeat(times, axis=-1)
    return np.where(spread > 0, spread, land)
