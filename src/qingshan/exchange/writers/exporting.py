"""How do objects leave as a file? As a workbook, CSV, GeoJSON or GeoPackage, streamed, and readable again."""

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from xlsxwriter.worksheet import Worksheet

from qingshan.exchange.cells import Cell, guarded, text_of
from qingshan.exchange.columns import Column
from qingshan.exchange.days import Date
from qingshan.exchange.gdal import vectors
from qingshan.exchange.kinds import Kind
from qingshan.exchange.numbers import Integer, Number
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.scratch import scratch_folder
from qingshan.exchange.values import YesNo
from qingshan.exchange.writers.sheets import (
    Formats,
    continued_headers,
    formats,
    new_workbook,
    parts_of,
    pieces_of,
    sheet_name,
    widths,
    write_cell,
)
from qingshan.rules.reasons import CHINESE

BATCH_ROWS = 5000
CGCS2000 = "EPSG:4490"


@dataclass(slots=True)
class Exported:
    """One object as a row of its kind's table: values by column name, as the app stores them."""

    values: Mapping[str, Any] = field(default_factory=dict)
    geom: BaseGeometry | None = None


_Writer = Callable[[Kind, Iterable[Exported], str], Iterator[bytes]]


@dataclass(frozen=True)
class Form:
    """One form in which objects can leave."""

    ending: str
    content_type: str
    write: _Writer


def export(
    kind: Kind, rows: Iterable[Exported], *, form: str = "xlsx", language: str = CHINESE
) -> Iterator[bytes]:
    """The rows as a file, piece by piece. An unknown form raises KeyError; see FORMS."""
    return FORMS[form].write(kind, rows, language)


def export_together(
    parts: Iterable[tuple[Kind, Iterable[Exported]]], *, form: str = "xlsx", language: str = CHINESE
) -> Iterator[bytes]:
    """Several kinds as one file, piece by piece: a sheet or a layer for each. A form without such raises KeyError."""
    return _TOGETHER[form](parts, language)


def _cells(columns: Iterable[Column], row: Exported, language: str) -> list[Cell]:
    return [column.type.cell(row.values.get(column.name), language) for column in columns]


def _outline(kind: Kind, geom: BaseGeometry | None) -> list[str]:
    return parts_of(text_of(OUTLINE.type.cell(geom))) if kind.geometry else []


# --- CSV -----------------------------------------------------------------------------------------


