"""How much of a shape can be seen at this zoom? Clip to the tile, leave out what is finer than a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from qingshan.geo.mvt import EXTENT
from qingshan.geo.tiles.place import BUFFER, Place

UNITS_PER_PIXEL = 8
"""Maps draw a tile of 4096 units on 512 pixels."""

SIMPLE = 24
"""Shapes of so few points are not simplified: that would take longer than it saves."""

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Detail:
    """How fine to draw, in units of the tile."""

    smallest: float = UNITS_PER_PIXEL
    """A line or polygon smaller than this becomes a point."""
    tolerance: float = UNITS_PER_PIXEL / 4
    """How far an outline may move."""

    def coarser(self) -> Detail:
        return Detail(self.smallest * 2, self.tolerance * 2)


def draw(shapes: Any, place: Place, detail: Detail) -> Array:
    """Shapes in degrees as they are drawn on the tile; None where nothing of a shape lies on it."""
    drawn = np.asarray(place.drawn(np.asarray(shapes, dtype=object)), dtype=object)
    boxes = shapely.bounds(drawn)
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    tiny = (size < detail.smallest) & (shapely.get_dimensions(drawn) > 0)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    drawn[tiny] = shapely.points(middles[tiny])
    boxes[tiny] = np.hstack([middles[tiny], middles[tiny]])
    outside = ~_within(boxes)
    drawn[outside] = _clipped(drawn[outside])
    many = shapely.get_num_coordinates(drawn) > SIMPLE
    drawn[many] = shapely.simplify(drawn[many], detail.tolerance, preserve_topology=True)
    return _of_one_kind(drawn)


def _within(boxes: Array) -> Array:
    low, high = -BUFFER, EXTENT + BUFFER
    within: Array = (
        (boxes[:, 0] >= low) & (boxes[:, 1] >= low) & (boxes[:, 2] <= high) & (boxes[:, 3] <= high)
    )
    return within


def _clipped(shapes: Array) -> Array:
    window = (-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    try:
        return np.asarray(shapely.clip_by_rect(shapes, *window), dtype=object)
    except shapely.errors.GEOSException:
        # the quick clipping gives up on some shapes that the slow one can cut
        mended = shapely.make_valid(shapes)
        return np.asarray(shapely.intersection(mended, shapely.box(*window)), dtype=object)


def _of_one_kind(shapes: Array) -> Array:
    """Clipping can leave a collection: keep the parts of the highest dimension. Nothing left is None."""
    shapes[shapely.is_empty(shapes)] = None
    for i in np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION):
        parts = shapely.get_parts(shapes[i])
        best = parts[shapely.get_dimensions(parts) == shapely.get_dimensions(parts).max()]
        shapes[i] = shapely.union_all(best)
    return shapes
