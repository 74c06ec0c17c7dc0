"""Where does a table begin in a sheet, and which rows of it are no data?

Offices put titles above, spread the headers over two or three rows, number the columns, print the headers on
every page, put one table below another, and end with totals and notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qingshan.exchange.cells import Cell, folded, is_blank, text_of
from qingshan.exchange.columns import Column, header_of
from qingshan.exchange.readers.corner_columns import CornerColumns, corner_columns, is_axis

LOOK_AT_ROWS = 30
MAX_COLUMNS = 1000
DEEPEST = 3
"""Rows of one header."""

SHEET_BEFORE, ROW_BEFORE, WHERE_WRONG, WHAT_WRONG = "原工作表", "原行号", "问题列", "问题说明"
REFUSAL_HEADERS = (SHEET_BEFORE, ROW_BEFORE, WHERE_WRONG, WHAT_WRONG)
"""Columns that our workbook of refused rows adds."""
CHECKED = "检查结果"
OUR_HEADERS = frozenset({*REFUSAL_HEADERS, CHECKED})
"""Columns that we have added to what comes back; read again, they are no data."""
SEQUENCE = frozenset({"序号", "序", "顺序号", "no.", "no", "#"})
"""Headers of columns that only count the rows."""
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
_TOTALS_OF = re.compile(
    r"(?:.{0,8}(?:省|市|县|区|旗|乡|镇|街道|本页|本表|全部|以上))?(?:合计|小计|总计|共计|累计)(?:数)?"
    r"(?:\(.{1,10}\)|\d+(?:个|处|座|家|条)?)?[:：]?"
)
_NOTES = re.compile(
    r"(?i)[(（*※]?(?:注|备注|说明|填写说明|填表说明|填报说明|填表人|填报人|制表|制表人|审核|审核人|复核人|负责人|单位负责人"
    r"|联系人|联系电话|填报单位|填报日期|填表日期|制表日期|单位|notes?)\s*\d*\s*[:：]"
)
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]")
_SENTENCE = re.compile("[。；，]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LONG_TEXT = 20
_WIDE = 3
"""Columns of a table in which a text alone in its row is more likely a heading than half a data row."""


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
    corners: CornerColumns | None = None
    """Columns for corners of shapes, if there are any."""

    @property
    def score(self) -> tuple[int, int]:
        return self.matched, self.units

    @property
    def named(self) -> int:
        """How many different headers there are, known or not."""
        return len({header for header in self.headers if header})

    @property
    def mostly_known(self) -> bool:
        """A row of labels with their values names as many things as it knows; headers know more."""
        return self.matched >= 2 and self.matched * 2 > self.named


def find_heading(
    grid: Sequence[Sequence[Cell]], columns: Sequence[Column], *, first: int = 0
) -> Heading | None:
    """The first headers from a row on, one to three rows deep; None where no row names any column."""
    best: Heading | None = None
    for row in range(first, min(first + LOOK_AT_ROWS, len(grid))):
        found = heading_at(grid, row, columns)
        if found is None:
            continue
        if best is not None and best.mostly_known and found.first_row > best.last_row:
            break
        if best is None or found.score > best.score:
            best = found
    return best if best is not None and _convincing(best) else None


def _convincing(heading: Heading) -> bool:
    """One known word alone in a row may be a title; it is a header where the table has one column."""
    return heading.matched >= 2 or (heading.matched == 1 and heading.named == 1)


def heading_at(grid: Sequence[Sequence[Cell]], row: int, columns: Sequence[Column]) -> Heading | None:
    """The headers that begin in this row: another row belongs to them only if it names more."""
    best = _rows(grid, row, 1, columns)
    for depth in range(2, DEEPEST + 1):
        if row + depth > len(grid):
            break
        deeper = _rows(grid, row, depth, columns)
        below = _rows(grid, row + 1, depth - 1, columns)
        # a data row below the headers names nothing more; a header merged downwards stands in the rows below again
        taller = deeper.score >= below.score and _go_down(grid, row, depth)
        if deeper.score > max(best.score, below.score) or (taller and deeper.score > best.score):
            best = deeper
    return best if best.matched else None


def _go_down(grid: Sequence[Sequence[Cell]], row: int, depth: int) -> bool:
    """Are headers of the first row merged down to the last of these rows?"""
    first, last = grid[row], grid[row + depth - 1]
    return any(
        isinstance(above, str) and not is_blank(above) and above == below
        for above, below in zip(first, last, strict=False)
    )


def _rows(grid: Sequence[Sequence[Cell]], row: int, depth: int, columns: Sequence[Column]) -> Heading:
    """`面积` over `公顷` and `亩`; cells merged over several columns count for each of them."""
    rows = [[_header_text(cell) for cell in one[:MAX_COLUMNS]] for one in grid[row : row + depth]]
    width = len(rows[0])
    levels = [[texts[place] if place < len(texts) else "" for texts in rows] for place in range(width)]
    corners = corner_columns(levels)
    headers = [_joined(level, columns, shared=_shared(levels, place)) for place, level in enumerate(levels)]
    aside = corners.places if corners else frozenset()
    matched, units = _matched([text for place, text in enumerate(headers) if place not in aside], columns)
    matched += len({corners.role_at[place] for place in aside}) if corners else 0
    return Heading(row, row + depth - 1, headers, matched, units, corners)


def _shared(levels: Sequence[Sequence[str]], place: int) -> bool:
    """Does the uppermost header stand over several columns?"""
    beside = [levels[at][0] for at in (place - 1, place + 1) if 0 <= at < len(levels)]
    return levels[place][0] in beside


def _joined(levels: Sequence[str], columns: Sequence[Column], *, shared: bool) -> str:
    text = ""
    for below in levels:
        text = _two_joined(text, below, columns, shared=shared)
    return text


def _two_joined(above: str, below: str, columns: Sequence[Column], *, shared: bool) -> str:
    if not above or not below or above == below:
        return below or above
    if is_axis(below):
        return below
    beside = header_of(f"{above}（{below}）", columns)
    if beside is not None and beside.unit is not None:
        return f"{above}（{below}）"
    for text in (above + below, below) if shared else (above + below, below, above):
        if (header := header_of(text, columns)) and header.unknown_unit is None:
            return text
    return f"{above} {below}" if shared else f"{above}（{below}）"


def _header_text(cell: Cell) -> str:
    return "" if is_blank(cell) else " ".join(text_of(cell).split())


def _matched(headers: Sequence[str], columns: Sequence[Column]) -> tuple[int, int]:
    """How many columns are named, and how many headers say a unit."""
    found = [header for text in headers if text and (header := header_of(text, columns))]
    return len({header.column.name for header in found}), sum(header.unit is not None for header in found)


def why_no_data(cells: Sequence[Cell], heading: Heading, *, merged: bool = False) -> str | None:
    """`empty`, `totals`, `notes`, `group` or `numbering` for a row that is none; None for data.

    `merged`: some of its cells were merged into one.
    """
    written = [cell for cell in cells if cell is not None and cell != ""]
    first = next((cell for cell in written if not is_blank(cell)), None)
    if first is None:
        return "empty"
    if isinstance(first, str):
        text = text_of(first)
        if _NOTES.match(text):
            return "notes"
        if heading.named >= _WIDE and _stands_alone(cells, first, heading, merged=merged):
            why = _alone(text, merged=merged)
            if why is not None:
                return why
    why = plainly_no_data(written)
    return why or ("empty" if len(written) == 1 and _only_counted(cells, heading) else None)


def plainly_no_data(cells: Sequence[Cell]) -> str | None:
    """`empty`, `totals`, `notes` or `numbering` by the words of the row alone; None for what may be data."""
    written = [cell for cell in cells if not is_blank(cell)]
    if not written:
        return "empty"
    if isinstance(written[0], str) and _NOTES.match(text_of(written[0])):
        return "notes"
    if any(_is_totals(cell) for cell in written if isinstance(cell, str)):
        return "totals"
    return "numbering" if text_of(written[0]) == "1" and _is_numbering(written) else None


def _stands_alone(cells: Sequence[Cell], text: Cell, heading: Heading, *, merged: bool) -> bool:
    """One text in the first column, or over several columns, and nothing else in the row."""
    places = [place for place, cell in enumerate(cells) if cell is not None and cell != ""]
    if len(places) == 1:
        start = next(place for place, header in enumerate(heading.headers) if header)
        return places[0] <= start or merged
    return merged and all(cells[place] == text for place in places)


def _alone(text: str, *, merged: bool) -> str | None:
    """A text that has a row to itself: a sub-heading, a total, a sentence below the table, or half a data row."""
    if _is_totals(text):
        return "totals"
    if not _CHINESE.search(text):
        return None
    if len(text) > _LONG_TEXT or _SENTENCE.search(text):
        return "notes"
    return "group" if merged or _GROUP.match(text) else None


def _only_counted(cells: Sequence[Cell], heading: Heading) -> bool:
    """A row prepared for later: nothing but its running number."""
    place = next(place for place, cell in enumerate(cells) if cell is not None and cell != "")
    return place < len(heading.headers) and heading.headers[place].casefold() in SEQUENCE


def _is_totals(text: str) -> bool:
    # cheap first: this is asked of every text of a sheet
    if len(text) > _LONGEST_TOTALS or not _TOTALS_HINT.search(text):
        return False
    word = folded(text)
    return word in _TOTALS or _TOTALS_OF.fullmatch(word) is not None


def _is_numbering(cells: Sequence[Cell]) -> bool:
    return len(cells) > 2 and [text_of(cell) for cell in cells] == [str(n + 1) for n in range(len(cells))]


def repeats(heading: Heading, grid: Sequence[Sequence[Cell]], row: int) -> int:
    """How many rows from this one on print the same headers again: all of them, or none."""
    depth = heading.last_row - heading.first_row + 1
    # cheap first: this is asked of every row
    if row + depth > len(grid) or not _begins_alike(grid[heading.first_row], grid[row]):
        return 0
    same = all(_texts(grid[heading.first_row + step]) == _texts(grid[row + step]) for step in range(depth))
    return depth if same else 0


def _begins_alike(headers: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Does the same text stand under the first header?"""
    place, text = next(((at, cell) for at, cell in enumerate(headers) if cell not in (None, "")), (0, None))
    if place >= len(cells) or not isinstance(cells[place], str):
        return False
    return bool(cells[place] == text) or _header_text(cells[place]) == _header_text(text)


def _texts(cells: Iterable[Cell]) -> list[str]:
    texts = ["" if (text := _header_text(cell)) in OUR_HEADERS else text for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts
