"""How are shapes written in the cells of a sheet? As WKT, as corners, or as longitude and latitude."""

from __future__ import annotations

import re
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.cells import Cell, is_blank, plain, text_of
from qingshan.exchange.columns import Column
from qingshan.exchange.coordinates import Coordinate
from qingshan.exchange.values import Fault, Type
from qingshan.rules.reasons import CHINESE

_WKT = re.compile(
    r"(?:SRID=\d+;)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)\b", re.IGNORECASE
)
_CORNER = re.compile(r"([+-]?\d+(?:\.\d+)?)[\s,]+([+-]?\d+(?:\.\d+)?)")
_BETWEEN = re.compile(r"[;|\n]+")
_RINGS = re.compile(r"\s*(?:/|#|\n\s*\n)\s*")
LONGEST_CELL = 32_000
"""Characters of one cell; Excel itself holds 32,767."""


class Outline(Type):
    """WKT, or corners `lon,lat;lon,lat;…`, parts divided by `/`."""

    def read(self, cell: Cell) -> BaseGeometry | None:
        if is_blank(cell):
            return None
        text = plain(cell)
        try:
            return _from_wkt(text) if _WKT.match(text) else _from_corners(text)
        except (ShapelyError, ValueError) as error:
            raise Fault("exchange.not_a_shape") from error

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        # the shortest text that reads back to the same coordinates
        return None if value is None else shapely.to_wkt(value, rounding_precision=-1)

    def say(self, value: Any, language: str = CHINESE) -> str:
        return "—" if value is None else text_of(self.cell(value))

    @property
    def sample(self) -> str:
        return "POLYGON ((122.1 33.1, 122.11 33.1, 122.11 33.11, 122.1 33.11, 122.1 33.1))"

    def name(self, language: str = CHINESE) -> str:
        if language.lower().startswith("en"):
            return "WKT, or corners as “lon,lat;lon,lat;…”"
        return "WKT，或按“经度,纬度;经度,纬度;…”依次填写拐点"


def _from_wkt(text: str) -> BaseGeometry:
    found = shapely.from_wkt(text.split(";", 1)[1] if text.upper().startswith("SRID") else text)
    return shapely.force_2d(found)


def _from_corners(text: str) -> BaseGeometry:
    parts = [_ring(part) for part in _RINGS.split(text) if part.strip()]
    if len(parts) == 1 and len(parts[0]) == 1:
        return Point(parts[0][0])
    polygons = [Polygon(part) for part in parts]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _ring(text: str) -> list[tuple[float, float]]:
    corners = []
    for piece in _BETWEEN.split(text):
        if not piece.strip():
            continue
        found = _CORNER.fullmatch(piece.strip().strip("()[]"))
        if found is None:
            raise ValueError(piece)
        corners.append((float(found[1]), float(found[2])))
    if not corners:
        raise ValueError(text)
    return corners


OUTLINE = Column(
    "geometry",
    "坐标",
    "Coordinates",
    aliases=("坐标串", "拐点坐标", "范围坐标", "图形坐标", "图形", "wkt", "geometry", "geom", "coordinates"),
    type=Outline(),
    help_zh="图形的坐标，CGCS2000 经纬度；也可用矢量文件导入",
    help_en="Coordinates of the shape, CGCS2000 degrees; a vector file may be imported instead",
)
LONGITUDE = Column(
    "lon",
    "经度",
    "Longitude",
    aliases=("东经", "中心经度", "lng", "long", "x坐标", "横坐标"),
    type=Coordinate(places=9),
    help_zh="点的经度，或平面横坐标",
    help_en="Longitude of a point, or its easting",
    sample="122.1",
)
LATITUDE = Column(
    "lat",
    "纬度",
    "Latitude",
    aliases=("北纬", "中心纬度", "y坐标", "纵坐标"),
    type=Coordinate(places=9),
    help_zh="点的纬度，或平面纵坐标",
    help_en="Latitude of a point, or its northing",
    sample="33.1",
)
SHAPE_COLUMNS = (OUTLINE, LONGITUDE, LATITUDE)
"""The columns that may hold shapes in a sheet."""


def template_columns(geometry: str | None) -> tuple[Column, ...]:
    """Those that a template of a kind offers: what everybody can fill in."""
    return {None: (), "point": (LONGITUDE, LATITUDE), "any": SHAPE_COLUMNS}.get(geometry, (OUTLINE,))
