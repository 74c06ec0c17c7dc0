"""Where on a frame lie the sites of a cube, their windows and rings? Worked out once, the same for every scene."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from qingshan.earth.grid import Grid, Window
from qingshan.earth.images.codes import Runs
from qingshan.earth.images.frames import Frame
from qingshan.earth.images.reading import runs_of, spans_of
from qingshan.earth.measures.rings import RingNumbers, ring_weights
from qingshan.earth.measures.weights import Weights, weights
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sites import ClimateZone, SiteSet
from qingshan.earth.writing import write_whole

Ints = np.ndarray[Any, np.dtype[np.int32]]
Shapes = np.ndarray[Any, np.dtype[np.object_]]
ZONES: tuple[ClimateZone | None, ...] = (None, *ClimateZone)
"""Rows of a table of recipes."""


@dataclass(frozen=True, kw_only=True)
class CubeNumbers:
    """Section [cube] of the parameter set."""

    margin_m: float
    """land around a site's box that its window shows"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Strip:
    """One block row of a frame."""

    row: int
    end_row: int
    runs: Runs
    """pixels of windows and rings"""
    spans: Sequence[tuple[int, int]]
    """columns that have to be decoded"""
    inside: Weights
    ring: Weights


@dataclass(frozen=True, kw_only=True, eq=False)
class Layout:
    """What the units of one frame need to know; the same object for all scenes."""

    grid: Grid
    block_rows: int
    windows: Ints
    """(n, 4) row, column, height, width of each site's window; zeros for sites that belong to another frame"""
    zones: Ints
    """(n,) row of each site in a table of recipes: its climate zone's place in `ZONES`"""
    inside: Weights
    ring: Weights

    @cached_property
    def blocks(self) -> tuple[int, ...]:
        """First rows of the block rows that any site or ring touches."""
        return tuple(row for row in range(0, self.grid.height, self.block_rows) if self.strip(row).spans)

    def window(self, site: int) -> Window | None:
        """The window of a site by its number; None where it belongs to another frame."""
        row, col, height, width = (int(each) for each in self.windows[site])
        return Window(row=row, col=col, height=height, width=width) if height else None

    def touching(self, row: int, end_row: int) -> Ints:
        """Numbers of the sites whose windows touch some rows."""
        top, height = self.windows[:, 0], self.windows[:, 2]
        return np.flatnonzero((height > 0) & (top < end_row) & (top + height > row)).astype(np.int32)

    def strip(self, row: int) -> Strip:
        """What lies in the block row that begins at `row`; worked out once, since every scene asks."""
        if row not in self._strips:
            end_row = min(row + self.block_rows, self.grid.height)
            inside, ring = self.inside.rows(row, end_row), self.ring.rows(row, end_row)
            runs = self._runs(row, end_row, ring)
            spans = spans_of(runs, width=self.grid.width)
            self._strips[row] = Strip(
                row=row, end_row=end_row, runs=runs, spans=spans, inside=inside, ring=ring
            )
        return self._strips[row]

    def _runs(self, row: int, end_row: int, ring: Weights) -> Runs:
        """Every row of every window, and every sample of a ring."""
        top, col, height, width = self.windows[self.touching(row, end_row)].T
        first, end = np.maximum(top, row), np.minimum(top + height, end_row)
        count = end - first
        begin = np.cumsum(count) - count
        rows = np.arange(count.sum()) - np.repeat(begin - first, count)
        cells = ring.cells
        return runs_of(
            np.concatenate([rows, cells[0]]),
            np.concatenate([np.repeat(col, count), cells[1]]),
            np.concatenate([np.repeat(width, count), np.ones(cells.shape[1], np.int32)]),
        )

    @cached_property
    def _strips(self) -> dict[int, Strip]:
        return {}

    def save(self, folder: Path) -> None:
        """Weights first, then the description that names them: what stands in it is there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.inside.save(folder / "inside.npz")
        self.ring.save(folder / "ring.npz")
        told = {
            "grid": asdict(self.grid),
            "block_rows": self.block_rows,
            "windows": self.windows.tolist(),
            "zones": self.zones.tolist(),
            "inside": self.inside.digest,
            "ring": self.ring.digest,
        }
        write_whole(folder / NAME, json.dumps(told).encode())

    @classmethod
    def load(cls, folder: Path) -> Layout | None:
        """As saved; None where there is none, or it is damaged. Read once for each process, as long as it stays."""
        try:
            state = tuple(_state(folder / name) for name in (NAME, "inside.npz", "ring.npz"))
        except OSError:
            return None
        return _loaded(folder.absolute(), state)

    @classmethod
    def _read(cls, folder: Path) -> Layout | None:
        try:
            told = json.loads((folder / NAME).read_bytes())
            grid = Grid(**told["grid"])
            inside = Weights.load(folder / "inside.npz", grid=grid, digest=told["inside"])
            ring = Weights.load(folder / "ring.npz", grid=grid, digest=told["ring"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if inside is None or ring is None:
            return None
        return cls(
            grid=grid,
            block_rows=told["block_rows"],
            windows=np.array(told["windows"], np.int32).reshape(-1, 4),
            zones=np.array(told["zones"], np.int32),
            inside=inside,
            ring=ring,
        )


def _state(file: Path) -> tuple[int, ...]:
    """Another one when the file was written anew."""
    told = file.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


@lru_cache(maxsize=8)
def _loaded(folder: Path, state: tuple[tuple[int, ...], ...]) -> Layout | None:
    """`state` tells another layout in the same folder apart."""
    return Layout._read(folder)


NAME = "layout.json"


def layouts_of(
    sites: SiteSet,
    frames: Sequence[Frame],
    *,
    is_free: np.ndarray[Any, np.dtype[np.bool_]],
    parameters: ParameterSet,
    block_rows: int,
) -> list[Layout]:
    """One layout for each frame; a site belongs to the frame that covers most of it.

    Where several cover the same share, it is the one with the finest pixels, then the one with the lowest key.

    Args:
        sites: all of the cube.
        frames: those that need a layout.
        is_free: (n,) sites that belong to no other frame yet.
        parameters: margins and rings.
        block_rows: rows that are read together.
    """
    drawn = [_on(frame.grid, sites) for frame in frames]
    owners = np.where(is_free, _owners(drawn, frames, count=len(sites)), -1)
    return [
        _layout(frame.grid, sites, shapes, owners == at, parameters=parameters, block_rows=block_rows)
        for at, (frame, shapes) in enumerate(zip(frames, drawn, strict=True))
    ]


def _on(grid: Grid, sites: SiteSet) -> Shapes:
    """Shapes in units of the grid; None for those that lie far from it, where its projection may fail."""
    shapes = np.array([*(site.shape for site in sites), None], dtype=object)[:-1]
    box = shapely.segmentize(shapely.box(*grid.bounds), max(grid.height * grid.dy, grid.width * grid.dx) / 16)
    near = shapely.intersects(shapely.box(*grid.to_lonlat(box).bounds), shapely.envelope(shapes))
    moved = np.full(len(shapes), None, dtype=object)
    if near.any():
        moved[near] = grid.from_lonlat(shapes[near])
    return moved


def _owners(drawn: Sequence[Shapes], frames: Sequence[Frame], *, count: int) -> Ints:
    """(n,) number of the frame that each site belongs to; -1 where none covers it."""
    owners, best = np.full(count, -1, np.int32), np.zeros(count)
    order = sorted(range(len(frames)), key=lambda at: (frames[at].grid.pixel_size_m, frames[at].key))
    for at in order:
        share = _covered(drawn[at], frames[at].grid)
        better = share > best + 1e-9
        owners[better], best[better] = at, share[better]
    return owners


def _covered(shapes: Shapes, grid: Grid) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Share of each shape that lies on the grid."""
    whole = shapely.area(shapes)
    inside = shapely.area(shapely.clip_by_rect(shapes, *grid.bounds))
    return np.nan_to_num(np.where(whole > 0, inside / np.where(whole > 0, whole, 1), 0.0))


def _layout(
    grid: Grid,
    sites: SiteSet,
    shapes: Shapes,
    is_own: np.ndarray[Any, Any],
    *,
    parameters: ParameterSet,
    block_rows: int,
) -> Layout:
    own = [shape if mine else None for shape, mine in zip(shapes, is_own, strict=True)]
    margin = round(parameters.section("cube", CubeNumbers).margin_m / grid.pixel_size_m)
    windows = np.zeros((len(shapes), 4), np.int32)
    for at in np.flatnonzero(is_own):
        window = grid.window_around(shapes[at].bounds, margin_px=margin)
        if window:
            windows[at] = (window.row, window.col, window.height, window.width)
    return Layout(
        grid=grid,
        block_rows=block_rows,
        windows=windows,
        zones=np.array([ZONES.index(site.zone) for site in sites], np.int32),
        inside=weights(grid, sites, shapes=own),
        ring=ring_weights(grid, shapes, RingNumbers.of(parameters), is_wanted=is_own),
    )
