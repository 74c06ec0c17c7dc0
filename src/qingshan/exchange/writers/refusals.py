"""How do refused rows come back? In their original layout, faulty cells marked, the reasons beside them.

Corrected there and imported again, the workbook reads like the file that it came from.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from xlsxwriter.worksheet import Worksheet

from qingshan.exchange.cells import Cell, text_of
from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.reading import REFUSAL_HEADERS
from qingshan.exchange.writers.sheets import (
    Formats,
    continued_headers,
    formats,
    new_workbook,
    parts_of,
    sheet_name,
    widths,
    write_cell,
)
from qingshan.rules.reasons import Reason, say

_CHUNK_ROWS = 2000


def refused_workbook(import_: Import) -> bytes:
    """The refused rows of an import as .xlsx."""
    target = io.BytesIO()
    workbook = new_workbook(target)
    looks, taken = formats(workbook), set[str]()
    for table in import_.layout.get("tables", []):
        rows = list(_rows_of(import_, table))
        if rows:
            sheet = workbook.add_worksheet(sheet_name(table["name"], taken))
            _Sheet(import_, table, rows).write(sheet, looks)
    if not taken:
        sheet = workbook.add_worksheet("退回说明")
        sheet.write_string(0, 0, "没有退回的行。")
    workbook.close()
    return target.getvalue()


def _rows_of(import_: Import, table: dict[str, Any]) -> Iterator[StagedRow]:
    first, last = table["positions"]
    found = StagedRow.objects.filter(
        source=import_, outcome=Outcome.REFUSED, position__gte=first, position__lt=last
    )
    return found.order_by("position").iterator(_CHUNK_ROWS)


class _Sheet:
    """One table of the import with its refused rows."""

    def __init__(self, import_: Import, table: dict[str, Any], rows: Sequence[StagedRow]) -> None:
        self._rows = rows
        self._fields: dict[str, int] = dict(table["fields"])
        self._headers = [text for text in table["headers"] if text not in REFUSAL_HEADERS]
        self._places = [p for p, text in enumerate(table["headers"]) if text not in REFUSAL_HEADERS]
        self._columns = declared_kind(import_.kind).by_name
        self._outlines = [parts_of(_outline(row)) if table["has_shapes"] else [] for row in rows]
        most = max(map(len, self._outlines), default=0)
        self._headers += continued_headers(OUTLINE.zh, most) if most else []

    def write(self, sheet: Worksheet, looks: Formats) -> None:
        headers = [*self._headers, *REFUSAL_HEADERS]
        for place, (header, width) in enumerate(zip(headers, widths(headers), strict=True)):
            sheet.set_column(place, place, 60 if header == REFUSAL_HEADERS[-1] else width)
            sheet.write_string(0, place, header, looks["header"])
        for number, (row, outline) in enumerate(zip(self._rows, self._outlines, strict=True), start=1):
            self._write_row(sheet, number, row, outline, looks)
        sheet.freeze_panes(1, 0)

    def _write_row(
        self, sheet: Worksheet, number: int, row: StagedRow, outline: list[str], looks: Formats
    ) -> None:
        faults = self._by_place(row)
        cells = row.cells or []
        for at, place in enumerate(self._places):
            cell = cells[place] if place < len(cells) else None
            look = looks["faulty"] if place in faults else looks["text"] if isinstance(cell, str) else None
            write_cell(sheet, number, at, cell, look, looks["date"])
            if place in faults:
                sheet.write_comment(number, at, "\n".join(faults[place]), {"x_scale": 2})
        for at, part in enumerate(outline, start=len(self._places)):
            sheet.write_string(number, at, part)
        beside: tuple[Cell, ...] = (row.sheet, row.row, self._where(row), "\n".join(self._sentences(row)))
        for at, cell in enumerate(beside, start=len(self._headers)):
            write_cell(sheet, number, at, cell, looks["reason"], looks["date"])

    def _sentences(self, row: StagedRow) -> list[str]:
        return [say(Reason(fault["code"], fault["values"])) for fault in row.faults]

    def _where(self, row: StagedRow) -> str:
        names = [fault["values"].get("field") for fault in row.faults]
        titles = [self._columns[name].zh if name in self._columns else OUTLINE.zh for name in names if name]
        return "、".join(dict.fromkeys(titles))

    def _by_place(self, row: StagedRow) -> dict[int, list[str]]:
        """Sentences by the place of the cell that they are about."""
        faults: dict[int, list[str]] = defaultdict(list)
        for fault, sentence in zip(row.faults, self._sentences(row), strict=True):
            place = self._fields.get(fault["values"].get("field") or "")
            if place is not None:
                faults[place].append(sentence)
        return faults


def _outline(row: StagedRow) -> str:
    """The shape as it was read; a shape that was itself refused stays in the file that was brought."""
    if row.geom is None:
        return ""
    return text_of(OUTLINE.type.cell(shapely.from_wkb(bytes(row.geom))))
