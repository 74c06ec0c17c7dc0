"""How is a shape drawn small beside its facts? As one SVG path in metres, with a ruler, on the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.rules.areas import METRES_PER_DEGREE

WIDTH_PX, HEIGHT_PX, MARGIN_PX = 320, 200, 24
POINT_SPAN_M = 400.0  # how much ground is shown around a mere point
RULERS_M = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000)


@dataclass(frozen=True)
class Overlay:
    """Two shapes in one drawing; a path is empty where that one has no shape."""

    first: str
    second: str
    ruler_px: int
    ruler_words: str


def overlay_of(first: BaseGeometry | None, second: BaseGeometry | None) -> Overlay | None:
    """Both shapes to one scale; None where neither has one."""
    shapes = [shape for shape in (first, second) if shape is not None and not shape.is_empty]
    if not shapes:
        return None
    pixels, ruler_px, ruler_words = _drawn(shapes)
    paths = iter(map(_path, pixels))
    one, other = ("" if shape is None or shape.is_empty else next(paths) for shape in (first, second))
    return Overlay(one, other, ruler_px, ruler_words)


def _drawn(shapes: Sequence[BaseGeometry]) -> tuple[list[BaseGeometry], int, str]:
    """The shapes in pixels of one box, and a ruler for them."""
    middle_of_all = shapely.GeometryCollection(list(shapes)).envelope.centroid
    lon, lat = middle_of_all.x, middle_of_all.y
    metres = [shapely.transform(shape, lambda xy: _metres(xy, lon, lat)) for shape in shapes]
    west, south, east, north = shapely.total_bounds(metres)
    span_m = max((east - west) / (WIDTH_PX - 2 * MARGIN_PX), (north - south) / (HEIGHT_PX - 2 * MARGIN_PX))
    m_per_px = max(span_m, POINT_SPAN_M / WIDTH_PX if span_m == 0 else span_m)
    middle = np.array([(west + east) / 2, (south + north) / 2])
    pixels = [
        shapely.transform(
            each, lambda xy: (xy - middle) / m_per_px * (1, -1) + (WIDTH_PX / 2, HEIGHT_PX / 2 - 6)
        )
        for each in metres
    ]
    ruler_m = next((r for r in RULERS_M if r / m_per_px > 40), RULERS_M[-1])
    words = f"{ruler_m} m" if ruler_m < 1000 else f"{ruler_m // 1000} km"
    return pixels, round(ruler_m / m_per_px), words


def _metres(xy: np.ndarray, lon: float, lat: float) -> np.ndarray:
    return (xy - (lon, lat)) * (METRES_PER_DEGREE * cos(radians(lat)), METRES_PER_DEGREE)


def _path(shape: BaseGeometry) -> str:
    parts = shapely.get_parts(shape)
    if parts.size and parts[0].geom_type == "Point":
        return "".join(f"M{p.x - 5:.0f} {p.y:.0f}h10M{p.x:.0f} {p.y - 5:.0f}v10" for p in parts)
    rings = [
        ring for part in parts if part.geom_type == "Polygon" for ring in (part.exterior, *part.interiors)
    ]
    return "".join(_ring(ring) for ring in rings)


def _ring(ring: BaseGeometry) -> str:
    points = shapely.get_coordinates(ring.simplify(0.4))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
