"""Where are the headers of a superior's table, and what stands in them, line by line?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qingshan.exchange.cells import Cell, folded, is_blank, text_of
from qingshan.exchange.columns import Column
from qingshan.exchange.filling.meaning import NEAR_ENOUGH, best_near, units_in, unnumbered
from qingshan.exchange.readers.headings import LOOK_AT_ROWS, find_heading

MAX_HEADERS = 200
_DIGEST_LENGTH = 32


@dataclass(frozen=True)
class Header:
    """The header over one column: its lines from top to bottom, cells merged over it included."""

    place: int
    """Number of the column, from 1."""
    lines: tuple[str, ...]

    @property
    def letter(self) -> str:
        return get_column_letter(self.place)

    @property
    def text(self) -> str:
        """As a person reads it."""
        return " / ".join(self.lines)

    @property
    def key(self) -> str:
        """As it is remembered."""
        return "/".join(map(folded, self.lines))[:255]


@dataclass(frozen=True)
class Layout:
    """The headers of one sheet."""

    sheet: str
    top: int
    bottom: int
    """First and last row of the headers, from 1."""
    headers: tuple[Header, ...]
    captions: tuple[str, ...] = ()
    """What stands above the headers: titles, `单位：公顷`."""

    @cached_property
    def digest(self) -> str:
        """The same for every copy of the table: which headers stand over which columns, in which units."""
        said = [[header.place, header.key] for header in self.headers], units_in(self.captions)
        text = json.dumps(said, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]

    def as_json(self) -> dict[str, Any]:
        headers = [[header.place, list(header.lines)] for header in self.headers]
        return {
            "sheet": self.sheet, "top": self.top, "bottom": self.bottom,
            "headers": headers, "captions": list(self.captions),
        }  # fmt: skip

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Layout:
        headers = tuple(Header(place, tuple(lines)) for place, lines in said["headers"])
        return cls(said["sheet"], said["top"], said["bottom"], headers, tuple(said["captions"]))


def layouts_of(workbook: Workbook, columns: Sequence[Column]) -> list[Layout]:
    """The sheets that have headers, those that are shown first."""
    sheets = [sheet for sheet in workbook.worksheets if isinstance(sheet, Worksheet)]
    shown = sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible")
    found = [layout_of(sheet, columns) for sheet in shown]
    return [layout for layout in found if layout is not None]


def layout_of(sheet: Worksheet, columns: Sequence[Column]) -> Layout | None:
    """The headers of a sheet; None where no row of it looks like headers."""
    grid = _grid(sheet)
    rows = _heading_rows(grid, columns)
    if rows is None:
        return None
    top, bottom = _whole_heading(sheet, grid, *rows)
    headers = tuple(_headers(sheet, grid, top, bottom))
    captions = tuple(dict.fromkeys(text for row in grid[: top - 1] for text in map(_text, row) if text))
    return Layout(sheet.title, top, bottom, headers, captions)


def _heading_rows(grid: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> tuple[int, int] | None:
    """From 1. Known names first; where there are none, the row with most names that are nearly known."""
    grid = [[unnumbered(cell) if isinstance(cell, str) else cell for cell in row] for row in grid]
    if found := find_heading(grid, columns):
        return found.first_row + 1, found.last_row + 1
    likely = [(_nearly_known(row, columns), -number) for number, row in enumerate(grid, start=1)]
    most, number = max(likely, default=(0, 0))
    return (-number, -number) if most >= 2 else None


def _nearly_known(row: Sequence[Cell], columns: Sequence[Column]) -> int:
    texts = {text for text in map(_text, row) if text}
    near = [best_near(text, columns) for text in texts]
    return len({found.column.name for found in near if found and found.score >= NEAR_ENOUGH})


def _whole_heading(
    sheet: Worksheet, grid: Sequence[Sequence[Cell]], top: int, bottom: int
) -> tuple[int, int]:
    """Cells that are merged downwards show how deep the headers are; so do groups with names below them."""
    before = None
    while (top, bottom) != before:
        before = top, bottom
        for merged in sheet.merged_cells.ranges:
            deep = merged.max_row > merged.min_row and merged.max_row <= LOOK_AT_ROWS
            if deep and merged.min_row <= bottom and merged.max_row >= top:
                top, bottom = min(top, merged.min_row), max(bottom, merged.max_row)
        if _groups(sheet, bottom) and _names_below(sheet, grid, bottom):
            bottom += 1
        if top > 1 and len(_groups(sheet, top - 1)) > 1:
            top -= 1
    return top, bottom


def _groups(sheet: Worksheet, row: int) -> list[Any]:
    """Cells of a row that are merged over some columns, but not over the table."""
    return [
        merged
        for merged in sheet.merged_cells.ranges
        if merged.min_row <= row == merged.max_row
        and 1 < merged.max_col - merged.min_col + 1 < sheet.max_column
        and _text(_shown(sheet, merged.min_row, merged.min_col))
    ]


def _names_below(sheet: Worksheet, grid: Sequence[Sequence[Cell]], row: int) -> bool:
    """Do several names stand below a group? Data would be below every column, not below groups alone."""
    if row >= len(grid):
        return False
    below = grid[row]
    under = {place for g in _groups(sheet, row) for place in range(g.min_col - 1, g.max_col)}
    written = {place for place, cell in enumerate(below) if _text(cell)}
    return len(written & under) > 1 and all(isinstance(below[place], str) for place in written)


def _headers(sheet: Worksheet, grid: Sequence[Sequence[Cell]], top: int, bottom: int) -> Iterator[Header]:
    covered = {
        place
        for merged in sheet.merged_cells.ranges
        if merged.min_row <= bottom <= merged.max_row
        for place in range(merged.min_col + 1, merged.max_col + 1)
    }
    width = max((len(row) for row in grid[top - 1 : bottom]), default=0)
    for place in range(1, min(width, MAX_HEADERS) + 1):
        lines = [_text(row[place - 1]) for row in grid[top - 1 : bottom] if place <= len(row)]
        said = [line for n, line in enumerate(lines) if line and (n == 0 or line != lines[n - 1])]
        if said and place not in covered:
            yield Header(place, tuple(said))


def _grid(sheet: Worksheet) -> list[list[Cell]]:
    """The first rows; a merged cell counts for every cell that it covers."""
    width = min(sheet.max_column, MAX_HEADERS)
    depth = min(sheet.max_row, LOOK_AT_ROWS)
    grid: list[list[Cell]] = [
        [_shown(sheet, row, place) for place in range(1, width + 1)] for row in range(1, depth + 1)
    ]
    for merged in sheet.merged_cells.ranges:
        value = _shown(sheet, merged.min_row, merged.min_col)
        for row in grid[merged.min_row - 1 : merged.max_row]:
            row[merged.min_col - 1 : merged.max_col] = [value] * len(row[merged.min_col - 1 : merged.max_col])
    return grid


def _shown(sheet: Worksheet, row: int, place: int) -> Cell:
    """What stands in a cell, without making one where there is none."""
    cell = sheet._cells.get((row, place))
    value = None if cell is None else cell.value
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _text(cell: Cell) -> str:
    return "" if is_blank(cell) else " ".join(text_of(cell).split())
