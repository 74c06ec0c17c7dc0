"""Which pixels make up a site, and how much of each? Worked out once for a grid, used for every date."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.earth.grid import Grid
from qingshan.earth.measures.corners import Corners
from qingshan.earth.measures.coverage import add_edges, summed_along_rows, write_down
from qingshan.earth.sites import SiteSet
from qingshan.earth.writing import beside

Ints = np.ndarray[Any, np.dtype[np.int32]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]

STRIP_PX = 4_000_000
"""Pixels that are drawn at once; a polygon of a whole province is drawn in strips."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Weights:
    """Coverage of pixels by sites: runs of whole pixels and single cells with their share; by site, then by row."""

    grid: Grid
    digest: str
    """of the shapes that they were made from"""
    sites: Ints
    """(m,) number of each site in its SiteSet"""
    first_run: Places
    """(m + 1,) where the runs of each site begin"""
    runs: Ints
    """(3, r) row, first column and length of each run of whole pixels"""
    first_cell: Places
    """(m + 1,) where the cells of each site begin"""
    cells: Ints
    """(2, c) row and column of each cell"""
    shares: Floats
    """(c,) share of the cell that is covered, above 0, at most 1"""

    def __len__(self) -> int:
        return len(self.sites)

    @cached_property
    def total_px(self) -> Floats:
        """(m,) coverage of each site, in pixels."""
        whole = np.concatenate([[0], np.cumsum(self.runs[2], dtype=np.int64)])
        parts = np.zeros(len(self))
        has = self.first_cell[1:] > self.first_cell[:-1]
        if has.any():
            parts[has] = np.add.reduceat(self.shares, self.first_cell[:-1][has])
        return np.diff(whole[self.first_run]) + parts

    def rows(self, first: int, end: int) -> Weights:
        """The part that lies in rows `first` to `end` (not included), of the sites that have any there."""
        runs_from, runs_to = (self._cut(self._run_keys, row) for row in (first, end))
        cells_from, cells_to = (self._cut(self._cell_keys, row) for row in (first, end))
        there = np.flatnonzero((runs_to > runs_from) | (cells_to > cells_from))
        run, first_run = _gathered(runs_from[there], runs_to[there])
        cell, first_cell = _gathered(cells_from[there], cells_to[there])
        return Weights(
            grid=self.grid,
            digest=self.digest,
            sites=self.sites[there],
            first_run=first_run,
            runs=np.ascontiguousarray(self.runs[:, run]),
            first_cell=first_cell,
            cells=np.ascontiguousarray(self.cells[:, cell]),
            shares=self.shares[cell],
        )

    @cached_property
    def _run_keys(self) -> Places:
        return self._keys(self.first_run, self.runs[0])

    @cached_property
    def _cell_keys(self) -> Places:
        return self._keys(self.first_cell, self.cells[0])

    def _keys(self, first: Places, row: Ints) -> Places:
        """Rises through all sites and rows, so that one search finds the cuts of all sites."""
        site = np.repeat(np.arange(len(self), dtype=np.int64), np.diff(first))
        return site * (self.grid.height + 1) + row

    def _cut(self, keys: Places, row: int) -> Places:
        wanted = np.arange(len(self), dtype=np.int64) * (self.grid.height + 1) + min(row, self.grid.height)
        return np.searchsorted(keys, wanted).astype(np.int64)

    def save(self, file: Path) -> None:
        """Written beside and renamed: a kill leaves no half file."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        with beside(file) as part, part.open("wb") as out:
            np.savez(out, key=np.array([self.grid.key, self.digest]), **arrays)

    @classmethod
    def load(cls, file: Path, *, grid: Grid, digest: str) -> Weights | None:
        """As saved; None where the file is not there, is damaged, or is of another grid or other shapes."""
        try:
            with np.load(file) as kept:
                if kept["key"].tolist() != [grid.key, digest]:
                    return None
                return cls(grid=grid, digest=digest, **{name: kept[name] for name in _ARRAYS})
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None


_ARRAYS = ("sites", "first_run", "runs", "first_cell", "cells", "shares")


def _gathered(begin: Places, end: Places) -> tuple[Places, Places]:
    """All numbers of some ranges, one range after the other, and where each begins among them."""
    lengths = end - begin
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return np.arange(first[-1]) + np.repeat(begin - first[:-1], lengths), first


def weights(
    grid: Grid,
    sites: SiteSet,
    *,
    shapes: Sequence[BaseGeometry | None] | None = None,
    folder: Path | None = None,
) -> Weights:
    """The exact coverage of every pixel of a grid by every site.

    Args:
        grid: the pixels.
        sites: their polygons, in degrees; overlaps, holes, several parts and parts outside of the grid are all right,
            invalid outlines give shares between 0 and 1 of no meaning.
        shapes: other shapes for the same sites, in units of the grid; None for a site without pixels.
        folder: where the result is kept for the next time, keyed by grid and shapes.

    Returns:
        All sites in order; a site outside of the grid has neither runs nor cells.
    """
    drawn = on_grid(grid, sites) if shapes is None else np.array([*shapes, None], object)[:-1]
    digest = digest_of(drawn)
    file = folder / f"weights-{grid.key}-{digest}.npz" if folder else None
    kept = Weights.load(file, grid=grid, digest=digest) if file else None
    if kept is not None:
        return kept
    made = covered(grid, drawn, digest=digest)
    if file:
        made.save(file)
    return made


def digest_of(shapes: np.ndarray[Any, Any]) -> str:
    """The same for the same shapes in the same order: sixteen hexadecimal digits."""
    told = hashlib.sha256()
    for shape in shapes:
        wkb = b"" if shape is None else shapely.to_wkb(shape)
        told.update(len(wkb).to_bytes(8, "little") + wkb)
    return told.hexdigest()[:16]


def on_grid(grid: Grid, sites: SiteSet) -> np.ndarray[Any, Any]:
    """The sites' shapes in units of the grid, as an array of objects."""
    if not len(sites):
        return np.empty(0, object)
    return grid.from_lonlat(np.array([site.shape for site in sites] + [None], object)[:-1])


