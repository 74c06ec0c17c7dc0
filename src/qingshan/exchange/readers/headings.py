"""Where does the table begin in a sheet, and which rows of it are no data?

Offices put titles above, merge header cells over two rows, number the columns, and end with totals and notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qingshan.exchange.cells import Cell, folded, is_blank, text_of
from qingshan.exchange.columns import Column, header_of

LOOK_AT_ROWS = 30
MAX_COLUMNS = 1000

_TOTALS = frozenset(
    {
        "合计",
        "总计",
        "小计",
        "共计",
        "累计",
        "合计数",
        "本页合计",
        "total",
        "subtotal",
        "grandtotal",
        "sum",
        "totals",
    }
)
_LONGEST_TOTALS = 16
_TOTALS_HINT = re.compile("计|[tTｔＴ][oOｏＯ]|[sSｓＳ][uUｕＵ]")
_NOTES = re.compile(
    r"(?i)(?:注|备注|说明|填写说明|填表说明|填报说明|填表人|填报人|制表|制表人|审核|审核人|复核人|负责人|单位负责人"
    r"|联系人|联系电话|填报单位|填报日期|填表日期|制表日期|单位|notes?)\s*[:：]"
)


@dataclass(frozen=True)
class Heading:
    """Where the headers stand and what they say."""

    first_row: int
    """From 0; the first data row follows `last_row`."""
    last_row: int
    headers: list[str]
    matched: int
    """How many columns are named."""
    units: int
    """How many of them with their unit."""

    @property
    def score(self) -> tuple[int, int]:
        return self.matched, self.units


def find_heading(grid: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> Heading | None:
    """The header row, one or two rows deep, that names most of the columns; None where no row names any."""
    best: Heading | None = None
    for row in range(min(LOOK_AT_ROWS, len(grid))):
        for heading in (_one_row(grid, row, columns), _two_rows(grid, row, columns)):
            if heading is not None and (best is None or heading.score > best.score):
                best = heading
    return best if best is not None and _convincing(best) else None


def _convincing(heading: Heading) -> bool:
    """One known word alone in a row may be a title; it is a header where the table has one column."""
    named = sum(1 for header in heading.headers if header)
    return heading.matched >= 2 or (heading.matched == 1 and named == 1)


def _one_row(grid: Sequence[Sequence[Cell]], row: int, columns: Sequence[Column]) -> Heading | None:
    headers = [_header_text(cell) for cell in grid[row][:MAX_COLUMNS]]
    heading = Heading(row, row, headers, *_matched(headers, columns))
    return heading if heading.matched else None


def _two_rows(grid: Sequence[Sequence[Cell]], row: int, columns: Sequence[Column]) -> Heading | None:
    """`面积` over `公顷` and `亩`; cells merged over several columns count for each of them."""
    if row + 1 >= len(grid):
        return None
    upper = [_header_text(cell) for cell in grid[row][:MAX_COLUMNS]]
    lower = [_header_text(cell) for cell in grid[row + 1][: len(upper)]]
    headers = [_joined(above, below, columns) for above, below in zip(upper, lower, strict=True)]
    heading = Heading(row, row + 1, headers, *_matched(headers, columns))
    alone = max(_matched(upper, columns), _matched(lower, columns))
    # a data row below the headers names nothing more
    return heading if heading.score > alone else None


def _joined(above: str, below: str, columns: Sequence[Column]) -> str:
    if not above or not below or above == below:
        return below or above
    for text in (f"{above}（{below}）", above + below, below, above):
        if (header := header_of(text, columns)) and header.unknown_unit is None:
            return text
    return f"{above}（{below}）"


def _header_text(cell: Cell) -> str:
    return "" if is_blank(cell) else " ".join(text_of(cell).split())


def _matched(headers: Sequence[str], columns: Sequence[Column]) -> tuple[int, int]:
    """How many columns are named, and how many headers say a unit."""
    found = [header for text in headers if text and (header := header_of(text, columns))]
    return len({header.column.name for header in found}), sum(header.unit is not None for header in found)


def why_no_data(cells: Sequence[Cell]) -> str | None:
    """`totals`, `notes` or `numbering` for a row that is none; None for data."""
    written = [cell for cell in cells if cell is not None and cell != ""]
    first = next((cell for cell in written if not is_blank(cell)), None)
    if first is None:
        return "empty"
    if isinstance(first, str) and _NOTES.match(text_of(first)):
        return "notes"
    if any(_is_totals(cell) for cell in written if isinstance(cell, str)):
        return "totals"
    if text_of(first) == "1" and _is_numbering(written):
        return "numbering"
    return None


def _is_totals(text: str) -> bool:
    # cheap first: this is asked of every text of a sheet
    return len(text) <= _LONGEST_TOTALS and _TOTALS_HINT.search(text) is not None and folded(text) in _TOTALS


def _is_numbering(cells: Sequence[Cell]) -> bool:
    return len(cells) > 2 and [text_of(cell) for cell in cells] == [str(n + 1) for n in range(len(cells))]
