"""How does what the register holds become what a cell of somebody else's table wants?

The unit that the header names, the date format of the column, the words of its drop-down list; text stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles.numbers import is_date_format
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from qingshan.exchange.cells import folded, looks_like_formula
from qingshan.exchange.columns import Choice, Column, Date, Number, YesNo
from qingshan.exchange.filling.meaning import Measured
from qingshan.exchange.units import factor, times
from qingshan.rules.numbers import plainly
from qingshan.rules.words import Named

GENERAL, TEXT, ISO = "General", "@", "yyyy-mm-dd"
_LONGEST = 32_767
_LONGEST_LIST = 10_000
_SHOWN_PLACES = {"m2": "0.00", "mu": "0.00", "ha": "0.0000", "km2": "0.000000", "deg": "0.000000"}


class Why(Named):
    """未填原因: why a cell stays empty."""

    NOT_HELD = "not_held", "台账中没有这一项", "the register has no such item"
    NOT_REPORTED = "not_reported", "没有填报", "not reported"
    NO_MATCH = "no_match", "无法对应", "cannot be matched"


class Unfilled(Exception):
    """The cell stays empty, and this is why."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.detail = detail

    @property
    def sentence(self) -> str:
        return f"{self.why.zh}：{self.detail}" if self.detail else self.why.zh


@dataclass(frozen=True)
class Wanted:
    """What a column of the table wants to hold."""

    column: Column
    unit: Measured | None = None
    hint: str = ""
    """Which date the header asks for, see `date_hint`."""
    options: Mapping[str, str] | None = None
    """The words of its drop-down list, by their folded form."""


def write(cell: Any, value: Any, wanted: Wanted) -> None:
    """Write a value as the column wants it; raises Unfilled where there is none or none that fits."""
    if value is None or value == "":
        raise Unfilled(Why.NOT_REPORTED)
    kind = wanted.column.type
    if isinstance(kind, Date):
        _write_day(cell, value, wanted)
    elif isinstance(kind, Number):
        _write_number(cell, value, kind, wanted.unit)
    else:
        text = _word(wanted.column, value) if wanted.options is None else _option(value, wanted)
        write_text(cell, text)


def write_text(cell: Any, text: str) -> None:
    """A text, whatever it starts with; the sheet is told so too, for who edits it later. Blanks say nothing."""
    said = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    if not said.strip():
        raise Unfilled(Why.NOT_REPORTED)
    cell.value = said
    cell.data_type = "s"
    if looks_like_formula(text):
        cell.quotePrefix = True


def _word(column: Column, value: Any) -> str:
    return column.type.say(value)


def _option(value: Any, wanted: Wanted) -> str:
    """Our term as the table's list spells it."""
    options = wanted.options or {}
    stems = {_stem(option): word for option, word in reversed(list(options.items()))}
    spellings = [folded(word) for word in _spellings(wanted.column, value)]
    for held, words in ((options, spellings), (stems, [_stem(word) for word in spellings])):
        if found := next((held[word] for word in words if word in held), None):
            return found
    raise Unfilled(Why.NO_MATCH, f"下拉选项中没有“{_word(wanted.column, value)[:60]}”")


_TAILS = re.compile("(?:开采|矿山|类型|状态|型|类|的)$")


def _stem(word: str) -> str:
    """露天 and 露天开采 are the same choice."""
    return _TAILS.sub("", word) or word


def _spellings(column: Column, value: Any) -> tuple[str, ...]:
    kind = column.type
    if isinstance(kind, Choice):
        term = kind.terms(value)
        return (term.zh, term.en, *kind.also.get(value, ()), str(value))
    if isinstance(kind, YesNo):
        return ("是", "有", "√", "Y", "yes") if value else ("否", "无", "×", "N", "no")
    return (kind.say(value),)


def _write_number(cell: Any, value: Any, kind: Number, unit: Measured | None) -> None:
    number = in_unit(value, kind, unit)
    whole = number == number.to_integral_value()
    cell.value = int(number) if whole and kind.places == 0 else float(number)
    shown = (unit[0] if unit else kind.bare) if kind.unit else None
    if cell.number_format == GENERAL and not whole:
        # all digits are kept, a table shows those that are read
        cell.number_format = _SHOWN_PLACES.get(shown.code, "0.00##") if shown else "0.00##"


