"""On which pixels does an image lie? A grid carries its reference system; two grids are equal or they are not mixed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from pyproj import CRS, Transformer
from shapely import transform
from shapely.geometry.base import BaseGeometry

Shapes = TypeVar("Shapes", BaseGeometry, np.ndarray[Any, Any])
"""One shape, or an array of shapes."""

METRES_PER_DEGREE = 111_320.0  # of latitude, and of longitude on the equator
BLOCK_ROWS = 512  # rows that are read and computed together; a GeoTIFF's own blocks are mostly 512 or 1024


@dataclass(frozen=True, kw_only=True)
class Window:
    """Some rows and columns of a grid, as half-open ranges of whole pixels."""

    row: int
    """first row, counted from the north"""
    col: int
    """first column, counted from the west"""
    height: int
    """rows"""
    width: int
    """columns"""

    @property
    def rows(self) -> slice:
        return slice(self.row, self.row + self.height)

    @property
    def cols(self) -> slice:
        return slice(self.col, self.col + self.width)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Pixels of one size with north up, in one reference system."""

    crs: str
    """authority code, e.g. EPSG:32650; WKT where there is none"""
    west: float
    """left edge of the first column, in units of the reference system"""
    north: float
    """upper edge of the first row, in units of the reference system"""
    dx: float
    """width of a pixel, in units of the reference system, above 0"""
    dy: float
    """height of a pixel, in units of the reference system, above 0"""
    height: int
    """rows"""
    width: int
    """columns"""

    @property
    def shape(self) -> tuple[int, int]:
        return self.height, self.width

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in units of the reference system."""
        return self.west, self.north - self.height * self.dy, self.west + self.width * self.dx, self.north

    @cached_property
    def key(self) -> str:
        """The same for the same grid on every machine: sixteen hexadecimal digits for names of files."""
        told = f"{self.crs}|{self.west!r}|{self.north!r}|{self.dx!r}|{self.dy!r}|{self.height}|{self.width}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @cached_property
    def is_geographic(self) -> bool:
        return bool(CRS.from_user_input(self.crs).is_geographic)

    @cached_property
    def pixel_size_m(self) -> float:
        """Side of a square with the area of a pixel, in metres, at the middle of the grid."""
        if not self.is_geographic:
            return float(np.sqrt(self.dx * self.dy)) * float(
                CRS.from_user_input(self.crs).axis_info[0].unit_conversion_factor
            )
        middle = np.radians(self.north - self.height * self.dy / 2)
        return float(np.sqrt(self.dx * self.dy * np.cos(middle))) * METRES_PER_DEGREE

    def from_lonlat(self, shape: Shapes) -> Shapes:
        """A shape, or an array of them, in CGCS2000 degrees (WGS 84 to within a decimetre) in units of this grid."""
        return _moved(shape, "EPSG:4326", self.crs)

    def to_lonlat(self, shape: Shapes) -> Shapes:
        """A shape (or an array of them) in units of this grid in degrees."""
        return _moved(shape, self.crs, "EPSG:4326")

    def window_around(
        self, bounds: tuple[float, float, float, float], *, margin_px: int = 0
    ) -> Window | None:
        """The pixels that a box (west, south, east, north) touches, widened; None when it lies outside."""
        west, south, east, north = bounds
        first_col = max(0, int(np.floor((west - self.west) / self.dx)) - margin_px)
        end_col = min(self.width, int(np.ceil((east - self.west) / self.dx)) + margin_px)
        first_row = max(0, int(np.floor((self.north - north) / self.dy)) - margin_px)
        end_row = min(self.height, int(np.ceil((self.north - south) / self.dy)) + margin_px)
        if first_col >= end_col or first_row >= end_row:
            return None
        return Window(row=first_row, col=first_col, height=end_row - first_row, width=end_col - first_col)


def _moved(shape: Shapes, source: str, target: str) -> Shapes:
    move = Transformer.from_crs(source, target, always_xy=True)

    def step(points: np.ndarray) -> np.ndarray:
        return np.column_stack(move.transform(points[:, 0], points[:, 1]))

    moved: Shapes = transform(shape, step)
    return moved
