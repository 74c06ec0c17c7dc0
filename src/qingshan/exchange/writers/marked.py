"""How does a table come back from its check-up? In its own layout, the cells marked, a sentence beside each row."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from xlsxwriter.worksheet import Worksheet

from qingshan.exchange.cells import Cell, text_of
from qingshan.exchange.checkup import CheckedTable, CheckUp, place_of
from qingshan.exchange.readers.headings import CHECKED, WHAT_WRONG
from qingshan.exchange.readers.tables import Sheet
from qingshan.exchange.writers.sheets import Formats, formats, new_workbook, sheet_name, write_cell
from qingshan.rules.reasons import Reason, say

FAULTY, REMARKED, GOOD = "有误", "有提示", "无误"
SUMMARY = "体检摘要"
_LOOKED_AT = 200
_WIDEST, _NARROWEST = 36, 8


def marked_workbook(result: CheckUp) -> bytes:
    """The whole file as .xlsx, whatever it was."""
    target = io.BytesIO()
    workbook = new_workbook(target)
    looks, taken = formats(workbook), set[str]()
    for sheet in result.sheets:
        if sheet.name == SUMMARY:
            continue
        page = workbook.add_worksheet(sheet_name(sheet.name, taken))
        marks = _Marks(sheet, [table for table in result.tables if table.table.sheet is sheet])
        _write_sheet(page, sheet, marks, looks)
    _write_summary(workbook.add_worksheet(sheet_name(SUMMARY, taken)), result, looks)
    workbook.close()
    return target.getvalue()


@dataclass
class _Marks:
    """What is to be marked in one sheet, from 0."""

    sheet: Sheet
    tables: Sequence[CheckedTable]
    faults: dict[tuple[int, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    remarks: dict[tuple[int, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[int, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.covered = _covered(self.sheet)
        for table in self.tables:
            for row in table.rows:
                self._mark(table, row.faults, self.faults)
                self._mark(table, row.remarks, self.remarks)
                word = FAULTY if row.faults else REMARKED if row.remarks else GOOD
                self.beside[row.row - 1] = word, "\n".join(map(say, (*row.faults, *row.remarks)))

    def _mark(
        self, table: CheckedTable, reasons: Iterable[Reason], marks: dict[tuple[int, int], list[str]]
    ) -> None:
        for reason in reasons:
            place = place_of(table, reason)
            if place is not None:
                marks[self.covered.get(place, place)].append(say(reason))


def _write_sheet(page: Worksheet, sheet: Sheet, marks: _Marks, looks: Formats) -> None:
    width = max(map(len, sheet.grid), default=0)
    hidden = frozenset(sheet.hidden_columns)
    for column, wide in enumerate(_widths(sheet, width)):
        page.set_column(column, column, wide, None, {"hidden": column in hidden})
    page.set_column(width, width, 10)
    page.set_column(width + 1, width + 1, 70)
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    _merge(page, sheet)
    for row, cells in enumerate(sheet.grid):
        for column, cell in enumerate(cells):
            if (row, column) not in marks.covered:
                _write_marked(page, (row, column), cell, marks, looks)
    for table in marks.tables:
        top = (table.table.header_row or 1) - 1
        page.write_string(top, width, CHECKED, looks["header"])
        page.write_string(top, width + 1, WHAT_WRONG, looks["header"])
    for row, (word, sentences) in marks.beside.items():
        page.write_string(row, width, word, looks["reason"] if word == FAULTY else looks["wrapped"])
        page.write_string(row, width + 1, sentences, looks["reason"] if word == FAULTY else looks["wrapped"])


def _write_marked(page: Worksheet, place: tuple[int, int], cell: Cell, marks: _Marks, looks: Formats) -> None:
    row, column = place
    said = [*marks.faults.get(place, ()), *marks.remarks.get(place, ())]
    look = looks["text"] if isinstance(cell, str) and cell else None
    dates = looks["date"]
    if said:
        name = "faulty" if place in marks.faults else "remarked"
        look, dates = looks[name], looks[f"{name}_date"]
        page.write_comment(row, column, "\n".join(said), {"x_scale": 2})
    if isinstance(cell, date) or cell is None or isinstance(cell, bool | int | float | str):
        write_cell(page, row, column, cell, look, dates)
    else:
        write_cell(page, row, column, text_of(cell), look, dates)


def _merge(page: Worksheet, sheet: Sheet) -> None:
    for (top, left), (bottom, right) in sheet.merged:
        if (bottom > top or right > left) and top < len(sheet.grid):
            page.merge_range(top, left, bottom, right, "")


def _covered(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells that a merged one hides, with the one that is shown; reading has filled them with its value."""
    return {
        (row, column): (top, left)
        for (top, left), (bottom, right) in sheet.merged
        for row in range(top, min(bottom + 1, len(sheet.grid)))
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _widths(sheet: Sheet, width: int) -> list[int]:
    """As wide as what stands in the first rows, within reason; a title over all of them counts for none."""
    found = [_NARROWEST] * width
    for cells in sheet.grid[:_LOOKED_AT]:
        texts = [text_of(cell).split("\n")[0] for cell in cells]
        if len({*texts} - {""}) > 1:
            for column, text in enumerate(texts):
                # a Chinese character takes two
                wide = 2 + sum(2 if ord(c) > 0xFF else 1 for c in text)
                found[column] = min(_WIDEST, max(found[column], wide))
    return found


def _write_summary(page: Worksheet, result: CheckUp, looks: Formats) -> None:
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 80)
    lines: list[tuple[str, Cell]] = [
        ("文件", result.file_name),
        ("按哪一类检查", result.kind.title.zh),
        ("行数", len(result.rows)),
        (GOOD, result.good),
        (REMARKED, result.remarked),
        (FAULTY, result.faulty),
    ]
    unknown = [text for table in result.tables for text in table.layout["unknown"]]
    if unknown:
        lines.append(("不认识的列", "、".join(dict.fromkeys(unknown))))
    if result.without_headers:
        lines.append(("没有表头的工作表", "、".join(result.without_headers)))
    for row, (title, value) in enumerate(lines):
        page.write_string(row, 0, title, looks["header"])
        write_cell(page, row, 1, value, looks["wrapped"], looks["date"])
