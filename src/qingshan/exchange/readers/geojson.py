"""What stands in a GeoJSON file? Collections, a bare Feature, a bare geometry; with the old `crs` member too.

Read here and not by GDAL, because features are taken one after another as they are written: GDAL turns
mixed columns into text, dates into something else, and refuses what it does not expect.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from json import JSONDecodeError
from pathlib import Path
from typing import IO, Any

import numpy as np
import shapely
from shapely.geometry import shape

from qingshan.exchange.cells import Cell
from qingshan.exchange.readers.csv_text import encoding_of
from qingshan.exchange.readers.hygiene import Upload
from qingshan.exchange.readers.tables import BATCH_ROWS, MAX_ROWS, Batch, Shapes, Table

_PIECE = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
_GEOMETRIES = frozenset(
    {
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
    }
)


_MEGABYTE = 1024 * 1024
LARGEST_VALUE = 64 * _MEGABYTE
"""Characters of one feature; decoded it takes ten times as much memory."""


class NotGeoJson(ValueError):
    """The text is no GeoJSON from here on."""


class TooBig(ValueError):
    """One feature is larger than fits into memory safely."""


class _Text:
    """A text read piece by piece, of which one JSON value after another is taken."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._kept = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            self._at = _SPACE.match(self._kept, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._kept):
                return self._kept[self._at]
            if not self._more(_PIECE):
                return ""

    def skip(self, mark: str) -> None:
        if self.peek() != mark:
            raise NotGeoJson(mark)
        self._at += 1

    def value(self) -> tuple[Any, str]:
        """The next value, and its own text."""
        self.peek()
        size = _PIECE
        while True:
            try:
                found, end = self._decoder.raw_decode(self._kept, self._at)
            except JSONDecodeError as error:
                # cut off in the middle: read on, twice as much each time
                if len(self._kept) - self._at > LARGEST_VALUE:
                    raise TooBig from error
                if self._more(size):
                    size *= 2
                    continue
                raise NotGeoJson(str(error)) from error
            except (RecursionError, ValueError) as error:
                # nested too deeply, or a number with thousands of digits
                raise NotGeoJson(str(error)) from error
            if end == len(self._kept) and self._more(size):
                continue  # a number may go on in the next piece
            text = self._kept[self._at : end]
            self._at = end
            return found, text

    def _more(self, size: int) -> bool:
        piece = self._file.read(size)
        if piece:
            self._kept, self._at = self._kept[self._at :] + piece, 0
        return bool(piece)


@dataclass
class _Content:
    """Everything of the file beside the coordinates' text."""

    name: str = ""
    crs: str | None = None
    names: dict[str, int] = field(default_factory=dict)
    """Properties in the order in which they first appear, with their column."""
    rows: list[list[Cell]] = field(default_factory=list)
    shapes: list[Shapes] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)


def read_geojson(upload: Upload) -> list[Table]:
    """The one layer of a GeoJSON file."""
    encoding = encoding_of(upload.path)
    if encoding is None:
        raise upload.refused("exchange.not_utf8")
    content = _Content()
    try:
        with upload.path.open(encoding=encoding) as file:
            _gather(upload, _features(_Text(file), content), content)
    except TooBig as error:
        raise upload.refused("exchange.feature_too_big", limit_mb=LARGEST_VALUE // _MEGABYTE) from error
    except (NotGeoJson, UnicodeError) as error:
        raise upload.refused("exchange.damaged") from error
    return [_table(content, content.name or Path(upload.name.replace("\\", "/")).stem)]


def _features(text: _Text, content: _Content) -> Iterator[tuple[Any, str]]:
    """Every feature with its text; the members around them go into `content`."""
    members: dict[str, Any] = {}
    text.skip("{")
    while text.peek() != "}":
        name, _ = text.value()
        text.skip(":")
        if name == "features" and text.peek() == "[":
            yield from _array(text)
            members[name] = []
        else:
            members[name], _ = text.value()
        if text.peek() == ",":
            text.skip(",")
    content.crs = _crs(members.get("crs"))
    content.name = str(members.get("name") or "") if "features" in members else ""
    if "features" not in members:
        yield _alone(members)


def _array(text: _Text) -> Iterator[tuple[Any, str]]:
    text.skip("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() == ",":
            text.skip(",")
    text.skip("]")


def _alone(root: dict[str, Any]) -> tuple[Any, str]:
    """A file whose root is one feature, or only its geometry."""
    if root.get("type") in _GEOMETRIES:
        root = {"type": "Feature", "properties": {}, "geometry": root}
    elif root.get("type") != "Feature":
        raise NotGeoJson(str(root.get("type")))
    return root, json.dumps(root)


def _crs(member: Any) -> str | None:
    """The old `crs` member: a name, or in the oldest files a code."""
    if not isinstance(member, dict):
        return None
    properties = member.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    if member.get("type") == "EPSG" and "code" in properties:
        return f"EPSG:{properties['code']}"
    name = properties.get("name")
    return str(name) if name else None


def _gather(upload: Upload, features: Iterator[tuple[Any, str]], content: _Content) -> None:
    while taken := list(islice(features, BATCH_ROWS)):
        start = len(content.rows)
        if start + len(taken) > MAX_ROWS:
            raise upload.refused("exchange.too_many_rows", limit=MAX_ROWS)
        for feature, _ in taken:
            content.rows.append(_row(feature, content.names))
        shapes, broken = _shapes(taken)
        content.shapes.append(shapes)
        content.broken |= {start + place for place in broken}


def _row(feature: Any, names: dict[str, int]) -> list[Cell]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise NotGeoJson("a feature is missing")
    properties = feature.get("properties")
    properties = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature:
        properties.setdefault("id", feature["id"])
    row: list[Cell] = [None] * len(names)
    for name, value in properties.items():
        if names.setdefault(name, len(names)) == len(row):
            row.append(None)
        row[names[name]] = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    return row


def _shapes(taken: list[tuple[Any, str]]) -> tuple[Shapes, set[int]]:
    shapes = shapely.from_geojson([text for _, text in taken], on_invalid="ignore")
    broken = set()
    for place in np.flatnonzero(shapely.is_missing(shapes)):
        geometry = taken[place][0].get("geometry")
        shapes[place] = _leniently(geometry)
        if geometry and shapes[place] is None:
            broken.add(int(place))
    return shapely.force_2d(shapes), broken


def _leniently(geometry: Any) -> Any:
    """A ring that does not return to its first corner is closed, as every drawing program does."""
    if not isinstance(geometry, dict) or geometry.get("type") not in _GEOMETRIES:
        return None
    try:
        return shape(geometry)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return None


def _table(content: _Content, name: str) -> Table:
    width = len(content.names)

    def batches() -> Iterator[Batch]:
        for number, shapes in enumerate(content.shapes):
            start = number * BATCH_ROWS
            rows = content.rows[start : start + BATCH_ROWS]
            cells = [row + [None] * (width - len(row)) for row in rows]
            yield Batch(
                rows=list(range(start + 1, start + len(rows) + 1)),
                columns=[list(column) for column in zip(*cells, strict=True)],
                shapes=shapes,
                broken=frozenset(place - start for place in content.broken if 0 <= place - start < len(rows)),
            )

    return Table(
        name=name,
        headers=list(content.names),
        batches=batches,
        total=len(content.rows),
        has_shapes=True,
        crs=content.crs,
        crs_by_custom="OGC:CRS84",  # RFC 7946
    )