def _csv(kind: Kind, rows: Iterable[Exported], language: str) -> Iterator[bytes]:
    """With a byte order mark, so that spreadsheet programs see that it is UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    headers = [column.header(language) for column in kind.columns]
    writer.writerow([*headers, OUTLINE.title(language)] if kind.geometry else headers)
    yield b"\xef\xbb\xbf"
    for row in rows:
        cells = [_guarded(cell) for cell in _cells(kind.columns, row, language)]
        writer.writerow([*cells, "".join(_outline(kind, row.geom))] if kind.geometry else cells)
        if buffer.tell() > 64 * 1024:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content


def _guarded(cell: Cell) -> str:
    return guarded(cell) if isinstance(cell, str) else text_of(cell)


# --- workbook ------------------------------------------------------------------------------------


def _xlsx(kind: Kind, rows: Iterable[Exported], language: str) -> Iterator[bytes]:
    return _sheets([(kind, rows)], language)


def _sheets(parts: Iterable[tuple[Kind, Iterable[Exported]]], language: str) -> Iterator[bytes]:
    """The headers depend on the longest shape, so the rows wait in a temporary file until it is known."""
    with scratch_folder("writing") as folder:
        place = folder / "export.xlsx"
        workbook, taken = new_workbook(str(place), streaming=True), set[str]()
        looks = formats(workbook)
        for kind, rows in parts:
            with (folder / "spool").open("w+b") as spool:
                outlines = _spooled(kind, rows, language, spool)
                sheet = workbook.add_worksheet(sheet_name(kind.title.say({}, language), taken))
                _write_sheet(sheet, looks, kind, spool, outlines, language)
        workbook.close()
        yield from pieces_of(place)


def _spooled(kind: Kind, rows: Iterable[Exported], language: str, spool: IO[bytes]) -> int:
    """Put the rows aside; returns how many cells the longest shape needs."""
    most = 1 if kind.geometry else 0
    for row in rows:
        outline = _outline(kind, row.geom)
        most = max(most, len(outline))
        pickle.dump((_cells(kind.columns, row, language), outline), spool, pickle.HIGHEST_PROTOCOL)
    spool.seek(0)
    return most


def _unspooled(spool: IO[bytes]) -> Iterator[tuple[list[Cell], list[str]]]:
    while True:
        try:
            yield pickle.load(spool)
        except EOFError:
            return


def _write_sheet(
    sheet: Worksheet, looks: Formats, kind: Kind, spool: IO[bytes], outlines: int, language: str
) -> None:
    headers = [column.header(language) for column in kind.columns]
    if outlines:
        headers += continued_headers(OUTLINE.title(language), outlines)
    for place, width in enumerate(widths(headers)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    for place, header in enumerate(headers):
        sheet.write_string(0, place, header, looks["header"])
    for number, (cells, outline) in enumerate(_unspooled(spool), start=1):
        for place, cell in enumerate([*cells, *outline]):
            write_cell(
                sheet, number, place, cell, looks["text"] if isinstance(cell, str) else None, looks["date"]
            )


# --- GeoJSON -------------------------------------------------------------------------------------


def _geojson(kind: Kind, rows: Iterable[Exported], language: str) -> Iterator[bytes]:
    """RFC 7946, with the old `crs` member that says CGCS2000 to programs that still read it."""
    head = {
        "type": "FeatureCollection",
        "name": kind.title.say({}, language),
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "features": [\n'
    names = [column.header(language) for column in kind.columns]
    joint = ""
    for batch in _batches(rows):
        shapes = shapely.to_geojson([row.geom for row in batch])
        features = [
            _feature(names, _cells(kind.columns, row, language), shape)
            for row, shape in zip(batch, shapes, strict=True)
        ]
        yield (joint + ",\n".join(features)).encode()
        joint = ",\n"
    yield b"\n]}\n"


def _feature(names: list[str], cells: list[Cell], shape: str | None) -> str:
    values = {n: c.isoformat() if isinstance(c, date) else c for n, c in zip(names, cells, strict=True)}
    properties = json.dumps(values, ensure_ascii=False)
    return f'{{"type": "Feature", "properties": {properties}, "geometry": {shape or "null"}}}'


def _batches(rows: Iterable[Exported]) -> Iterator[list[Exported]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH_ROWS)):
        yield batch


# --- GeoPackage ----------------------------------------------------------------------------------


def _gpkg(kind: Kind, rows: Iterable[Exported], language: str) -> Iterator[bytes]:
    return _layers([(kind, rows)], language)


def _layers(parts: Iterable[tuple[Kind, Iterable[Exported]]], language: str) -> Iterator[bytes]:
    with scratch_folder("writing") as folder:
        place = folder / "export.gpkg"
        for kind, rows in parts:
            written = False
            for batch in _batches(rows):
                _append(kind, batch, place, language, append=written)
                written = True
            if not written:
                _append(kind, [], place, language, append=False)
        yield from pieces_of(place)


def _append(kind: Kind, batch: list[Exported], place: Path, language: str, *, append: bool) -> None:
    cells = [_cells(kind.columns, row, language) for row in batch]
    columns = [list(column) for column in zip(*cells, strict=True)] or [[] for _ in kind.columns]
    arrays = [_array(column, values) for column, values in zip(kind.columns, columns, strict=True)]
    blobs = shapely.to_wkb(np.array([row.geom for row in batch], dtype=object))
    vectors().raw.write(
        place,
        geometry=np.asarray(blobs, dtype=object),
        field_data=[values for values, _missing in arrays],
        field_mask=[missing for _values, missing in arrays],
        fields=[column.header(language) for column in kind.columns],
        layer=kind.title.say({}, language),
        driver="GPKG",
        geometry_type="Unknown",
        crs=CGCS2000,
        append=append,
    )


def _array(column: Column, cells: list[Cell]) -> tuple[Any, Any]:
    """The values of a column with the type that the file gets, and where nothing is known."""
    missing = np.array([cell is None for cell in cells], dtype=bool)
    if isinstance(column.type, Date):
        return np.array(cells, dtype="datetime64[D]"), missing
    if isinstance(column.type, Number) and not isinstance(column.type, Integer):
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64), missing
    if isinstance(column.type, Integer):
        return np.array([0 if cell is None else cell for cell in cells], dtype=_whole(cells)), missing
    if isinstance(column.type, YesNo):
        cells = [None if cell is None else str(cell) for cell in cells]
    return np.array(cells, dtype=object), missing


def _whole(cells: list[Cell]) -> type[np.generic]:
    """Fen written as yuan may have decimals."""
    return np.float64 if any(isinstance(cell, float) for cell in cells) else np.int64


FORMS: dict[str, Form] = {
    "xlsx": Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "csv": Form("csv", "text/csv; charset=utf-8", _csv),
    "geojson": Form("geojson", "application/geo+json", _geojson),
    "gpkg": Form("gpkg", "application/geopackage+sqlite3", _gpkg),
}
_TOGETHER = {"xlsx": _sheets, "gpkg": _layers}