@dataclass(frozen=True, kw_only=True, eq=False)
class Covered:
    """Pixels of one site."""

    runs: Ints
    cells: Ints
    shares: Floats


NOTHING = Covered(runs=np.empty((3, 0), np.int32), cells=np.empty((2, 0), np.int32), shares=np.empty(0))


def joined(grid: Grid, digest: str, pixels: Sequence[Covered]) -> Weights:
    """Weights of all sites from the pixels of each."""
    told = [NOTHING, *pixels]
    return Weights(
        grid=grid,
        digest=digest,
        sites=np.arange(len(pixels), dtype=np.int32),
        first_run=np.cumsum([each.runs.shape[1] for each in told], dtype=np.int64),
        runs=np.concatenate([each.runs for each in told], axis=1),
        first_cell=np.cumsum([len(each.shares) for each in told], dtype=np.int64),
        cells=np.concatenate([each.cells for each in told], axis=1),
        shares=np.concatenate([each.shares for each in told]),
    )


def covered(grid: Grid, shapes: np.ndarray[Any, Any], *, digest: str) -> Weights:
    """Coverage by shapes in units of the grid; None for one without pixels."""
    if not len(shapes):
        return joined(grid, digest, [])
    corners = Corners.of(grid, shapes)
    bounds = shapely.bounds(shapes).tolist()
    return joined(grid, digest, [_covered(grid, corners, at, tuple(box)) for at, box in enumerate(bounds)])


def _covered(grid: Grid, corners: Corners, at: int, bounds: tuple[float, float, float, float]) -> Covered:
    """The pixels of one shape, strip by strip."""
    window = None if np.isnan(bounds[0]) else grid.window_around(bounds)
    if window is None:
        return NOTHING
    xs, ys, first, is_hole = corners.of_shape(at)
    step = max(1, STRIP_PX // (window.width + 1))
    end = window.row + window.height
    strips = []
    for row in range(window.row, end, step):
        buffer = np.zeros((min(step, end - row), window.width + 1))
        add_edges(buffer, xs, ys, first, is_hole, window.col, row)
        strips.append(_written(buffer, row, window.col))
    if len(strips) == 1:
        return strips[0]
    return Covered(
        runs=np.concatenate([each.runs for each in strips], axis=1),
        cells=np.concatenate([each.cells for each in strips], axis=1),
        shares=np.concatenate([each.shares for each in strips]),
    )


def _written(buffer: Floats, row: int, col: int) -> Covered:
    runs, cells = summed_along_rows(buffer)
    made = Covered(
        runs=np.empty((3, runs), np.int32), cells=np.empty((2, cells), np.int32), shares=np.empty(cells)
    )
    write_down(buffer, row, col, made.runs, made.cells, made.shares)
    return made
