"""What stands in a workbook? Every table with headers that we know, hidden ones too."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from xlsxwriter.utility import xl_col_to_name

from qingshan.exchange.cells import Cell, text_of
from qingshan.exchange.columns import Column
from qingshan.exchange.readers import sheet_xml
from qingshan.exchange.readers.corners import Section, corner_table
from qingshan.exchange.readers.headings import (
    MAX_COLUMNS,
    Heading,
    find_heading,
    heading_at,
    repeats,
    why_no_data,
)
from qingshan.exchange.readers.hygiene import Format, Upload
from qingshan.exchange.readers.labelled import labelled, units_said
from qingshan.exchange.readers.ods_xml import refuse_odd_ods
from qingshan.exchange.readers.tables import BATCH_ROWS, MAX_ROWS, Batch, Expected, Grid, Sheet, Table
from qingshan.rules.reasons import Reason

GUIDE_SHEETS = frozenset({"填写说明", "可选项", "退回说明", "体检摘要"})
"""Sheets that our own templates add; they hold no data."""


def tables_in(upload: Upload, sheets: Iterable[Sheet], expected: Expected) -> list[Table]:
    """The tables of these sheets. Sheets without known headers are left out."""
    return [
        table
        for sheet in sheets
        if sheet.name not in GUIDE_SHEETS
        for table in _tables_of(upload, sheet, expected)
    ]


def sheets_of(upload: Upload, format: Format) -> Iterator[Sheet]:
    """Every sheet as a grid of cells."""
    facts = sheet_xml.examined(upload) if format is Format.XLSX else {}
    if format is Format.ODS:
        refuse_odd_ods(upload)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(upload.path.read_bytes()))
    except PasswordError as error:
        raise upload.refused("exchange.encrypted") from error
    except (CalamineError, OSError) as error:
        raise upload.refused("exchange.damaged") from error
    for name in workbook.sheet_names:
        yield _sheet(upload, workbook, name, facts.get(name, sheet_xml.SheetFacts()))


def _sheet(upload: Upload, workbook: CalamineWorkbook, name: str, facts: sheet_xml.SheetFacts) -> Sheet:
    try:
        sheet = workbook.get_sheet_by_name(name)
        grid: Any = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise upload.refused("exchange.damaged") from error
    merged = tuple(sheet.merged_cell_ranges or ())
    _fill_merged(grid, merged)
    return Sheet(
        name,
        grid,
        unread=facts.unread,
        merged=merged,
        hidden_rows=tuple(row for row in sorted(facts.hidden_rows) if row < len(grid)),
        hidden_columns=tuple(sorted(facts.hidden_columns)),
    )


def _fill_merged(grid: Grid, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A merged cell counts for every cell that it covers: `青石县` over twenty rows stands in all of them."""
    for (top, left), (bottom, right) in merged:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        value = grid[top][left]
        for row in grid[top : bottom + 1]:
            row[left : right + 1] = [value] * len(row[left : right + 1])


def _tables_of(upload: Upload, sheet: Sheet, expected: Expected) -> list[Table]:
    """The tables of one sheet, one below another; those without rows only where there is nothing else."""
    tables = []
    for section in _sections(sheet, expected.columns):
        table = corner_table(sheet, section, expected) or _plain_table(upload, sheet, section)
        table.sheet = sheet
        table.notes += _hidden_ones(sheet)
        tables.append(table)
    return [table for table in tables if table.total] or tables[:1]


def _hidden_ones(sheet: Sheet) -> list[Reason]:
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return []
    rows, columns = _numbers(sheet.hidden_rows), "、".join(map(xl_col_to_name, sheet.hidden_columns[:20]))
    values = {"sheet": sheet.name, "rows": rows or None, "columns": columns or None}
    return [Reason("exchange.hidden_read", values)]


