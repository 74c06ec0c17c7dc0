"""What stands in a file of sites or claims? Columns of cells, and shapes in degrees where it holds shapes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from python_calamine import CalamineError, CalamineWorkbook

from qingshan.earth.errors import SitesRefused
from qingshan.geo.crs import crs_of, lonlat
from qingshan.rules.errors import QingshanError

Cell = object
Shapes = np.ndarray[Any, np.dtype[np.object_]]

SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv", ".txt", ".tsv")
_TALLEST, _WIDEST = 90.0, 180.0  # no latitude or longitude lies beyond


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """The rows of one file."""

    file: str
    """its name, for sentences"""
    columns: Mapping[str, Sequence[Cell]]
    """name -> one cell for each row; None: empty"""
    shapes: Shapes | None = None
    """one for each row, in CGCS2000 degrees, None where a row has none; None: the file holds no shapes"""

    def __len__(self) -> int:
        return max((len(cells) for cells in self.columns.values()), default=0)

    def column(self, name: str) -> Sequence[Cell]:
        """The cells of a column that must be there.

        Raises:
            SitesRefused: there is none of this name.
        """
        if name not in self.columns:
            there = "、".join(self.columns) or "—"
            raise SitesRefused.because("earth.column_missing", file=self.file, column=name, columns=there)
        return self.columns[name]

    def ids(self, name: str) -> list[str]:
        """The ids of a column: none empty, none twice.

        Raises:
            SitesRefused: an id is missing or doubled; the sentence names row and id.
        """
        found: dict[str, int] = {}
        for row, cell in enumerate(self.column(name), start=1):
            id_ = text_of(cell)
            if not id_:
                raise SitesRefused.because("earth.id_missing", file=self.file, row=row, column=name)
            if id_ in found:
                raise SitesRefused.because(
                    "earth.id_doubled", file=self.file, id=id_, row=row, first=found[id_]
                )
            found[id_] = row
        return list(found)


def text_of(cell: Cell) -> str:
    """A cell as trimmed text: numbers without a needless `.0`, nothing as an empty text."""
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    if isinstance(cell, float | np.floating) and float(cell).is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_table(path: Path) -> Table:
    """A file of any kind that is known: csv, a spreadsheet, or what GDAL reads of shapes.

    Raises:
        SitesRefused: the file is missing or cannot be read.
    """
    if not path.exists():
        raise SitesRefused.because("earth.file_missing", file=str(path))
    try:
        if path.suffix.lower() in TEXTS:
            return _from_text(path)
        if path.suffix.lower() in SHEETS:
            return _from_sheet(path)
        return _from_shapes(path)
    except (OSError, CalamineError, csv.Error, ValueError, pyogrio.errors.DataSourceError) as fault:
        raise SitesRefused.because(
            "earth.file_unreadable", file=path.name, fault=f"{type(fault).__name__}: {fault}"
        ) from fault


def _from_text(path: Path) -> Table:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")  # what spreadsheets on Chinese systems write
    head = text.split("\n", 1)[0]
    delimiter = max((",", "\t", ";"), key=head.count)
    return _from_rows(path, list(csv.reader(io.StringIO(text), delimiter=delimiter)))


def _from_sheet(path: Path) -> Table:
    book = CalamineWorkbook.from_path(str(path))
    return _from_rows(path, book.get_sheet_by_index(0).to_python())


def _from_rows(path: Path, rows: Sequence[Sequence[Cell]]) -> Table:
    filled = [row for row in rows if any(text_of(cell) for cell in row)]
    if not filled:
        return Table(file=path.name, columns={})
    names = [text_of(cell) for cell in filled[0]]
    columns = {
        name: [row[at] if at < len(row) and text_of(row[at]) else None for row in filled[1:]]
        for at, name in enumerate(names)
        if name
    }
    return Table(file=path.name, columns=columns)


def _from_shapes(path: Path) -> Table:
    meta, _, wkb, fields = pyogrio.raw.read(path, force_2d=True, **_encoding(path))
    names = [str(name) for name in meta["fields"]]
    columns = {name: _cells(values) for name, values in zip(names, fields, strict=True)}
    if wkb is None:
        return Table(file=path.name, columns=columns)
    shapes = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object)
    return Table(file=path.name, columns=columns, shapes=in_degrees(shapes, crs=meta["crs"], file=path.name))


def _encoding(path: Path) -> dict[str, str]:
    """GDAL takes a Shapefile that does not tell its encoding for Latin-1; in China it is GB 18030."""
    if path.suffix.lower() not in (".zip", ".shp"):
        return {}
    told = pyogrio.read_info(path).get("encoding")
    return {"encoding": "GB18030"} if told == "ISO-8859-1" else {}


def _cells(values: np.ndarray[Any, Any]) -> list[Cell]:
    if values.dtype.kind == "M":
        return [None if np.isnat(value) else value.astype("datetime64[s]").item() for value in values]
    return [None if text_of(value) == "" else value for value in values.tolist()]


def in_degrees(shapes: Shapes, *, crs: str | None, file: str) -> Shapes:
    """Shapes of any reference system in CGCS2000 degrees, longitude first.

    WGS 84 and CGCS2000 are taken as one (they differ by less than a decimetre). Without a reference system
    numbers that can be degrees are taken as degrees.

    Raises:
        SitesRefused: unknown reference system, or numbers that lie outside it.
    """
    there = shapely.get_num_coordinates(shapes) > 0
    moved = shapes.copy()
    moved[~there] = None
    if crs is not None and there.any():
        moved[there] = _moved(moved[there], crs=crs, file=file)
    bounds = shapely.bounds(moved[there]).reshape(-1, 4)
    if not _are_degrees(bounds):
        code = "earth.crs_missing" if crs is None else "earth.coordinates_outside"
        raise SitesRefused.because(code, file=file, crs=crs)
    return moved


def _moved(shapes: Shapes, *, crs: str, file: str) -> Shapes:
    """A datum that takes local parameters is refused: a shift of a hundred metres must not pass for a coordinate."""
    try:
        system = crs_of(crs)
    except QingshanError as refusal:
        raise SitesRefused.because("earth.crs_unknown", file=file, crs=crs) from refusal
    if system.is_degrees:
        return shapes
    return np.asarray(
        shapely.transform(shapes, lambda x, y: lonlat(x, y, system), interleaved=False), dtype=object
    )


def _are_degrees(bounds: np.ndarray[Any, np.dtype[np.float64]]) -> bool:
    if not np.isfinite(bounds).all():
        return False
    return bool((np.abs(bounds[:, ::2]) <= _WIDEST).all() and (np.abs(bounds[:, 1::2]) <= _TALLEST).all())
