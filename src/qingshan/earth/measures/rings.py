"""Which land near a site was left alone? A ring around each for comparison: what the weather did, it shows as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.earth.compiled import compiled
from qingshan.earth.grid import METRES_PER_DEGREE, Grid, Window
from qingshan.earth.measures.scanning import pixels_of
from qingshan.earth.measures.weights import NOTHING, Covered, Weights, covered, digest_of, joined
from qingshan.earth.parameters import ParameterSet

CORNERS_PER_QUARTER = 4
"""A ring's outline is no measurement: few corners keep it cheap."""

Shapes = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class RingNumbers:
    """Section [ring] of the parameter set."""

    inner_m: float
    """distance from every site within which nothing is compared"""
    outer_m: float
    """distance from a site up to which land is compared with it"""
    least_px: float
    """pixels of a ring below which there is none"""
    most_px: float
    """pixels of a ring that are read at most"""

    @classmethod
    def of(cls, parameters: ParameterSet) -> RingNumbers:
        """From a set of parameters."""
        return parameters.section("ring", cls)


def ring_weights(
    grid: Grid,
    shapes: Shapes,
    numbers: RingNumbers,
    *,
    avoid: Sequence[BaseGeometry] = (),
    is_wanted: np.ndarray[Any, Any] | None = None,
) -> Weights:
    """For each site a regular sample of the land around it that belongs to no site and to nothing to be avoided.

    A pixel belongs to a ring when its centre lies within the outer distance of the site, and nothing that is barred
    touches it. A sample is made of every k-th row and column.

    Args:
        grid: the pixels; rings are cut off at its edge.
        shapes: all sites that are known, in units of the grid, so that none serves as another's ring; None for those
            that lie far away.
        numbers: distances, how much has to be left, and how much is read.
        avoid: permitted boundaries, towns, water; in units of the grid.
        is_wanted: (n,) sites that need a ring; all unless told.

    Returns:
        One set of cells for each site, each with share 1; none for a site where too little land is left.
    """
    there = np.array([shape is not None for shape in shapes], bool)
    near = widened(grid, shapes[there], numbers.inner_m)
    barred = _barred(grid, np.array([*near, *avoid, None], object)[:-1])
    there &= True if is_wanted is None else is_wanted
    far = np.full(len(shapes), None, object)
    far[there] = shapely.clip_by_rect(widened(grid, shapes[there], numbers.outer_m), *grid.bounds)
    samples = [NOTHING if shape is None else _sample(grid, shape, barred, numbers) for shape in far]
    return joined(grid, digest_of(far), samples)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Barred:
    """Pixels that serve nobody as ring, as runs in order of row and column that do not touch."""

    first: np.ndarray[Any, np.dtype[np.int64]]
    """(height + 1,) where the runs of each row begin"""
    begin: np.ndarray[Any, np.dtype[np.int32]]
    end: np.ndarray[Any, np.dtype[np.int32]]


def _barred(grid: Grid, shapes: Shapes) -> _Barred:
    row, col, length = pixels_of(covered(grid, shapes, digest=""))
    return _Barred(
        first=np.searchsorted(row, np.arange(grid.height + 1)).astype(np.int64), begin=col, end=col + length
    )


def widened(grid: Grid, shapes: Shapes, by_m: float) -> Shapes:
    """Shapes in units of the grid, grown by metres on the ground."""
    if not len(shapes):
        return shapes
    across, along = _units_per_metre(grid)
    on_ground = shapely.transform(shapes, lambda at: at / (across, along))
    coarse = shapely.simplify(on_ground, by_m / 20)
    grown = shapely.buffer(coarse, by_m, quad_segs=CORNERS_PER_QUARTER)
    return np.asarray(shapely.transform(grown, lambda at: at * (across, along)), object)


def _units_per_metre(grid: Grid) -> tuple[float, float]:
    """Across and along, at the middle of the grid."""
    if not grid.is_geographic:
        unit_m = grid.pixel_size_m / np.sqrt(grid.dx * grid.dy)
        return 1 / float(unit_m), 1 / float(unit_m)
    middle = np.radians(grid.north - grid.height * grid.dy / 2)
    return float(1 / (METRES_PER_DEGREE * np.cos(middle))), 1 / METRES_PER_DEGREE


def _sample(grid: Grid, far: BaseGeometry, barred: _Barred, numbers: RingNumbers) -> Covered:
    """Coarser while there are too many, finer while there are too few; nothing where the ring is too small."""
    window = None if far.is_empty else grid.window_around(far.bounds)
    if window is None:
        return NOTHING
    shapely.prepare(far)
    most, least = numbers.most_px, numbers.least_px
    step = max(1, int(np.sqrt(far.area / (grid.dx * grid.dy) / most)))
    is_finest = False
    while True:
        cells = _lattice(grid, far, window, barred, step)
        count = cells.shape[1]
        if count > most:
            step, is_finest = step + 1, True
        elif is_finest or step == 1 or 2 * count >= most:
            break
        else:
            step = _finer(step, count, most=most, least=least)
            if not step:
                return NOTHING
    if count * step * step < least:
        return NOTHING
    return Covered(runs=NOTHING.runs, cells=cells, shares=np.ones(count))


def _finer(step: int, count: int, *, most: float, least: float) -> int:
    """A step that gives about `most` pixels, when another one gave so few; 0 when there is too little to sample."""
    wanted = max(1, int(step * np.sqrt(count / most)))
    if count * step * step >= least:
        return wanted
    tells = max(1, int(np.sqrt(least) / 2))  # a step that would not miss what is just enough
    return 0 if step <= tells else max(wanted, tells)


def _lattice(
    grid: Grid, far: BaseGeometry, window: Window, barred: _Barred, step: int
) -> np.ndarray[Any, np.dtype[np.int32]]:
    """(2, n) row and column of the pixels of every `step`-th row and column that belong to the ring."""
    row, col = -(-window.row // step) * step, -(-window.col // step) * step
    end_row, end_col = window.row + window.height, window.col + window.width
    most = max(0, -(-(end_row - row) // step)) * max(0, -(-(end_col - col) // step))
    cells = np.empty((2, most), np.int32)
    cells = cells[:, : _free(row, col, end_row, end_col, step, barred.first, barred.begin, barred.end, cells)]
    x, y = grid.west + (cells[1] + 0.5) * grid.dx, grid.north - (cells[0] + 0.5) * grid.dy
    return np.ascontiguousarray(cells[:, shapely.contains_xy(far, x, y)])


@compiled
def _free(
    row: Any, col: Any, end_row: Any, end_col: Any, step: Any, first: Any, begin: Any, end: Any, cells: Any
) -> Any:
    """Writes the pixels of a lattice that no run holds; how many they are."""
    count = 0
    for at_row in range(row, end_row, step):
        run, stop = first[at_row], first[at_row + 1]
        run += np.searchsorted(end[run:stop], col, side="right")
        for at_col in range(col, end_col, step):
            while run < stop and end[run] <= at_col:
                run += 1
            if run < stop and begin[run] <= at_col:
                continue
            cells[0, count], cells[1, count] = at_row, at_col
            count += 1
    return count