def _numbers(rows: Sequence[int]) -> str:
    """Rows as a person counts them, the longest runs shortened: `7–9、12`."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said = [f"{first + 1}–{last + 1}" if last > first else str(first + 1) for first, last in runs[:20]]
    return "、".join(said) + ("…" if len(runs) > len(said) else "")


def _sections(sheet: Sheet, columns: Sequence[Column]) -> Iterator[Section]:
    """The tables of a sheet, with the lines above each that belong to it."""
    heading, above = find_heading(sheet.grid, columns), 0
    while heading is not None:
        following = _following(sheet, heading, columns)
        end = len(sheet.grid) if following is None else following.first_row
        split = end if following is None else _where_labels_begin(sheet, heading, end, columns)
        yield Section(heading, above, split)
        heading, above = following, split


def _following(sheet: Sheet, heading: Heading, columns: Sequence[Column]) -> Heading | None:
    """The next headers below: other ones, in a row that follows no data row or begins with a name we know."""
    grid, known = sheet.grid, frozenset().union(*(column.words for column in columns))
    row, merged = heading.last_row + 1, _merged_rows(sheet)
    while row < len(grid):
        if again := repeats(heading, grid, row):
            row += again
            continue
        first = next((cell for cell in grid[row] if cell is not None and cell != ""), None)
        if isinstance(first, str) and (
            first in known
            or (_all_text(grid[row]) and why_no_data(grid[row - 1], heading, merged=row - 1 in merged))
        ):
            found = heading_at(grid, row, columns)
            if (
                found is not None
                and found.mostly_known
                and found.first_row == row
                and found.headers != heading.headers
            ):
                return found
        row += 1
    return None


def _all_text(cells: Sequence[Cell]) -> bool:
    return all(cell is None or isinstance(cell, str) for cell in cells)


def _where_labels_begin(sheet: Sheet, heading: Heading, end: int, columns: Sequence[Column]) -> int:
    """Between two tables: lines with labels and titles belong to the lower one, notes to the upper one."""
    row = end
    merged = _merged_rows(sheet)
    while row - 1 > heading.last_row:
        cells = sheet.grid[row - 1]
        why = why_no_data(cells, heading, merged=row - 1 in merged)
        pairs = [pair for pair in labelled(cells, columns) if pair.header]
        if why not in {"empty", "group"} and not pairs:
            break
        row -= 1
    return row


def _merged_rows(sheet: Sheet) -> frozenset[int]:
    """Rows with a cell merged over several columns."""
    return frozenset(top for (top, left), (bottom, right) in sheet.merged if right > left and top == bottom)


@dataclass(frozen=True)
class _Rows:
    """The data rows of a table, found once."""

    places: list[int]
    left_out: list[dict[str, Any]]


def _plain_table(upload: Upload, sheet: Sheet, section: Section) -> Table:
    """A table with one object on each row."""
    heading, rows = section.heading, _data_rows(sheet, section)
    if len(rows.places) > MAX_ROWS:
        raise upload.refused("exchange.too_many_rows", limit=MAX_ROWS)
    width = len(heading.headers)

    def batches() -> Iterator[Batch]:
        for start in range(0, len(rows.places), BATCH_ROWS):
            yield _batch(sheet, rows.places[start : start + BATCH_ROWS], width)

    return Table(
        name=sheet.name,
        headers=heading.headers,
        batches=batches,
        total=len(rows.places),
        crs_by_custom="EPSG:4490",  # what our templates ask for
        header_row=heading.last_row + 1,
        left_out=rows.left_out,
        units_said=units_said(sheet.grid[section.above : heading.first_row]),
    )


def _data_rows(sheet: Sheet, section: Section) -> _Rows:
    rows, heading, grid = _Rows([], []), section.heading, sheet.grid
    merged = _merged_rows(sheet)
    row = heading.last_row + 1
    while row < section.end:
        again = repeats(heading, grid, row)
        why = "headers" if again else why_no_data(grid[row], heading, merged=row in merged)
        if why is None:
            rows.places.append(row)
        elif why != "empty":
            rows.left_out.append({"row": row + 1, "why": why, "text": _text_of_row(grid[row])})
        row += again or 1
    return rows


def _text_of_row(cells: Sequence[Cell]) -> str:
    return " ".join(dict.fromkeys(text_of(cell) for cell in cells if cell not in ("", None)))[:120]


def _batch(sheet: Sheet, places: list[int], width: int) -> Batch:
    cells = [_of_width(sheet.grid[place], width) for place in places]
    batch = Batch(rows=[place + 1 for place in places], columns=[list(c) for c in zip(*cells, strict=True)])
    if sheet.unread:
        at = {place: index for index, place in enumerate(places)}
        batch.unread = {
            (at[row], column): what
            for (row, column), what in sheet.unread.items()
            if row in at and column < width
        }
    return batch


def _of_width(row: list[Cell], width: int) -> list[Cell]:
    return row[:width] if len(row) >= width else row + [None] * (width - len(row))


__all__ = ["GUIDE_SHEETS", "MAX_COLUMNS", "sheets_of", "tables_in"]
