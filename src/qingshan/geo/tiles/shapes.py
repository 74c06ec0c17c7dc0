"""How are rows drawn one by one? Read the stored shapes, draw them here, never above the size limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from qingshan.geo.blobs import Envelope, decode_many
from qingshan.geo.fields import StoredGeometry
from qingshan.geo.mvt import Layer, encode
from qingshan.geo.tiles.drawing import Detail, draw
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.rows import Rows

Row = tuple[Any, ...]
Array = np.ndarray[Any, np.dtype[Any]]


def read(
    parts: Sequence[Rows], place: Place, *, geom: str, properties: Sequence[str], limit: int
) -> list[Row]:
    """(key, stored shape, properties…) of the rows on the tile, by key, each once: by the index of boxes."""
    return read_in_box(parts, place.lonlat_box(), geom=geom, properties=properties, limit=limit)


def read_in_box(
    parts: Sequence[Rows], box: Envelope, *, geom: str, properties: Sequence[str], limit: int
) -> list[Row]:
    """The same for any box in degrees."""
    where = {f"{geom}__bbox": box}
    return _rows([part.filter(**where)[:limit] for part in parts], geom=geom, properties=properties)


def read_whole(parts: Sequence[Rows], *, geom: str, properties: Sequence[str], limit: int) -> list[Row]:
    """The same of all rows, wherever they lie: for few that lie among very many others."""
    return _rows([part[:limit] for part in parts], geom=geom, properties=properties)


def read_among_many(
    parts: Sequence[Rows], place: Place, *, geom: str, cell: str, properties: Sequence[str], limit: int
) -> list[Row]:
    """The same, where many others lie on the tile that may not be seen.

    SQLite would take every box on the tile first and ask afterwards who may see it. The index that begins
    with the cell knows both; only what reaches in from outside is looked for among the boxes of the frame.
    """
    inside = {f"{cell}__range": place.cells()}
    chosen = []
    for part in parts:
        keys = set(part.filter(**inside).values_list("pk", flat=True)[:limit])
        for box in place.frame():
            keys.update(part.filter(**{f"{geom}__bbox": box}).values_list("pk", flat=True)[:limit])
        chosen.append(part.filter(pk__in=keys))
    return _rows(chosen, geom=geom, properties=properties)


def _rows(parts: Sequence[Rows], *, geom: str, properties: Sequence[str]) -> list[Row]:
    found: dict[Any, Row] = {}
    for part in parts:
        found.update((row[0], row) for row in part.values_list("pk", StoredGeometry(geom), *properties))
    return [found[key] for key in sorted(found)]


def encode_rows(
    rows: Sequence[Row],
    place: Place,
    *,
    layer: str,
    properties: Sequence[str],
    max_bytes: int,
    beside: Layer | None = None,
) -> bytes:
    """The tile of these rows. Drawn coarser, then without the smallest, until it is small enough."""
    shapes = decode_many(row[1] for row in rows)
    columns = list(zip(*rows, strict=True)) if rows else [()] * (2 + len(properties))
    told = dict(zip(properties, columns[2:], strict=True))
    ids, detail = np.array(columns[0], dtype=object), Detail()
    chosen = np.arange(len(rows))
    while True:
        drawn = draw(shapes[chosen], place, detail)
        seen = ~shapely.is_missing(drawn)
        shown = _layer(layer, drawn[seen], ids, told, chosen[seen])
        body = encode([shown.joined(beside) if beside else shown])
        if len(body) <= max_bytes or not len(chosen):
            return body
        if detail.smallest >= 64:
            chosen = np.sort(chosen[_largest(shapes[chosen], len(chosen) // 2)])
        detail = detail.coarser()


def _layer(name: str, drawn: Array, ids: Array, told: dict[str, Any], chosen: Array) -> Layer:
    kept = chosen.tolist()
    columns = {key: [column[i] for i in kept] for key, column in told.items()}
    return Layer(name, drawn, columns, [int(key) for key in ids[chosen]])


def _largest(shapes: Array, count: int) -> Array:
    boxes = shapely.bounds(shapes)
    size = np.nan_to_num(np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]))
    largest: Array = np.argsort(-size, kind="stable")[:count]
    return largest
