"""How is a tile made? Draw the rows one by one while they are few; else count them on a grid.

A table of a million rows needs a `CellField` and an index that begins with it and covers what the rows are
scoped by and what is summed, such as ("cell", "region", "area_m2"): then counting a tile is one walk over a
part of that index, on either database, whatever the actor may see. Without a `CellField` the boxes of all
rows on the tile are read and counted here, which suits layers of some ten thousand rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import connections

from qingshan.geo.mvt import encode
from qingshan.geo.tiles.boxes import encode_boxes
from qingshan.geo.tiles.grid import Grid
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.postgis import encode_on_postgis
from qingshan.geo.tiles.rows import Asked, cell_field, count_to, parts_of
from qingshan.geo.tiles.shapes import encode_rows, read

MAX_BYTES = 500_000
MOST_SHAPES = 4_000
"""More than this on one tile are counted instead of drawn."""


def tile(
    rows: Asked,
    *,
    z: int,
    x: int,
    y: int,
    layer: str,
    geom: str = "geom",
    properties: Sequence[str] = (),
    sum_of: str = "",
    max_bytes: int = MAX_BYTES,
) -> bytes:
    """One vector tile of rows that are already narrowed to what the actor may see; empty bytes for nothing.

    rows: a queryset, or the branches whose union is visible (`accounts.access.branches`).
    properties: fields told of each shape beside its id. Where shapes are counted instead, each point has
    `count` and, when `sum_of` names a field, its sum, rounded, under the field's name.
    The same rows give the same bytes, so that `etag` can answer "not modified".
    """
    place = Place(z, x, y)
    parts = parts_of(rows)
    cell = cell_field(parts[0].model, geom)
    if cell is None:
        where = {f"{geom}__bbox": place.lonlat_box()}
        if count_to(parts, MOST_SHAPES, **where) > MOST_SHAPES:
            return encode_boxes(
                parts,
                place,
                layer=layer,
                geom=geom,
                properties=properties,
                most=MOST_SHAPES,
                max_bytes=max_bytes,
            )
    elif count_to(parts, MOST_SHAPES, **{f"{cell}__range": place.cells()}) > MOST_SHAPES:
        return encode([Grid(place).count(parts, cell=cell, sum_of=sum_of).layer(layer, sum_of=sum_of)])
    if connections[parts[0].db].vendor == "postgresql":
        body = encode_on_postgis(parts, place, layer=layer, geom=geom, properties=properties)
        if len(body) <= max_bytes:
            return body
    found = read(parts, place, geom=geom, properties=properties, limit=2 * MOST_SHAPES)
    return encode_rows(found, place, layer=layer, properties=properties, max_bytes=max_bytes)


def etag(body: bytes) -> str:
    """A strong validator of a tile's bytes, quotes included."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
