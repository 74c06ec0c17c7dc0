"""Which rows of the sheet wait for objects, and where does the table end?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from qingshan.exchange.cells import folded, is_blank, text_of
from qingshan.exchange.filling.layouts import Layout
from qingshan.exchange.filling.references import spans_rows
from qingshan.exchange.filling.rows import is_formula
from qingshan.exchange.readers.headings import plainly_no_data

_EXAMPLE = re.compile(r"(?:填写|填报)?(?:示例|样例|范例|例)(?:\s*[:：\d]|$)|[(（](?:示例|样例|例)[)）]")
_NUMBERING = re.compile(r"[甲乙丙丁戊己庚辛]|\(?\d{1,3}\)?(?:=.*)?|栏次|序号|行次")
_TOTALS = re.compile("(?:合|总|小|共|累)计")
Contents = dict[int, dict[int, Any]]


@dataclass(frozen=True)
class Area:
    """The rows below the headers. `stop` is the first that is not the table's any more; None where nothing follows."""

    first: int
    printed: tuple[int, ...]
    blanks: tuple[int, ...]
    stop: int | None

    @property
    def after(self) -> int:
        """The row after which rows may be added."""
        return max((*self.blanks, *self.printed, self.first - 1))


def contents_of(sheet: Worksheet, below: int) -> Contents:
    """Cells with something in them, by row and column; walks what there is, not the rectangle."""
    found: Contents = defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        if row > below and getattr(cell, "value", None) is not None:
            found[row][column] = cell
    return found


def find_area(sheet: Worksheet, layout: Layout, *, sequence: Collection[int]) -> Area:
    """Numbering, a total that stands above, examples and printed rows come first; then the rows that are empty."""
    contents = contents_of(sheet, layout.bottom)
    last = max(contents, default=layout.bottom)
    row = layout.bottom + 1
    while row <= last and (
        is_numbering(contents.get(row, {})) or _is_total_above(sheet, layout, contents, row, sequence)
    ):
        row += 1
    first, printed = row, []
    while row <= last and kind_of(contents.get(row, {}), sequence) == "filled":
        printed.append(row)
        row += 1
    blanks = list(_blank_rows(sheet, layout, contents, row, sequence))
    below = [r for r in sorted(contents) if r >= row and kind_of(contents[r], sequence) != "blank"]
    return Area(first, tuple(printed), tuple(blanks), below[0] if below else None)


def _blank_rows(
    sheet: Worksheet, layout: Layout, contents: Contents, row: int, sequence: Collection[int]
) -> Iterator[int]:
    """Rows up to the next that says something; where rows are framed, those that are not belong to nobody."""
    last = max((place for place, _column in sheet._cells), default=row)
    framed = _is_framed(sheet, layout, row)
    while row <= last and kind_of(contents.get(row, {}), sequence) == "blank":
        if framed and not _is_framed(sheet, layout, row):
            return
        if not framed and row not in contents and not _is_used(sheet, layout, row):
            return
        yield row
        row += 1


def _is_framed(sheet: Worksheet, layout: Layout, row: int) -> bool:
    cells = [sheet._cells.get((row, header.place)) for header in layout.headers]
    return any(
        getattr(cell.border, side).style
        for cell in cells
        if cell is not None
        for side in ("left", "right", "bottom")
    )


def _is_used(sheet: Worksheet, layout: Layout, row: int) -> bool:
    return any((row, header.place) in sheet._cells for header in layout.headers)


def kind_of(cells: dict[int, Any], sequence: Collection[int]) -> str:
    """`blank`, `filled`, `totals` or `notes`. A printed number, or a formula within the row, leaves a row blank."""
    said = {column: cell for column, cell in cells.items() if not is_blank(_value(cell))}
    if any(is_formula(cell) and spans_rows(str(cell.value)) for cell in said.values()):
        return "totals"
    words = {column: cell for column, cell in said.items() if not is_formula(cell)}
    why = plainly_no_data([_value(cell) for _column, cell in sorted(words.items())])
    if why in {"totals", "notes"} or any(_TOTALS.match(folded(text_of(_value(c)))) for c in words.values()):
        return why if why == "notes" else "totals"
    return "filled" if set(words) - set(sequence) else "blank"


def _is_total_above(
    sheet: Worksheet, layout: Layout, contents: Contents, row: int, sequence: Collection[int]
) -> bool:
    """A total that stands right below the headers, with rows of the table after it."""
    if kind_of(contents.get(row, {}), sequence) != "totals":
        return False
    if kind_of(contents.get(row + 1, {}), sequence) not in {"blank", "filled"}:
        return False
    return _is_framed(sheet, layout, row + 1) or not _is_framed(sheet, layout, row)


def is_numbering(cells: dict[int, Any]) -> bool:
    """甲 乙 1 2 3, below the headers."""
    texts = [text_of(_value(cell)) for cell in cells.values() if not is_blank(_value(cell))]
    return len(texts) > 2 and all(_NUMBERING.fullmatch(text) for text in texts)


def is_example(cells: dict[int, Any]) -> bool:
    return any(_EXAMPLE.match(text_of(_value(cell))) for cell in cells.values())


def _value(cell: Any) -> Any:
    value = cell.value
    return value if value is None or isinstance(value, bool | int | float) else str(value)


__all__ = ["Area", "contents_of", "find_area", "is_example", "is_numbering", "kind_of"]
