"""Where on the picture does a longitude and latitude stand? (web Mercator: north is up, angles are kept)"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import SEMI_MAJOR_M
from qingshan.geo.cells import LAST_LATITUDE

Bounds: TypeAlias = tuple[float, float, float, float]
"""west, south, east, north in degrees of CGCS2000"""

MARGIN = 0.06
"""Of the shape's own size, left free around it."""
LEAST_DEGREES = 0.004
"""Some ground is shown around a mere point: about 400 m."""
BEYOND_PX = 40
"""Shapes are drawn a little beyond the edge, so that their outlines do not show it."""


@dataclass(frozen=True)
class Frame:
    """A window of the world of so many pixels; `world_px` is how wide the whole world would be."""

    width_px: int
    height_px: int
    west: float
    top: float
    """of the world's height from its north edge, 0 to 1"""
    world_px: float

    @classmethod
    def around(cls, bounds: Bounds, *, width_px: int, height_px: int, margin: float = MARGIN) -> Frame:
        """The smallest window of these proportions that holds the bounds and a margin."""
        west, south, east, north = bounds
        top, bottom = _down(north), _down(south)
        width = max((east - west) * (1 + 2 * margin), LEAST_DEGREES) / 360.0
        height = max((bottom - top) * (1 + 2 * margin), LEAST_DEGREES / 360.0)
        world_px = min(width_px / width, height_px / height)
        middle, centre = (west + east) / 2, (top + bottom) / 2
        return cls(
            width_px,
            height_px,
            middle - width_px / world_px * 180.0,
            centre - height_px / world_px / 2,
            world_px,
        )

    @property
    def bounds(self) -> Bounds:
        """What the window shows, kept on the earth."""
        east = self.west + self.width_px / self.world_px * 360.0
        bottom = self.top + self.height_px / self.world_px
        return max(self.west, -180.0), _latitude(bottom), min(east, 180.0), _latitude(self.top)

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude in the middle of the window."""
        return self.west + self.width_px / self.world_px * 180.0, _latitude(
            self.top + self.height_px / self.world_px / 2
        )

    @property
    def metres_per_px(self) -> float:
        """On the ground, in the middle of the window."""
        around = 2 * math.pi * SEMI_MAJOR_M * math.cos(math.radians(self.middle[1]))
        return around / self.world_px

    def drawn(self, shapes: Any) -> Any:
        """Shapes in degrees as shapes in pixels, y down, cut to the window."""
        pixels = np.asarray(shapely.transform(np.asarray(shapes, dtype=object), self._pixels), dtype=object)
        window = (-BEYOND_PX, -BEYOND_PX, self.width_px + BEYOND_PX, self.height_px + BEYOND_PX)
        return _cut(pixels, window)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """One place in pixels."""
        x, y = self._pixels(np.array([[lon, lat]]))[0]
        return float(x), float(y)

    def _pixels(self, degrees: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        sine = np.sin(np.radians(np.clip(degrees[:, 1], -LAST_LATITUDE, LAST_LATITUDE)))
        x = (degrees[:, 0] - self.west) / 360.0
        y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi) - self.top
        return np.column_stack([x, y]) * self.world_px

    def moved(self, right: float, down: float) -> Bounds:
        """The bounds after a step of this share of the window to the right and down."""
        width, height = self.width_px / self.world_px, self.height_px / self.world_px
        west, top = self.west + right * width * 360.0, self.top + down * height
        return west, _latitude(top + height), west + width * 360.0, _latitude(top)

    def nearer(self, factor: float) -> Bounds:
        """The bounds of a window around the same middle, this share as wide."""
        width, height = self.width_px / self.world_px, self.height_px / self.world_px
        lon, centre = self.middle[0], self.top + height / 2
        half_width, half_height = width * factor * 180.0, height * factor / 2
        north, south = _latitude(centre - half_height), _latitude(centre + half_height)
        return lon - half_width, south, lon + half_width, north


def bounds_of(where: BaseGeometry | Bounds) -> Bounds:
    """The bounds of a shape, or those that were given."""
    if isinstance(where, BaseGeometry):
        west, south, east, north = where.bounds
        return west, south, east, north
    return where


def _cut(pixels: Any, window: Bounds) -> Any:
    try:
        return shapely.clip_by_rect(pixels, *window)
    except shapely.errors.GEOSException:
        # the quick clipping gives up on some shapes that the slow one can cut
        return shapely.intersection(shapely.make_valid(pixels), shapely.box(*window))


def _down(latitude: float) -> float:
    sine = math.sin(math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, latitude))))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _latitude(down: float) -> float:
    down = max(0.0, min(1.0, down))
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))
