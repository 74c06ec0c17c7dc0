"""Where are the corners of many shapes on a grid? All are taken apart at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from qingshan.earth.grid import Grid

Places = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Corners:
    """Corners of all rings of all shapes, in pixels of a grid; taken apart at once, which costs a tenth."""

    xs: Floats
    ys: Floats
    first: Places
    """(rings + 1,) where each ring begins"""
    is_hole: np.ndarray[Any, Any]
    """(rings,)"""
    ring: Places
    """(shapes + 1,) at which ring each shape begins"""

    def of_shape(self, shape: int) -> tuple[Floats, Floats, Places, np.ndarray[Any, Any]]:
        """Corners of one shape, where each ring begins among them, and which rings are holes."""
        begin, end = self.ring[shape], self.ring[shape + 1]
        first = self.first[begin : end + 1]
        points = slice(first[0], first[-1])
        return self.xs[points], self.ys[points], first - first[0], self.is_hole[begin:end]

    @classmethod
    def of(cls, grid: Grid, shapes: np.ndarray[Any, Any]) -> Corners:
        """Of shapes in units of the grid; None, points and lines have none."""
        parts, of_shape = shapely.get_parts(shapes, return_index=True)
        parts, of_part = shapely.get_parts(parts, return_index=True)
        is_polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
        rings, of_polygon = shapely.get_rings(parts[is_polygon], return_index=True)
        points, of_ring = shapely.get_coordinates(rings, return_index=True)
        owner = of_shape[of_part[is_polygon]][of_polygon]
        return cls(
            xs=(points[:, 0] - grid.west) / grid.dx,
            ys=(grid.north - points[:, 1]) / grid.dy,
            first=np.searchsorted(of_ring, np.arange(len(rings) + 1)).astype(np.int64),
            is_hole=np.concatenate([[False], of_polygon[1:] == of_polygon[:-1]])[: len(rings)],
            ring=np.searchsorted(owner, np.arange(len(shapes) + 1)).astype(np.int64),
        )
