"""How are cells written so that no program takes a text for a formula, and so that they read back the same?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from qingshan.exchange.cells import Cell
from qingshan.exchange.outlines import LONGEST_CELL

Formats: TypeAlias = dict[str, Format]
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_PIECE = 256 * 1024
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
LONGEST_NAME = 31


def new_workbook(target: Any, *, streaming: bool = False) -> Workbook:
    """A workbook that never turns a text into a formula, a link or a number."""
    return xlsxwriter.Workbook(target, {**_OPTIONS, "constant_memory": streaming, "in_memory": not streaming})


def formats(workbook: Workbook) -> Formats:
    """The looks of our sheets."""
    return {
        "header": workbook.add_format({"bold": True, "bg_color": "#E3ECE8", "border": 1, "text_wrap": True}),
        "required": workbook.add_format(
            {"bold": True, "bg_color": "#E3ECE8", "border": 1, "text_wrap": True, "font_color": "#9C2A1F"}
        ),
        "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "text": workbook.add_format({"num_format": "@"}),
        "wrapped": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "faulty": workbook.add_format({"bg_color": "#F9D9D3", "num_format": "@"}),
        "faulty_date": workbook.add_format({"bg_color": "#F9D9D3", "num_format": "yyyy-mm-dd"}),
        "remarked": workbook.add_format({"bg_color": "#FBEFCF", "num_format": "@"}),
        "remarked_date": workbook.add_format({"bg_color": "#FBEFCF", "num_format": "yyyy-mm-dd"}),
        "reason": workbook.add_format({"font_color": "#9C2A1F", "text_wrap": True}),
    }


def write_cell(
    sheet: Worksheet, row: int, column: int, cell: Cell, form: Format | None, dates: Format
) -> None:
    """One cell by its type; a text stays a text whatever it starts with."""
    if cell is None or cell == "":
        if form is not None:
            sheet.write_blank(row, column, None, form)
    elif isinstance(cell, bool):
        sheet.write_string(row, column, "是" if cell else "否", form)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, dates)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, form)
    else:
        sheet.write_string(row, column, str(cell)[:32767], form)


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that the format allows and that no other sheet of the workbook has."""
    base = (name.translate(_FORBIDDEN_IN_NAMES).strip() or "Sheet")[:LONGEST_NAME]
    chosen, number = base, 1
    while chosen.casefold() in taken:
        number += 1
        chosen = f"{base[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
    taken.add(chosen.casefold())
    return chosen


def parts_of(text: str | None) -> list[str]:
    """A text too long for one cell, cut into cells."""
    text = text or ""
    return [text[start : start + LONGEST_CELL] for start in range(0, len(text), LONGEST_CELL)]


def continued_headers(header: str, count: int) -> list[str]:
    """The headers of a column and of those that go on where its cells are full."""
    return [header, *(f"{header}（续{number}）" for number in range(1, count))]


def pieces_of(path: Path) -> Iterator[bytes]:
    """The content of a file, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def widths(headers: Sequence[str]) -> list[int]:
    """Column widths in characters; a Chinese character takes two."""
    return [min(40, max(10, 2 + sum(2 if ord(c) > 0xFF else 1 for c in header))) for header in headers]
