"""Does it lie in China? A rough box with its seas: it catches swapped and mistyped numbers, it is no
boundary.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from qingshan.geo.errors import CoordinatesRefused

WEST, SOUTH, EAST, NORTH = 73.0, 3.0, 136.0, 54.0

Bools = np.ndarray[Any, np.dtype[np.bool_]]


def points_in_china(lon: Any, lat: Any) -> Bools:
    """For each point, whether it lies in the box."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    inside: Bools = (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)
    return inside


def outside_china(geometries: Any) -> Bools:
    """For each shape in CGCS2000 degrees, whether any of it lies outside the box. Empty shapes lie nowhere:
    False.
    """
    bounds = shapely.bounds(np.asarray(geometries, dtype=object)).reshape(-1, 4)
    outside: Bools = (
        (bounds[:, 0] < WEST) | (bounds[:, 1] < SOUTH) | (bounds[:, 2] > EAST) | (bounds[:, 3] > NORTH)
    )
    return outside


def outside_earth(geometries: Any) -> Bools:
    """For each shape, whether its coordinates cannot be longitude and latitude at all."""
    bounds = shapely.bounds(np.asarray(geometries, dtype=object)).reshape(-1, 4)
    outside: Bools = (np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(
        axis=1
    )
    return outside


def refuse_outside_china(geometry: Any, *, abroad_allowed: bool = False) -> None:
    """Refuse one shape that lies outside China (or, where abroad is allowed, outside the earth)."""
    beyond = outside_earth(geometry) if abroad_allowed else outside_china(geometry)
    if not beyond.any():
        return
    west, south, east, north = shapely.bounds(geometry)
    values = {"lon": round(float(west + east) / 2, 5), "lat": round(float(south + north) / 2, 5)}
    raise CoordinatesRefused.because("geo.outside_earth" if abroad_allowed else "geo.outside_china", **values)
