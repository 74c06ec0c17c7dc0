"""What stands in a GeoPackage, Shapefile or FlatGeobuf? Each layer, read by GDAL batch after batch."""

from __future__ import annotations

import codecs
import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from qingshan.exchange.cells import Cell
from qingshan.exchange.gdal import vectors
from qingshan.exchange.readers.hygiene import Upload
from qingshan.exchange.readers.tables import BATCH_ROWS, MAX_ROWS, Batch, Table

_GDAL_ERROR = RuntimeError
"""All errors of `pyogrio` are of this kind."""
_GBK_NAMES = frozenset({"gbk", "gb2312", "936", "cp936", "ansi936", "ms936", "windows-936", "54936"})
# as GDAL calls Latin 1: every byte is a character
_BYTE_BY_BYTE = "ISO-8859-1"
_LONGEST_NAME = 10
_END_OF_FIELDS = 0x0D
_LDID_GBK = frozenset({0x4D, 0x7A})


def read_vector(upload: Upload, path: Path, *, source: str = "") -> list[Table]:
    """The layers of a file that stands under `path` with its proper extension."""
    encoding = _shapefile_encoding(path) if path.suffix == ".shp" else None
    try:
        with warnings.catch_warnings():
            # what GDAL finds odd we say in words of our own, or read all the same
            warnings.simplefilter("ignore", RuntimeWarning)
            layers = [str(name) for name, _type in vectors().list_layers(path)]
            tables = [_table(upload, path, layer, encoding, source) for layer in layers]
    except _GDAL_ERROR as error:
        raise upload.refused("exchange.damaged") from error
    if not tables:
        raise upload.refused("exchange.damaged")
    return tables


def _table(upload: Upload, path: Path, layer: str, encoding: str | None, source: str) -> Table:
    info, names = _described(path, layer, encoding)
    total = int(info["features"])
    if total > MAX_ROWS:
        raise upload.refused("exchange.too_many_rows", limit=MAX_ROWS)

    def batches() -> Iterator[Batch]:
        for start in range(0, total, BATCH_ROWS):
            yield _batch(_read(upload, path, layer, encoding, start), start)

    return Table(
        name=source or layer,
        headers=[name for name, _cut in names],
        cut_off=frozenset(place for place, (_name, cut) in enumerate(names) if cut),
        batches=batches,
        total=total,
        has_shapes=info["geometry_type"] is not None,
        crs=info["crs"],
    )


_Names = list[tuple[str, bool]]
"""Each header, and whether its end may be missing."""


def _described(path: Path, layer: str, encoding: str | None) -> tuple[dict[str, Any], _Names]:
    """What GDAL says of a layer; the names of a Shapefile as they stand in the .dbf, whole characters only."""
    try:
        info = vectors().read_info(path, layer=layer, encoding=encoding, force_feature_count=True)
    except UnicodeDecodeError:
        info = vectors().read_info(path, layer=layer, encoding=_BYTE_BY_BYTE, force_feature_count=True)
    names: _Names = [(str(name), False) for name in info["fields"]]
    if path.suffix == ".shp":
        raw = _names_in_dbf(path.with_suffix(".dbf"))
        if len(raw) == len(names):
            names = [(name.decode(encoding or "utf-8", "ignore"), len(name) >= _LONGEST_NAME) for name in raw]
    return info, names


def _names_in_dbf(path: Path) -> list[bytes]:
    """The names of the fields: eleven bytes in each descriptor of thirty-two, up to the first zero."""
    with path.open("rb") as file:
        head = file.read(32)
        length = int.from_bytes(head[8:10], "little")
        fields = file.read(max(0, length - 32))
    names = []
    for start in range(0, len(fields) - 31, 32):
        if fields[start] == _END_OF_FIELDS:
            break
        names.append(fields[start : start + 11].partition(b"\0")[0])
    return names


_Read = tuple[Any, list[list[Cell]]]


def _read(upload: Upload, path: Path, layer: str, encoding: str | None, start: int) -> _Read:
    options: dict[str, Any] = {
        "layer": layer,
        "skip_features": start,
        "max_features": BATCH_ROWS,
        "force_2d": True,
    }
    try:
        try:
            _meta, _fids, blobs, columns = vectors().raw.read(path, encoding=encoding, **options)
        except UnicodeDecodeError:
            # a text cut off in the middle of a character where its field was full
            _meta, _fids, blobs, columns = vectors().raw.read(path, encoding=_BYTE_BY_BYTE, **options)
            columns = [_redecoded(column, encoding or "utf-8") for column in columns]
    except _GDAL_ERROR as error:
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


def _batch(read: _Read, start: int) -> Batch:
    blobs, columns = read
    count = len(blobs) if blobs is not None else len(columns[0]) if columns else 0
    batch = Batch(rows=list(range(start + 1, start + count + 1)), columns=columns)
    if blobs is not None:
        batch.shapes = shapely.from_wkb(blobs, on_invalid="ignore")
        written = np.array([blob is not None for blob in blobs], dtype=bool)
        batch.broken = frozenset(np.flatnonzero(shapely.is_missing(batch.shapes) & written).tolist())
    return batch


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
