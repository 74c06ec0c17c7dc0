"""How do refused rows come back? In their original layout, faulty cells marked, the reasons beside them.

Corrected there and imported again, the workbook reads like the file that it came from.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from xlsxwriter.worksheet import Worksheet

from qingshan.exchange.cells import Cell, text_of
from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.readers.headings import REFUSAL_HEADERS
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
_PLAIN_NUMBER = re.compile(r"\d+\.\d+|[1-9]\d{0,14}")


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


@dataclass
class _Line:
    """One line of the sheet that comes back."""

    cells: list[Cell]
    faults: dict[int, list[str]]
    """Sentences by the place of the cell that they are about."""
    beside: tuple[Cell, ...]
    """Under our own headers."""


class _Sheet:
    """One table of the import with its refused rows."""

    def __init__(self, import_: Import, table: dict[str, Any], rows: Sequence[StagedRow]) -> None:
        self._rows = rows
        self._fields: dict[str, int] = dict(table["fields"])
        self._headers = [text for text in table["headers"] if text not in REFUSAL_HEADERS]
        self._places = [p for p, text in enumerate(table["headers"]) if text not in REFUSAL_HEADERS]
        self._at = {place: at for at, place in enumerate(self._places)}
        self._columns = declared_kind(import_.kind).by_name
        self._corners: list[str] = table.get("corners") or []
        outlined = table["has_shapes"] and not self._corners
        self._outlines = [parts_of(_outline(row)) if outlined else [] for row in rows]
        most = max(map(len, self._outlines), default=0)
        self._headers += continued_headers(OUTLINE.zh, most) if most else self._corners

    def write(self, sheet: Worksheet, looks: Formats) -> None:
        headers = [*self._headers, *REFUSAL_HEADERS]
        for place, (header, width) in enumerate(zip(headers, widths(headers), strict=True)):
            sheet.set_column(place, place, 60 if header == REFUSAL_HEADERS[-1] else width)
            sheet.write_string(0, place, header, looks["header"])
        lines = [
            line
            for row, outline in zip(self._rows, self._outlines, strict=True)
            for line in self._lines(row, outline)
        ]
        for number, line in enumerate(lines, start=1):
            self._write_line(sheet, number, line, looks)
        sheet.freeze_panes(1, 0)

    def _write_line(self, sheet: Worksheet, number: int, line: _Line, looks: Formats) -> None:
        for at, cell in enumerate(line.cells):
            faulty = at in line.faults
            look = looks["faulty"] if faulty else looks["text"] if isinstance(cell, str) else None
            write_cell(sheet, number, at, cell, look, looks["date"])
            if faulty:
                sheet.write_comment(number, at, "\n".join(line.faults[at]), {"x_scale": 2})
        for at, cell in enumerate(line.beside, start=len(self._headers)):
            write_cell(sheet, number, at, cell, looks["reason"], looks["date"])

    def _lines(self, row: StagedRow, outline: list[str]) -> Iterator[_Line]:
        """The row as it was; where it stood on several rows, one for each corner."""
        written = row.cells or []
        cells: list[Cell] = [written[place] if place < len(written) else None for place in self._places]
        sentences = "\n".join(self._sentences(row))
        first = _Line(
            [*cells, *outline], self._by_place(row), (row.sheet, row.row, self._where(row), sentences)
        )
        corners = str(written[-1] or "").splitlines() if self._corners and written else []
        if not corners:
            yield first
        for number, corner in enumerate(corners):
            *texts, at_row = corner.split("\t")
            values: list[Cell] = [_as_number(text) for text in texts]
            faults = self._of_corner(row, int(at_row))
            if number == 0:
                yield _Line([*cells, *values], {**first.faults, **faults}, first.beside)
            else:
                yield _Line([*([None] * len(cells)), *values], faults, (row.sheet, int(at_row), "", ""))

    def _of_corner(self, row: StagedRow, at_row: int) -> dict[int, list[str]]:
        """What is wrong with the corner of one row: one of its coordinates, or both."""
        faults: dict[int, list[str]] = defaultdict(list)
        for fault, sentence in zip(row.faults, self._sentences(row), strict=True):
            values = fault["values"]
            if values.get("field") == OUTLINE.name and values.get("row") == at_row:
                column = values.get("column")
                for header in [column] if column in self._corners else self._corners[-2:]:
                    faults[len(self._places) + self._corners.index(header)].append(sentence)
        return faults

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
            place = self._at.get(self._fields.get(fault["values"].get("field") or "", -1))
            if place is not None:
                faults[place].append(sentence)
        return faults


def _as_number(text: str) -> Cell:
    """A coordinate that is a plain number, as one; everything else as it was written."""
    return float(text) if _PLAIN_NUMBER.fullmatch(text) else text


def _outline(row: StagedRow) -> str:
    """The shape as it was read, a refused one too where its coordinates could be."""
    if row.geom is None:
        return ""
    return text_of(OUTLINE.type.cell(shapely.from_wkb(bytes(row.geom))))
