"""What stands in a workbook? Every sheet with a header row that we know, hidden ones too."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from qingshan.exchange.cells import Cell
from qingshan.exchange.columns import Column
from qingshan.exchange.readers import sheet_xml
from qingshan.exchange.readers.headings import MAX_COLUMNS, Heading, find_heading, why_no_data
from qingshan.exchange.readers.hygiene import Format, Upload
from qingshan.exchange.readers.ods_xml import refuse_odd_ods
from qingshan.exchange.readers.tables import BATCH_ROWS, MAX_ROWS, Batch, Table, Unread

GUIDE_SHEETS = frozenset({"填写说明", "可选项", "退回说明"})
"""Sheets that our own templates add; they hold no data."""

Grid = list[list[Cell]]


def read_workbook(upload: Upload, format: Format, columns: Sequence[Column]) -> list[Table]:
    """The tables of a workbook. Sheets without known headers are left out."""
    facts = sheet_xml.examined(upload) if format is Format.XLSX else {}
    if format is Format.ODS:
        refuse_odd_ods(upload)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(upload.path.read_bytes()))
    except PasswordError as error:
        raise upload.refused("exchange.encrypted") from error
    except (CalamineError, OSError) as error:
        raise upload.refused("exchange.damaged") from error
    tables = [
        _table(upload, workbook, name, columns, facts.get(name, sheet_xml.SheetFacts()))
        for name in workbook.sheet_names
        if name not in GUIDE_SHEETS
    ]
    return [table for table in tables if table is not None]


def _table(
    upload: Upload,
    workbook: CalamineWorkbook,
    name: str,
    columns: Sequence[Column],
    facts: sheet_xml.SheetFacts,
) -> Table | None:
    try:
        sheet = workbook.get_sheet_by_name(name)
        grid: Any = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise upload.refused("exchange.damaged") from error
    _fill_merged(grid, sheet)
    heading = find_heading(grid, columns)
    return None if heading is None else sheet_table(upload, name, grid, heading, facts.unread)


def _fill_merged(grid: Grid, sheet: CalamineSheet) -> None:
    """A merged cell counts for every cell that it covers: `青石县` over twenty rows stands in all of them."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(grid) or left >= len(grid[top]):
            continue
        value = grid[top][left]
        for row in grid[top : bottom + 1]:
            row[left : right + 1] = [value] * len(row[left : right + 1])


@dataclass(frozen=True)
class _Rows:
    """The data rows of a grid, found once."""

    places: list[int]
    left_out: list[dict[str, Any]]


def sheet_table(
    upload: Upload,
    name: str,
    grid: Grid,
    heading: Heading,
    unread: dict[tuple[int, int], Unread],
) -> Table:
    """A table out of a grid of cells whose header row is known."""
    rows = _data_rows(grid, heading)
    if len(rows.places) > MAX_ROWS:
        raise upload.refused("exchange.too_many_rows", limit=MAX_ROWS)
    width = len(heading.headers)

    def batches() -> Iterator[Batch]:
        for start in range(0, len(rows.places), BATCH_ROWS):
            yield _batch(grid, rows.places[start : start + BATCH_ROWS], width, unread)

    return Table(
        name=name,
        headers=heading.headers,
        batches=batches,
        total=len(rows.places),
        crs_by_custom="EPSG:4490",  # what our templates ask for
        header_row=heading.last_row + 1,
        left_out=rows.left_out,
    )


def _data_rows(grid: Grid, heading: Heading) -> _Rows:
    rows = _Rows([], [])
    for place in range(heading.last_row + 1, len(grid)):
        why = why_no_data(grid[place])
        if why is None:
            rows.places.append(place)
        elif why != "empty":
            text = " ".join(str(cell) for cell in grid[place] if cell not in ("", None))
            rows.left_out.append({"row": place + 1, "why": why, "text": text[:120]})
    return rows


def _batch(grid: Grid, places: list[int], width: int, unread: dict[tuple[int, int], Unread]) -> Batch:
    cells = [_of_width(grid[place], width) for place in places]
    batch = Batch(rows=[place + 1 for place in places], columns=[list(c) for c in zip(*cells, strict=True)])
    if unread:
        at = {place: index for index, place in enumerate(places)}
        batch.unread = {
            (at[row], column): what for (row, column), what in unread.items() if row in at and column < width
        }
    return batch


def _of_width(row: list[Cell], width: int) -> list[Cell]:
    return row[:width] if len(row) >= width else row + [None] * (width - len(row))


__all__ = ["GUIDE_SHEETS", "MAX_COLUMNS", "read_workbook", "sheet_table"]
