"""What does a crowded tile show of a layer without cells? Shapes larger than a pixel, and counts of the
rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connections
from django.db.models import BinaryField, FloatField, Func

from qingshan.geo.blobs import HEAD_BYTES, envelopes
from qingshan.geo.cells import cell_number
from qingshan.geo.mvt import EXTENT
from qingshan.geo.tiles.drawing import UNITS_PER_PIXEL
from qingshan.geo.tiles.grid import Grid
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.rows import Rows, apart
from qingshan.geo.tiles.shapes import encode_rows, read

Array = np.ndarray[Any, np.dtype[Any]]


def encode_boxes(
    parts: Sequence[Rows],
    place: Place,
    *,
    layer: str,
    geom: str,
    properties: Sequence[str],
    most: int,
    max_bytes: int,
) -> bytes:
    """Draw the largest shapes, at most `most`, and count the others on the grid by their middles."""
    keys, boxes = _boxes(parts, place, geom)
    x, y = place.project(boxes[:, [0, 2]], boxes[:, [3, 1]])
    size = np.maximum(x[:, 1] - x[:, 0], y[:, 1] - y[:, 0])
    largest = np.argsort(-size, kind="stable")[:most]
    largest = largest[size[largest] >= UNITS_PER_PIXEL]
    small = np.ones(len(keys), dtype=bool)
    small[largest] = False
    grid = _counted(Grid(place), x[small].mean(axis=1), y[small].mean(axis=1)).layer(layer, sum_of="")
    drawn = [part.filter(pk__in=keys[largest].tolist()) for part in parts]
    rows = read(drawn, place, geom=geom, properties=properties, limit=most)
    return encode_rows(rows, place, layer=layer, properties=properties, max_bytes=max_bytes, beside=grid)


def _boxes(parts: Sequence[Rows], place: Place, geom: str) -> tuple[Array, Array]:
    """Keys of all rows on the tile, and their bounding boxes in degrees."""
    where = {f"{geom}__bbox": place.lonlat_box()}
    found = [
        row for part in apart(parts) for row in part.filter(**where).values_list("pk", *_corners(parts, geom))
    ]
    keys = np.array([row[0] for row in found], dtype=np.int64)
    if _on_postgresql(parts):
        return keys, np.array([row[1:] for row in found], dtype=float).reshape(-1, 4)
    return keys, envelopes([row[1] for row in found])


def _corners(parts: Sequence[Rows], geom: str) -> list[Func]:
    if not _on_postgresql(parts):
        head = f"substr(%(expressions)s, 1, {HEAD_BYTES})"
        return [Func(geom, template=head, output_field=BinaryField())]
    corners = ("ST_XMin", "ST_YMin", "ST_XMax", "ST_YMax")
    return [Func(geom, function=corner, output_field=FloatField()) for corner in corners]


def _on_postgresql(parts: Sequence[Rows]) -> bool:
    return connections[parts[0].db].vendor == "postgresql"


def _counted(grid: Grid, x: Array, y: Array) -> Grid:
    on_tile = (x >= 0) & (x < EXTENT) & (y >= 0) & (y < EXTENT)
    finer = grid.zoom - grid.place.z
    step = EXTENT >> finer
    columns = np.floor(x[on_tile] / step).astype(np.int64) + (grid.place.x << finer)
    rows = np.floor(y[on_tile] / step).astype(np.int64) + (grid.place.y << finer)
    pairs, counts = np.unique(np.column_stack([columns, rows]), axis=0, return_counts=True)
    for (column, row), count in zip(pairs.tolist(), counts.tolist(), strict=True):
        grid.counts[cell_number(column, row)] = count
    return grid
