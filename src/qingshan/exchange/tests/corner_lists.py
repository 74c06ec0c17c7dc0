"""Lists of corners as licences print them, made by script; the places lie off the coast of the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pyproj import Transformer
from shapely.geometry import Polygon

from qingshan.exchange.tests.ugly import LAT, LON, square

Degrees = tuple[float, float]
Metres = tuple[float, float]

SAYS = "坐标系：2000国家大地坐标系，3度带"
SIDE = 0.01


def corners(lon: float = LON, lat: float = LAT, side: float = SIDE) -> list[Degrees]:
    """The four corners of a square, longitude first."""
    return [(lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side)]


@cache
def _zone(epsg: int) -> Transformer:
    return Transformer.from_crs(4490, epsg, always_xy=True)


def survey(degrees: Sequence[Degrees], epsg: int = 4529) -> list[Metres]:
    """X (north) and Y (east) as surveyors write them; 4529 is the 3° zone 41 with its number before Y."""
    return [
        (round(north, 3), round(east, 3)) for east, north in (_zone(epsg).transform(*one) for one in degrees)
    ]


def spelled(value: float) -> str:
    """Degrees, minutes and seconds."""
    seconds = round(value * 3600, 2)
    degrees, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{int(degrees)}°{int(minutes):02d}′{seconds:05.2f}″"


def numbered(points: Sequence[Metres], *, first: int = 1) -> list[list[object]]:
    """Rows of number, X and Y."""
    return [[number, x, y] for number, (x, y) in enumerate(points, start=first)]


def polygon(lon: float = LON, lat: float = LAT, side: float = SIDE) -> Polygon:
    return square(lon, lat, side)
