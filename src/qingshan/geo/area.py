"""How large is a shape on the ellipsoid, in square metres? (椭球面积; no Django)

Areas of a register are ellipsoidal, never planar: the same polygon has the same area in every zone. The
ellipsoid is CGCS2000's: a = 6 378 137 m, 1/f = 298.257222101 (GB 22021). Sides are geodesics.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

SEMI_MAJOR_M = 6_378_137.0
INVERSE_FLATTENING = 298.257222101
GEOD = Geod(a=SEMI_MAJOR_M, rf=INVERSE_FLATTENING)

Floats = np.ndarray[Any, np.dtype[np.float64]]


def area_m2(geometry: BaseGeometry | None) -> float:
    """Ellipsoidal area of one shape in CGCS2000 degrees: holes taken off, parts added up, points and lines
    0.
    """
    return float(areas_m2([geometry])[0])


def areas_m2(geometries: Any) -> Floats:
    """Ellipsoidal areas of many shapes, in order; None and empty shapes have 0."""
    geometries = np.asarray(geometries, dtype=object).ravel()
    parts, part_owner = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) == shapely.GeometryType.GEOMETRYCOLLECTION).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        part_owner = part_owner[inner]
    parts, inner = shapely.get_parts(parts, return_index=True)
    part_owner = part_owner[inner]
    rings, ring_owner = shapely.get_rings(parts, return_index=True)
    # the first ring of a polygon is its shell, all others are holes
    is_shell = np.r_[True, ring_owner[1:] != ring_owner[:-1]] if len(rings) else np.empty(0, dtype=bool)
    signed = _ring_areas_m2(rings) * np.where(is_shell, 1.0, -1.0)
    areas: Floats = np.bincount(part_owner[ring_owner], weights=signed, minlength=len(geometries)).astype(
        float
    )
    return areas


def _ring_areas_m2(rings: Any) -> Floats:
    """Absolute area inside each ring."""
    points, owner = shapely.get_coordinates(rings, return_index=True)
    starts = np.searchsorted(owner, np.arange(len(rings) + 1))
    lon, lat = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    areas = [
        abs(GEOD.polygon_area_perimeter(lon[start:stop], lat[start:stop])[0])
        for start, stop in pairwise(starts)
    ]
    return np.array(areas, dtype=float)


def length_m(points: Sequence[tuple[float, float]]) -> float:
    """Length of a line of geodesics through points in CGCS2000 degrees; 0 for fewer than two."""
    if len(points) < 2:
        return 0.0
    lon, lat = zip(*points, strict=True)
    return float(GEOD.line_length(lon, lat))
