"""Where on CGCS2000 do coordinates of another system lie? Longitude first, degrees."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer

from qingshan.geo.crs.systems import Crs
from qingshan.geo.errors import CoordinatesRefused

Floats = np.ndarray[Any, np.dtype[np.float64]]


@lru_cache(maxsize=64)
def _transformer(definition: str) -> Transformer:
    system = CRS.from_user_input(definition)
    # Only the projection is undone. Between WGS 84 and CGCS2000 we take no step: both follow ITRF, their
    # ellipsoids differ by 0.1 mm at the pole, and the frames agree within a few centimetres, below what a
    # site is drawn to.
    return Transformer.from_crs(system, system.geodetic_crs, always_xy=True)


def lonlat(east: Any, north: Any, crs: Crs) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of eastings and northings (of degrees: themselves). What lies nowhere is
    inf.
    """
    east, north = np.asarray(east, dtype=float), np.asarray(north, dtype=float)
    if crs.is_degrees:
        return east, north
    lon, lat = _transformer(crs.definition).transform(east, north)
    return np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)


def to_cgcs2000(geometries: Any, crs: Crs, *, north_first: bool = False) -> Any:
    """The shapes (one, or an array) in CGCS2000 degrees; heights are left out.

    `north_first` says that the first number of each vertex is the northing (or latitude), the survey custom.
    Refuses coordinates that no projection of that system can have.
    """
    if crs.is_degrees and not north_first:
        return shapely.force_2d(geometries)

    def move(first: Floats, second: Floats) -> tuple[Floats, Floats]:
        return lonlat(second, first, crs) if north_first else lonlat(first, second, crs)

    moved = shapely.transform(geometries, move, interleaved=False)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise CoordinatesRefused.because("geo.not_of_this_crs", crs=crs.say())
    return moved
