"""Where does a tile lie, and where in it does a longitude and latitude lie? (spherical web Mercator)"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from qingshan.geo.blobs import Envelope
from qingshan.geo.cells import DEPTH, LAST_LATITUDE, tile_range
from qingshan.geo.errors import GeoError
from qingshan.geo.mvt import EXTENT

BUFFER = 64
"""Units drawn beyond the edge, so that outlines do not show the joints of the map."""

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Place:
    """One square of the map: zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        side = 1 << self.z if 0 <= self.z <= DEPTH else 0
        if not (0 <= self.x < side and 0 <= self.y < side):
            raise GeoError.because("geo.no_such_tile", z=self.z, x=self.x, y=self.y)

    def lonlat_box(self, *, buffer: float = BUFFER) -> Envelope:
        """Bounds in degrees, with the buffer around it."""
        edge = buffer / EXTENT
        west, east = self._lon(self.x - edge), self._lon(self.x + 1 + edge)
        return max(west, -180.0), self._lat(self.y + 1 + edge), min(east, 180.0), self._lat(self.y - edge)

    def cells(self) -> tuple[int, int]:
        """First and last cell number on the tile."""
        return tile_range(self.z, self.x, self.y)

    def frame(self) -> tuple[Envelope, ...]:
        """The buffer around the tile as four boxes: whatever reaches the tile from outside touches one of them."""
        west, south, east, north = self.lonlat_box(buffer=0)
        far_west, far_south, far_east, far_north = self.lonlat_box()
        return (
            (far_west, far_south, west, far_north),
            (east, far_south, far_east, far_north),
            (west, far_south, east, south),
            (west, north, east, far_north),
        )

    def degrees_per_unit(self) -> float:
        """Longitude that one unit of the tile covers."""
        return 360.0 / EXTENT / (1 << self.z)

    def _lon(self, column: float) -> float:
        return column / (1 << self.z) * 360.0 - 180.0

    def _lat(self, row: float) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / (1 << self.z)))))

    def project(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Units of the tile from its north-west corner, x to the east and y to the south."""
        sine = np.sin(np.radians(np.clip(lat, -LAST_LATITUDE, LAST_LATITUDE)))
        scale = EXTENT * (1 << self.z)
        x = (lon + 180.0) / 360.0 * scale - EXTENT * self.x
        y = (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * scale - EXTENT * self.y
        return x, y

    def drawn(self, shapes: Any) -> Any:
        """Shapes in degrees as shapes in units of the tile."""
        return shapely.transform(shapes, self.project, interleaved=False)
