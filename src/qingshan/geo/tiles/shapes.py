"""How are rows drawn one by one? Read the stored shapes, draw them here, never above the size limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from qingshan.geo.blobs import decode_many
from qingshan.geo.fields import StoredGeometry
from qingshan.geo.mvt import Layer, encode
from qingshan.geo.tiles.drawing import Detail, draw
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.rows import Rows

Array = np.ndarray[Any, np.dtype[Any]]


def read(
    parts: Sequence[Rows], place: Place, *, geom: str, properties: Sequence[str], limit: int
) -> list[tuple[Any, ...]]:
    """(key, stored shape, properties…) of the rows on the tile, by key, each once."""
    where = {f"{geom}__bbox": place.lonlat_box()}
    found: dict[Any, tuple[Any, ...]] = {}
    for part in parts:
        columns = part.filter(**where).values_list("pk", StoredGeometry(geom), *properties)
        found.update((row[0], row) for row in columns[:limit])
    return [found[key] for key in sorted(found)]


def encode_rows(
    rows: Sequence[tuple[Any, ...]],
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
