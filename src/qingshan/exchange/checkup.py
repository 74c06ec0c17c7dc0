"""What is wrong in this table? Looked at like an import, and nothing of it is kept.

The rows are read and judged as for an import, inside a transaction that is taken back; the file itself lies in
the temporary folder of one request only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.judging import Verdict
from qingshan.exchange.kinds import Context, Kind, all_kinds
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.readers.headings import find_heading
from qingshan.exchange.readers.hygiene import MEGABYTE, Upload, recognised
from qingshan.exchange.readers.opening import SHEETS, no_headers, sheets_in
from qingshan.exchange.readers.tables import Sheet, Table
from qingshan.exchange.readers.workbook import GUIDE_SHEETS, tables_in
from qingshan.exchange.rows import TableRows, columns_of, expected_of, source_of
from qingshan.rules.reasons import Reason

MOST_BYTES = 20 * MEGABYTE
MOST_ROWS = 20_000


@dataclass(frozen=True)
class CheckedRow:
    """One row with what is to be said about it."""

    sheet: str
    row: int
    faults: tuple[Reason, ...]
    remarks: tuple[Reason, ...]


@dataclass
class CheckedTable:
    """One table of the file: how it was read, and its rows."""

    table: Table
    layout: Mapping[str, Any]
    rows: list[CheckedRow]


@dataclass
class CheckUp:
    """What came of it."""

    kind: Kind
    file_name: str
    sheets: list[Sheet]
    tables: list[CheckedTable] = field(default_factory=list)

    @property
    def rows(self) -> list[CheckedRow]:
        return [row for table in self.tables for row in table.rows]

    @property
    def faulty(self) -> int:
        return sum(bool(row.faults) for row in self.rows)

    @property
    def remarked(self) -> int:
        return sum(bool(row.remarks) and not row.faults for row in self.rows)

    @property
    def good(self) -> int:
        return len(self.rows) - self.faulty - self.remarked

    @property
    def without_headers(self) -> list[str]:
        """Sheets in which something stands, but no headers that are known."""
        read = {id(table.table.sheet) for table in self.tables}
        return [
            sheet.name
            for sheet in self.sheets
            if sheet.name not in GUIDE_SHEETS and sheet.grid and id(sheet) not in read
        ]


def check_up(
    path: Path, file_name: str, *, kind: Kind | None, actor: Any, options: Mapping[str, Any] | None = None
) -> CheckUp:
    """Look at every row of a table; `kind` None finds the kind whose columns match best.

    Raises FileRefused for what is no table, too large, or matches two kinds equally well; Question where the
    file leaves something open.
    """
    upload = Upload(path, file_name)
    sheets = _sheets(upload)
    chosen = kind or _best_kind(upload, sheets)
    with transaction.atomic(), fewer_collections():
        result = _checked(upload, sheets, chosen, actor, options or {})
        transaction.set_rollback(True)
    return result


def _sheets(upload: Upload) -> list[Sheet]:
    size = upload.path.stat().st_size
    if size > MOST_BYTES:
        limit = MOST_BYTES // MEGABYTE
        raise upload.refused("exchange.too_big", size_mb=-(-size // MEGABYTE), limit_mb=limit)
    format = recognised(upload)
    if format not in SHEETS:
        raise upload.refused("exchange.tables_only")
    sheets = list(sheets_in(upload, format))
    if sum(len(sheet.grid) for sheet in sheets) > MOST_ROWS:
        raise upload.refused("exchange.too_many_rows", limit=MOST_ROWS)
    return sheets


def _best_kind(upload: Upload, sheets: Sequence[Sheet]) -> Kind:
    """The kind that knows most of the headers, and of those by whose own names more are called; two that know as many
    are named, not chosen between.
    """
    matches = {kind.code: _matched(sheets, kind) for kind in all_kinds()}
    most = max(matches.values(), default=0)
    equal = [kind for kind in all_kinds() if matches[kind.code] == most]
    called = {kind.code: _called_so(sheets, kind) for kind in equal}
    best = _plainest([kind for kind in equal if called[kind.code] > max(called.values()) - CLEARLY_MORE])
    if not most:
        raise upload.refused("exchange.no_kind_fits")
    if len(best) > 1:
        raise upload.refused(
            "exchange.kinds_fit",
            kinds="、".join(kind.title.zh for kind in best),
            kinds_en=", ".join(kind.title.en for kind in best),
        )
    return best[0]


def _plainest(kinds: Sequence[Kind]) -> list[Kind]:
    """Without those that are another one and more: where nothing of the more is there, the other is meant."""
    return [kind for kind in kinds if not any(_is_more_than(kind, other) for other in kinds)]


def _is_more_than(kind: Kind, other: Kind) -> bool:
    own = kind.columns
    return len(own) > len(other.columns) and all(column in own for column in other.columns)


def _matched(sheets: Iterable[Sheet], kind: Kind) -> int:
    columns = columns_of(kind)
    read = (sheet for sheet in sheets if sheet.name not in GUIDE_SHEETS)
    headings = (find_heading(sheet.grid, columns) for sheet in read)
    return sum(heading.matched for heading in headings if heading is not None)


HEADING_ROWS = 12
CLEARLY_MORE = 2
"""One name alone, such as 编号, says nothing."""


def _called_so(sheets: Iterable[Sheet], kind: Kind) -> int:
    """How many cells at the top are a column's own name, no other name for it."""
    names = {column.zh for column in kind.columns}
    cells = (cell for sheet in sheets for row in sheet.grid[:HEADING_ROWS] for cell in row)
    return sum(isinstance(cell, str) and cell.strip() in names for cell in cells)


def _checked(
    upload: Upload, sheets: list[Sheet], kind: Kind, actor: Any, options: Mapping[str, Any]
) -> CheckUp:
    expected = expected_of(kind, options)
    tables = tables_in(upload, sheets, expected)
    if not tables:
        raise no_headers(upload, expected.columns)
    context = Context(actor, 0, upload.name, dict(options), only_checked=True)
    source = source_of(kind, context)
    result = CheckUp(kind, upload.name, sheets)
    verdicts: list[list[Verdict]] = []
    for table in tables:
        rows = TableRows(source, table)
        verdicts.append([])
        for found, _cells in rows.verdicts():
            source.position += len(found)
            verdicts[-1] += found
        result.tables.append(CheckedTable(table, rows.layout(), []))
    position = 0
    for checked, found in zip(result.tables, verdicts, strict=True):
        for verdict in found:
            faults = (*verdict.draft.faults, *source.judge.twins.get(position, ()))
            row = CheckedRow(verdict.draft.sheet, verdict.draft.row, faults, tuple(verdict.draft.notes))
            checked.rows.append(row)
            position += 1
    if not position:
        raise upload.refused("exchange.no_rows")
    return result


def place_of(checked: CheckedTable, reason: Reason) -> tuple[int, int] | None:
    """The cell of the sheet, from 0, that a sentence is about; None where it is about the row."""
    table, name = checked.table, reason.values.get("field")
    row, place = reason.values.get("row"), reason.values.get("place")
    if not isinstance(row, int):
        return None
    if isinstance(place, int):
        return row - 1, place
    header = checked.layout["fields"].get(name)
    if header is not None:
        place = table.places[header] if table.places else header
        return (row - 1, place) if place >= 0 else None
    if name == OUTLINE.name and table.corners:
        return row - 1, table.corners_place
    return None
