"""How is a tile made? Draw the rows one by one while they are few; else count them on a grid.

A table of a million rows needs a `CellField` and an index that begins with it and covers what the rows are
scoped by and what is summed, such as ("cell", "region", "area_m2"): then counting a tile is one walk over a
part of that index, on either database, whatever the actor may see. Without a `CellField` the boxes of all
rows on the tile are read and counted here, which suits layers of some ten thousand rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections

from qingshan.geo.mvt import encode
from qingshan.geo.tiles.boxes import encode_boxes
from qingshan.geo.tiles.grid import Grid
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.postgis import encode_on_postgis
from qingshan.geo.tiles.rows import Asked, Rows, cell_field, count_to, parts_of
from qingshan.geo.tiles.shapes import Row, encode_rows, read, read_among_many, read_whole

MAX_BYTES = 500_000
MOST_SHAPES = 4_000
"""More than this on one tile are counted instead of drawn."""
FEW = 500
"""No more rows than that in all are drawn without a search: they may lie among a million others in the table."""


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
    asked = _Asked(Place(z, x, y), parts_of(rows), layer, geom, tuple(properties), sum_of, max_bytes)
    return _by_box(asked) if asked.cell is None else _by_cell(asked, asked.cell)


@dataclass(frozen=True)
class _Asked:
    """All that was asked, handed on together."""

    place: Place
    parts: tuple[Rows, ...]
    layer: str
    geom: str
    properties: tuple[str, ...]
    sum_of: str
    max_bytes: int

    @property
    def cell(self) -> str | None:
        return cell_field(self.parts[0].model, self.geom)

    @property
    def on_postgresql(self) -> bool:
        return connections[self.parts[0].db].vendor == "postgresql"


def _by_box(asked: _Asked) -> bytes:
    where = {f"{asked.geom}__bbox": asked.place.lonlat_box()}
    if count_to(asked.parts, MOST_SHAPES, **where) <= MOST_SHAPES:
        return _drawn(asked)
    return encode_boxes(
        asked.parts,
        asked.place,
        layer=asked.layer,
        geom=asked.geom,
        properties=asked.properties,
        most=MOST_SHAPES,
        max_bytes=asked.max_bytes,
    )


def _by_cell(asked: _Asked, cell: str) -> bytes:
    where = {f"{cell}__range": asked.place.cells()}
    if count_to(asked.parts, MOST_SHAPES, **where) > MOST_SHAPES:
        grid = Grid(asked.place).count(asked.parts, cell=cell, sum_of=asked.sum_of)
        return encode([grid.layer(asked.layer, sum_of=asked.sum_of)])
    everybody = asked.parts[0].model._base_manager.order_by()
    if asked.on_postgresql or count_to([everybody], 2 * MOST_SHAPES, **where) <= 2 * MOST_SHAPES:
        return _drawn(asked)
    if count_to(asked.parts, FEW) <= FEW:
        few = read_whole(asked.parts, geom=asked.geom, properties=asked.properties, limit=FEW)
        return _encoded(asked, few)
    rows = read_among_many(
        asked.parts,
        asked.place,
        geom=asked.geom,
        cell=cell,
        properties=asked.properties,
        limit=2 * MOST_SHAPES,
    )
    return _encoded(asked, rows)


def _drawn(asked: _Asked) -> bytes:
    parts, place, geom, properties = asked.parts, asked.place, asked.geom, asked.properties
    if asked.on_postgresql:
        body = encode_on_postgis(parts, place, layer=asked.layer, geom=geom, properties=properties)
        if len(body) <= asked.max_bytes:
            return body
    return _encoded(asked, read(parts, place, geom=geom, properties=properties, limit=2 * MOST_SHAPES))


def _encoded(asked: _Asked, rows: Sequence[Row]) -> bytes:
    return encode_rows(
        rows, asked.place, layer=asked.layer, properties=asked.properties, max_bytes=asked.max_bytes
    )


def etag(body: bytes) -> str:
    """A strong validator of a tile's bytes, quotes included."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
