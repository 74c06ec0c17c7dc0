"""Which land near a site was left alone? A ring around each for comparison: what the weather did, it shows as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.earth.grid import Grid
from qingshan.earth.measures.weights import NOTHING, Covered, Weights, digest_of, joined, on_grid
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sites import SiteSet

METRES_PER_DEGREE = 111_320.0
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


def ring_shapes(
    sites: SiteSet, grid: Grid, numbers: RingNumbers, *, avoid: Sequence[BaseGeometry] = ()
) -> tuple[BaseGeometry | None, ...]:
    """For each site the land around it that belongs to no site and to nothing to be avoided.

    Args:
        sites: all sites that are known, so that none serves as another's ring.
        grid: the pixels; rings are cut off at its edge.
        numbers: distances, and how much has to be left.
        avoid: permitted boundaries, towns, water; in units of the grid.

    Returns:
        Shapes in units of the grid; None where too little is left, or the site is empty.
    """
    drawn = on_grid(grid, sites)
    near = widened(grid, drawn, numbers.inner_m)
    far = widened(grid, drawn, numbers.outer_m)
    barred = np.array([*near, *avoid, None], object)[:-1]
    tree = shapely.STRtree(barred)
    inside = shapely.box(*grid.bounds)
    least = numbers.least_px * grid.dx * grid.dy
    return tuple(_ring(shape, tree, barred, inside, least) for shape in far)


def _ring(
    far: BaseGeometry, tree: shapely.STRtree, barred: Shapes, inside: BaseGeometry, least: float
) -> BaseGeometry | None:
    reach = shapely.intersection(far, inside)
    if reach.is_empty:
        return None
    ring = shapely.difference(reach, shapely.union_all(barred[tree.query(reach)]))
    return ring if ring.area >= least else None


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


def ring_weights(grid: Grid, rings: Sequence[BaseGeometry | None], *, most_px: float) -> Weights:
    """A regular sample of each ring's pixels: those of every k-th row and column whose centre lies inside.

    Args:
        grid: the pixels.
        rings: one for each site, in units of the grid; None for a site without one.
        most_px: pixels of a ring at most.

    Returns:
        One set of cells for each site, each with share 1.
    """
    shapes = np.array([*rings, None], object)[:-1]
    return joined(grid, digest_of(shapes), [_sample(grid, ring, most_px) for ring in rings])


def _sample(grid: Grid, ring: BaseGeometry | None, most_px: float) -> Covered:
    window = None if ring is None or ring.is_empty else grid.window_around(ring.bounds)
    if ring is None or window is None:
        return NOTHING
    shapely.prepare(ring)
    step = max(1, int(np.sqrt(ring.area / (grid.dx * grid.dy) / most_px)))
    while True:
        rows = np.arange(-(-window.row // step) * step, window.row + window.height, step)
        cols = np.arange(-(-window.col // step) * step, window.col + window.width, step)
        row, col = (each.ravel() for each in np.meshgrid(rows, cols, indexing="ij"))
        x, y = grid.west + (col + 0.5) * grid.dx, grid.north - (row + 0.5) * grid.dy
        there = shapely.contains_xy(ring, x, y)
        if np.count_nonzero(there) <= most_px:
            cells = np.stack([row[there], col[there]]).astype(np.int32)
            return Covered(runs=NOTHING.runs, cells=cells, shares=np.ones(cells.shape[1]))
        step += 1
