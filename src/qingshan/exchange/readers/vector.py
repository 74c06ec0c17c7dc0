"""What stands in a GeoPackage, Shapefile, KML or FlatGeobuf? Each layer, read by GDAL batch after batch."""

from __future__ import annotations

import codecs
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from qingshan.exchange.cells import Cell
from qingshan.exchange.readers.hygiene import MEGABYTE, Upload, without_dtd
from qingshan.exchange.readers.tables import BATCH_ROWS, MAX_ROWS, Batch, Table

_GDAL_ERRORS = (DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, RuntimeError)
# drivers that read the whole file for every batch get one large batch
_READ_AT_ONCE = frozenset({"KML", "LIBKML"})
_GBK_NAMES = frozenset({"gbk", "gb2312", "936", "cp936", "ansi936", "ms936", "windows-936", "54936"})
_LDID_GBK = frozenset({0x4D, 0x7A})


def read_vector(upload: Upload, path: Path, *, source: str = "") -> list[Table]:
    """The layers of a file that stands under `path` with its proper extension."""
    encoding = _shapefile_encoding(path) if path.suffix == ".shp" else None
    try:
        layers = [str(name) for name, _type in pyogrio.list_layers(path)]
        tables = [_table(upload, path, layer, encoding, source) for layer in layers]
    except _GDAL_ERRORS as error:
        raise upload.refused("exchange.damaged") from error
    if not tables:
        raise upload.refused("exchange.damaged")
    return tables


def _table(upload: Upload, path: Path, layer: str, encoding: str | None, source: str) -> Table:
    info = pyogrio.read_info(path, layer=layer, encoding=encoding, force_feature_count=True)
    total = int(info["features"])
    if total > MAX_ROWS:
        raise upload.refused("exchange.too_many_rows", limit=MAX_ROWS)
    size = total if info["driver"] in _READ_AT_ONCE else BATCH_ROWS

    def batches() -> Iterator[Batch]:
        for start in range(0, total, max(size, 1)):
            yield from _split(_read(upload, path, layer, encoding, start, size), start)

    return Table(
        name=source or layer,
        headers=[str(name) for name in info["fields"]],
        batches=batches,
        total=total,
        has_shapes=info["geometry_type"] is not None,
        crs=info["crs"],
    )


_Read = tuple[Any, list[list[Cell]]]


def _read(upload: Upload, path: Path, layer: str, encoding: str | None, start: int, size: int) -> _Read:
    options: dict[str, Any] = {"layer": layer, "skip_features": start, "max_features": size, "force_2d": True}
    try:
        try:
            _meta, _fids, blobs, columns = pyogrio.raw.read(path, encoding=encoding, **options)
        except UnicodeDecodeError:
            # a text cut off in the middle of a character where its field was full
            _meta, _fids, blobs, columns = pyogrio.raw.read(path, encoding="latin-1", **options)
            columns = [_redecoded(column, encoding or "utf-8") for column in columns]
    except _GDAL_ERRORS as error:
        raise upload.refused("exchange.damaged") from error
    return blobs, [_cells(column) for column in columns]


def _redecoded(column: Any, encoding: str) -> Any:
    if column.dtype != object:
        return column
    return np.array([_whole_characters(text, encoding) for text in column], dtype=object)


def _whole_characters(text: Any, encoding: str) -> Any:
    if not isinstance(text, str):
        return text
    return text.encode("latin-1").decode(encoding, "replace").rstrip("\ufffd")


def _cells(column: Any) -> list[Cell]:
    values = column.tolist()
    if column.dtype.kind == "f":
        return [None if value != value else value for value in values]
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in values]


def _split(read: _Read, start: int) -> Iterator[Batch]:
    blobs, columns = read
    count = len(blobs) if blobs is not None else len(columns[0]) if columns else 0
    for first in range(0, count, BATCH_ROWS):
        part = slice(first, first + BATCH_ROWS)
        rows = range(start + first + 1, start + min(first + BATCH_ROWS, count) + 1)
        batch = Batch(rows=list(rows), columns=[column[part] for column in columns])
        if blobs is not None:
            batch.shapes = shapely.from_wkb(blobs[part], on_invalid="ignore")
            has_blob = np.array([blob is not None for blob in blobs[part]])
            missing = shapely.is_missing(batch.shapes) & has_blob
            batch.broken = frozenset(int(place) for place in np.flatnonzero(missing))
        yield batch


def _shapefile_encoding(path: Path) -> str:
    """By the .cpg file, else by the mark in the .dbf, else UTF-8 if all of it fits, else GB 18030."""
    cpg = path.with_suffix(".cpg")
    if cpg.exists():
        name = re.sub(r"[\s_]", "", cpg.read_text(encoding="ascii", errors="ignore")).casefold()
        if name in _GBK_NAMES:
            return "gb18030"
        if name and _is_encoding(name):
            return name
    return _encoding_of_dbf(path.with_suffix(".dbf"))


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _encoding_of_dbf(path: Path) -> str:
    content = path.read_bytes()
    if len(content) > 29 and content[29] in _LDID_GBK:
        return "gb18030"
    try:
        content[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def copy_of(upload: Upload, folder: Path) -> Path:
    """The file under its proper extension in our own folder: GDAL goes by extensions."""
    place = folder / f"upload{upload.extension}"
    shutil.copyfile(upload.path, place)
    return place


_ENCODING = re.compile(rb"""^(<\?xml[^>]*\bencoding=["'])([\w-]+)(["'])""")


def checked_kml(upload: Upload, path: Path) -> Path:
    """A KML without document type declaration, in UTF-8: the parser knows no GBK."""
    with path.open("rb") as file:
        content = b"".join(without_dtd(upload, iter(lambda: file.read(MEGABYTE), b"")))
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = _ENCODING.match(content)
    if declared and declared[2].decode().casefold() in _GBK_NAMES | {"gb18030"}:
        text = content.decode("gb18030", "replace").encode("utf-8")
        path.write_bytes(_ENCODING.sub(rb"\1UTF-8\3", text))
    return path
