"""How far outside a site was a photograph taken, at the least?

Phones say that they write WGS 84; many that are sold in China write GCJ-02 (the datum of public maps there), which
lies 100 to 700 m beside it. Which one it was cannot be seen from the numbers, so both are tried and the smaller
distance counts: nobody is doubted for a datum. CGCS2000, in which sites are kept, is WGS 84 to within centimetres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import GEOD
from qingshan.rules.evidence import Datum

_AXIS_M, _SQUARED_ECCENTRICITY = 6_378_245.0, 0.006_693_421_622_965_943
"""The ellipsoid of Krasovsky, on which GCJ-02 was built."""


@dataclass(frozen=True)
class Outside:
    """The smaller distance to the site (0 inside), and by which reading of the numbers."""

    distance_m: float
    reading: Datum


def outside(longitude_deg: float, latitude_deg: float, site: BaseGeometry) -> Outside:
    """How far outside a site (CGCS2000 degrees) a place lies that may be written in either datum."""
    readings = {
        Datum.WGS84: (longitude_deg, latitude_deg),
        Datum.GCJ02: wgs84_of_gcj02(longitude_deg, latitude_deg),
    }
    found = [Outside(distance_m(*place, site), reading) for reading, place in readings.items()]
    return min(found, key=lambda each: each.distance_m)


def distance_m(longitude_deg: float, latitude_deg: float, site: BaseGeometry) -> float:
    """Metres on the ellipsoid from a place to the nearest of a site, 0 inside it. An empty site raises ValueError."""
    if shapely.is_empty(site):
        raise ValueError("a site without a shape has no distance")
    # the nearest place is sought where a degree is as long to the east as to the north
    shrunk = math.cos(math.radians(latitude_deg))
    plane = shapely.transform(site, lambda points: points * (shrunk, 1.0))
    here = shapely.Point(longitude_deg * shrunk, latitude_deg)
    if shapely.intersects(here, plane):
        return 0.0
    nearest = shapely.get_point(shapely.shortest_line(here, plane), 1)
    return float(GEOD.inv(longitude_deg, latitude_deg, nearest.x / shrunk, nearest.y)[2])


def gcj02_of_wgs84(longitude_deg: float, latitude_deg: float) -> tuple[float, float]:
    """Where a place stands on the public maps of China. Outside the country nothing is moved."""
    if not _is_moved(longitude_deg, latitude_deg):
        return longitude_deg, latitude_deg
    east, north = _moved(longitude_deg - 105.0, latitude_deg - 35.0)
    latitude = math.radians(latitude_deg)
    curving = 1 - _SQUARED_ECCENTRICITY * math.sin(latitude) ** 2
    meridian_m = _AXIS_M * (1 - _SQUARED_ECCENTRICITY) / curving**1.5
    parallel_m = _AXIS_M / math.sqrt(curving) * math.cos(latitude)
    return longitude_deg + math.degrees(east / parallel_m), latitude_deg + math.degrees(north / meridian_m)


def wgs84_of_gcj02(longitude_deg: float, latitude_deg: float) -> tuple[float, float]:
    """The place that a public map of China shows there: the way back, by steps, to less than a millimetre."""
    longitude, latitude = longitude_deg, latitude_deg
    for _ in range(10):
        shown = gcj02_of_wgs84(longitude, latitude)
        longitude, latitude = longitude + longitude_deg - shown[0], latitude + latitude_deg - shown[1]
    return longitude, latitude


def _is_moved(longitude_deg: float, latitude_deg: float) -> bool:
    return 72.004 <= longitude_deg <= 137.8347 and 0.8293 <= latitude_deg <= 55.8271


def _moved(x: float, y: float) -> tuple[float, float]:
    """Metres to the east and to the north by which GCJ-02 moves a place, x° and y° from 105° E 35° N."""
    fine = (20 * _wave(6 * x) + 20 * _wave(2 * x)) * 2 / 3
    root = math.sqrt(abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + fine
    north += (20 * _wave(y) + 40 * _wave(y / 3)) * 2 / 3
    north += (160 * _wave(y / 12) + 320 * _wave(y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + fine
    east += (20 * _wave(x) + 40 * _wave(x / 3)) * 2 / 3
    east += (150 * _wave(x / 12) + 300 * _wave(x / 30)) * 2 / 3
    return east, north


def _wave(turns: float) -> float:
    return math.sin(turns * math.pi)