def in_unit(value: Any, kind: Number, unit: Measured | None) -> Decimal:
    """A stored number in the unit of the header; with digits enough to come back exactly."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    number = number.quantize(Decimal(1).scaleb(-kind.places))
    written, multiple = unit or (kind.bare, 1)
    if kind.unit is None or written is None:
        return number
    return round(
        times(number, factor(kind.unit, written) / multiple), kind.places + 8 + len(str(multiple)) - 1
    )


def in_words(value: Any, wanted: Wanted) -> str:
    """What would stand in the cell, for a page; empty where nothing would."""
    kind = wanted.column.type
    if value is None or value == "":
        return ""
    if isinstance(kind, Date):
        return spelled(value, wanted.hint or "%Y-%m-%d")
    if isinstance(kind, Number):
        return plainly(round(in_unit(value, kind, wanted.unit), 6))
    return _word(wanted.column, value)


_HINTS = (
    ("%Y%m%d", re.compile(r"yyyymmdd|(?:如|例)[:：]?(?:19|20)\d{6}|8位|八位", re.IGNORECASE)),
    ("%Y.%m.%d", re.compile(r"yyyy\.mm\.dd|(?:19|20)\d\d\.\d{1,2}\.\d{1,2}", re.IGNORECASE)),
    ("%Y/%m/%d", re.compile(r"yyyy/mm/dd|(?:19|20)\d\d/\d{1,2}/\d{1,2}", re.IGNORECASE)),
    (
        "%Y年%m月%d日",
        re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日|年月日|年/月/日|年、月、日|××年×月×日|xx年x月x日"),
    ),
    ("%Y.%m", re.compile(r"yyyy\.mm|(?:19|20)\d\d\.\d{1,2}", re.IGNORECASE)),
    ("%Y-%m", re.compile(r"yyyy-mm(?!-)|(?:19|20)\d\d-\d{1,2}(?![-\d])", re.IGNORECASE)),
    ("%Y年%m月", re.compile(r"(?:19|20)\d\d年\d{1,2}月|[（(]年月[)）]|年、月")),
    ("%Y", re.compile(r"[（(]年份?[)）]|年份|年度")),
)


def date_hint(text: str) -> str:
    """Which way of writing days a header asks for; empty where it leaves that to us."""
    return next((form for form, pattern in _HINTS if pattern.search(text)), "")


def _write_day(cell: Any, day: date, wanted: Wanted) -> None:
    """As a day where the cells are days, or say nothing; as text where they are text or the header spells it."""
    form = cell.number_format
    if is_date_format(form) and form != GENERAL:
        cell.value = day
        cell.number_format = form
    elif wanted.hint == "%Y":
        cell.value = day.year
    elif wanted.hint or form == TEXT:
        write_text(cell, spelled(day, wanted.hint or "%Y-%m-%d"))
    else:
        cell.value = day
        cell.number_format = ISO


def spelled(day: date, form: str) -> str:
    """As strftime, which cannot write 年 on every machine."""
    parts = {"%Y": f"{day.year:04}", "%m": f"{day.month:02}", "%d": f"{day.day:02}"}
    for mark, digits in parts.items():
        form = form.replace(mark, digits)
    return form


def options_at(workbook: Workbook, sheet: Worksheet, row: int, place: int) -> dict[str, str] | None:
    """The drop-down list of a cell; None where it has none that can be read."""
    for validation in sheet.data_validations.dataValidation:
        if validation.type != "list" or not validation.formula1:
            continue
        if any(
            r.min_row <= row <= r.max_row and r.min_col <= place <= r.max_col for r in validation.sqref.ranges
        ):
            words = _listed(workbook, sheet, str(validation.formula1))
            return {folded(word): word for word in words} or None
    return None


def _listed(workbook: Workbook, sheet: Worksheet, source: str) -> list[str]:
    if source.startswith('"'):
        return [word.strip() for word in source.strip('"').split(",") if word.strip()]
    if name := workbook.defined_names.get(source) or sheet.defined_names.get(source):
        source = name.attr_text or ""
    on, _mark, cells = source.rpartition("!")
    title = on.strip("'").replace("''", "'") or sheet.title
    if title not in workbook.sheetnames:
        return []
    try:
        left, top, right, bottom = CellRange(cells.replace("$", "")).bounds
    except (ValueError, TypeError):
        return []
    if (bottom - top) * (right - left) > _LONGEST_LIST:
        return []
    held = workbook[title]._cells
    found = [held.get((r, c)) for r in range(top, bottom + 1) for c in range(left, right + 1)]
    return [str(cell.value) for cell in found if cell is not None and cell.value is not None]
