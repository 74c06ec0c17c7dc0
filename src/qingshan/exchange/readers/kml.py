"""What stands in a KML? Placemarks by folder, with their extended data under its own Chinese names.

Read here and not by GDAL, whose driver turns every Chinese field name into underscores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.cells import Cell
from qingshan.exchange.readers.hygiene import MEGABYTE, Upload, without_dtd
from qingshan.exchange.readers.tables import BATCH_ROWS, MAX_ROWS, Batch, Table

_GBK = re.compile(rb"""^(<\?xml[^>]*\bencoding=["'])(gbk|gb2312|gb18030|cp936)(["'])""", re.IGNORECASE)
_SPACES = re.compile(r"\s*,\s*")
_CONTAINERS = frozenset({"Document", "Folder", "kml"})


@dataclass
class _Layer:
    """The placemarks that stand directly in one folder."""

    name: str
    names: dict[str, int] = field(default_factory=dict)
    rows: list[list[Cell]] = field(default_factory=list)
    shapes: list[BaseGeometry | None] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)


def read_kml(upload: Upload) -> list[Table]:
    """One table for each folder that holds placemarks."""
    try:
        root = ElementTree.fromstring(_content(upload))
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise upload.refused("exchange.damaged") from error
    layers: list[_Layer] = []
    _gather(root, Path(upload.name.replace("\\", "/")).stem, layers)
    if sum(len(layer.rows) for layer in layers) > MAX_ROWS:
        raise upload.refused("exchange.too_many_rows", limit=MAX_ROWS)
    return [_table(layer) for layer in layers]


def _content(upload: Upload) -> bytes:
    """Without document type declaration, and in UTF-8: the parser knows no GBK."""
    with upload.path.open("rb") as file:
        content = b"".join(without_dtd(upload, iter(lambda: file.read(MEGABYTE), b"")))
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _GBK.match(content):
        text = content.decode("gb18030", "replace").encode()
        return _GBK.sub(rb"\1UTF-8\3", text)
    return content


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _gather(container: Element, name: str, layers: list[_Layer]) -> None:
    """Folders within folders, from the outside in; deep nesting needs no recursion of ours."""
    waiting = [(container, name)]
    while waiting:
        element, above = waiting.pop(0)
        own = _text(element, "name") or above
        marks = [child for child in element if _tag(child) == "Placemark"]
        if marks:
            layer = _Layer(own)
            for mark in marks:
                _take(mark, layer)
            layers.append(layer)
        waiting[:0] = [(child, own) for child in element if _tag(child) in _CONTAINERS]


def _text(element: Element, tag: str) -> str:
    for child in element:
        if _tag(child) == tag:
            return (child.text or "").strip()
    return ""


def _take(mark: Element, layer: _Layer) -> None:
    values: dict[str, Cell] = {"name": _text(mark, "name"), "description": _text(mark, "description")}
    values |= dict(_data(mark))
    if identity := mark.get("id"):
        values.setdefault("id", identity)
    row: list[Cell] = [None] * len(layer.names)
    for name, value in values.items():
        if layer.names.setdefault(name, len(layer.names)) == len(row):
            row.append(None)
        row[layer.names[name]] = value
    layer.rows.append(row)
    try:
        layer.shapes.append(_one(list(_shapes(mark))))
    except (ValueError, ShapelyError):
        layer.broken.add(len(layer.shapes))
        layer.shapes.append(None)


def _data(mark: Element) -> Iterator[tuple[str, str]]:
    """ExtendedData in both of its forms."""
    for element in mark.iter():
        tag, name = _tag(element), element.get("name")
        if tag == "Data" and name:
            yield name, _text(element, "value")
        elif tag == "SimpleData" and name:
            yield name, (element.text or "").strip()


def _shapes(mark: Element) -> Iterator[BaseGeometry]:
    """The simple shapes of a placemark; those of a MultiGeometry one by one."""
    for element in mark.iter():
        tag = _tag(element)
        if tag == "Polygon":
            yield _polygon(element)
        elif tag == "Point":
            yield shapely.Point(_corners(element)[0])
        elif tag == "LineString":
            yield shapely.LineString(_corners(element))


def _polygon(element: Element) -> BaseGeometry:
    outer = [_corners(ring) for ring in element if _tag(ring) == "outerBoundaryIs"]
    inner = [_corners(ring) for ring in element if _tag(ring) == "innerBoundaryIs"]
    if len(outer) != 1:
        raise ValueError("a polygon needs one outer ring")
    return shapely.Polygon(outer[0], inner)


def _corners(element: Element) -> list[tuple[float, float]]:
    text = next((child.text or "" for child in element.iter() if _tag(child) == "coordinates"), "")
    corners = [tuple(map(float, corner.split(",")[:2])) for corner in _SPACES.sub(",", text).split()]
    if not corners or any(len(corner) != 2 for corner in corners):
        raise ValueError("coordinates are missing")
    return [(corner[0], corner[1]) for corner in corners]


def _one(shapes: list[BaseGeometry]) -> BaseGeometry | None:
    if len(shapes) <= 1:
        return shapes[0] if shapes else None
    kinds = {shape.geom_type for shape in shapes}
    if kinds == {"Polygon"}:
        return shapely.MultiPolygon(shapes)
    if kinds == {"Point"}:
        return shapely.MultiPoint(shapes)
    return shapely.GeometryCollection(shapes)


_OWN = ("name", "description")
"""What every placemark has; data beside them may say the same under a name of its own."""


def _without_repeats(layer: _Layer) -> None:
    """Drop what KML itself says of placemarks where it is empty in all of them, or said again by their data."""
    columns = {name: [_at(row, place) for row in layer.rows] for name, place in layer.names.items()}
    dropped = {
        name
        for name in _OWN
        if name in columns
        and (
            not any(columns[name])
            or any(columns[name] == columns[other] for other in columns if other not in _OWN)
        )
    }
    kept = [name for name in layer.names if name not in dropped]
    layer.rows = [list(row) for row in zip(*(columns[name] for name in kept), strict=True)] or [
        [] for _ in layer.rows
    ]
    layer.names = {name: place for place, name in enumerate(kept)}


def _at(row: list[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None


def _table(layer: _Layer) -> Table:
    _without_repeats(layer)
    width = len(layer.names)

    def batches() -> Iterator[Batch]:
        for start in range(0, len(layer.rows), BATCH_ROWS):
            rows = layer.rows[start : start + BATCH_ROWS]
            cells = [row + [None] * (width - len(row)) for row in rows]
            yield Batch(
                rows=list(range(start + 1, start + len(rows) + 1)),
                columns=[list(column) for column in zip(*cells, strict=True)],
                shapes=_array(layer.shapes[start : start + BATCH_ROWS]),
                broken=frozenset(
                    place - start for place in layer.broken if start <= place < start + len(rows)
                ),
            )

    return Table(
        name=layer.name,
        headers=list(layer.names),
        batches=batches,
        total=len(layer.rows),
        has_shapes=True,
        crs="OGC:CRS84",
    )


def _array(shapes: Iterable[BaseGeometry | None]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    shapes = list(shapes)
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array
