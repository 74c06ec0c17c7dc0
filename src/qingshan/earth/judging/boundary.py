"""On which side of a boundary does new disturbance lie, when pixels may lie elsewhere than they say?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.earth.connected import groups
from qingshan.earth.grid import Grid, Window
from qingshan.earth.judging.looks import Flags
from qingshan.earth.sensors import Sensor
from qingshan.earth.series import Days

Labels = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Changes:
    """New disturbance pixel by pixel, as a monitor finds it in the window of a site."""

    changed: Flags
    """(rows, columns) newly and lastingly disturbed"""
    looked_at: Flags
    """(rows, columns) seen often enough to say whether it was"""
    days: Days
    """(rows, columns) first day of the disturbance, days since 1970-01-01; any number where there is none"""
    grid: Grid
    window: Window
    sensor: Sensor


@dataclass(frozen=True, kw_only=True, eq=False)
class Split:
    """New disturbance by side; patches below the least size are not counted."""

    inside: Flags
    """(rows, columns) changed, inside by more than the margin"""
    outside: Flags
    """(rows, columns) changed, outside by more than the margin"""
    uncertain: Flags
    """(rows, columns) changed, within the margin of the boundary"""
    beyond: Flags
    """(rows, columns) all pixels outside by more than the margin, changed or not"""
    pixel_m2: float

    @property
    def inside_m2(self) -> float:
        return float(self.inside.sum()) * self.pixel_m2

    @property
    def outside_m2(self) -> float:
        return float(self.outside.sum()) * self.pixel_m2

    @property
    def uncertain_m2(self) -> float:
        return float(self.uncertain.sum()) * self.pixel_m2


def split_by_boundary(
    changed: Flags,
    *,
    grid: Grid,
    window: Window,
    permitted: BaseGeometry,
    sensor: Sensor,
    min_px: float,
    margin_px: float,
) -> Split:
    """New disturbance inside, outside, and too near to the boundary to tell.

    Args:
        changed: (rows, columns) of the window, newly disturbed pixels.
        grid: the grid that the window lies on.
        window: rows and columns of `changed`.
        permitted: boundary in CGCS2000 degrees.
        sensor: its geolocation error is the margin on both sides.
        min_px: pixels of a connected patch (eight neighbours) below which it is not counted.
        margin_px: pixels added to the margin, since an edge pixel shows both sides.
    """
    margin = _in_grid_units(grid, sensor.geolocation_error_m) + margin_px * (grid.dx + grid.dy) / 2
    here = grid.from_lonlat(permitted)
    x, y = _middles(grid, window)
    within = shapely.contains_xy(here.buffer(-margin), x, y)
    beyond = ~shapely.contains_xy(here.buffer(margin), x, y)
    return Split(
        inside=large_patches(changed & within, min_px),
        outside=large_patches(changed & beyond, min_px),
        uncertain=large_patches(changed, min_px) & ~within & ~beyond,
        beyond=beyond,
        pixel_m2=grid.pixel_size_m**2,
    )


def large_patches(flags: Flags, min_px: float) -> Flags:
    """Only pixels of patches of at least so many pixels, eight neighbours of a pixel joined with it."""
    labels = patches(flags)
    sizes = np.bincount(labels[flags], minlength=1) if flags.any() else np.zeros(1, dtype=np.int64)
    kept: Flags = flags & (sizes[np.where(flags, labels, 0)] >= min_px)
    return kept


def patches(flags: Flags) -> Labels:
    """Number of the patch of each true pixel (of its first pixel, row by row); -1 elsewhere."""
    numbers = np.flatnonzero(flags)
    place = np.full(flags.shape, -1, dtype=np.int64)
    place.flat[numbers] = np.arange(len(numbers))
    place.flat[numbers] = groups(len(numbers), *_neighbours(place))
    return place


def _neighbours(place: Labels) -> tuple[Labels, Labels]:
    """Pairs of true pixels that touch, by their places among the true ones."""
    sides = (
        (place[:, :-1], place[:, 1:]),
        (place[:-1], place[1:]),
        (place[:-1, :-1], place[1:, 1:]),
        (place[:-1, 1:], place[1:, :-1]),
    )
    one = np.concatenate([first.ravel() for first, _ in sides])
    other = np.concatenate([second.ravel() for _, second in sides])
    both = (one >= 0) & (other >= 0)
    return one[both], other[both]


def _in_grid_units(grid: Grid, metres: float) -> float:
    return metres / grid.pixel_size_m * float(np.sqrt(grid.dx * grid.dy))


def _middles(grid: Grid, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Coordinates of the pixels' middles, (rows, columns) each, in units of the grid."""
    x = grid.west + (window.col + np.arange(window.width) + 0.5) * grid.dx
    y = grid.north - (window.row + np.arange(window.height) + 0.5) * grid.dy
    columns, rows = np.meshgrid(x, y)
    return columns, rows
