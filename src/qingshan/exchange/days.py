"""How are days read and written?"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from qingshan.exchange.cells import Cell, plain, says_nothing
from qingshan.exchange.values import Fault, Stored, Type, word
from qingshan.rules.reasons import CHINESE

_YMD = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:[T ]*\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_MONTH = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
_SHORT = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_SERIAL_EPOCH = date(1899, 12, 30)
# 1927-05-18 to 2119-01-11: outside it a number is hardly a date
_SERIALS = range(10_000, 80_010)


@dataclass(frozen=True)
class Date(Type):
    """A day. Also read: 2026年3月1日, 2026.3.1, 20260301, and the serial number that a sheet keeps."""

    earliest: date = date(1900, 1, 1)
    latest: date = date(2199, 12, 31)

    def read(self, cell: Cell) -> date | None:
        if isinstance(cell, datetime):
            day = cell.date()
        elif isinstance(cell, date):
            day = cell
        elif says_nothing(cell):
            return None
        else:
            day = _spelled_day(cell)
        if not self.earliest <= day <= self.latest:
            raise Fault("exchange.not_a_date")
        return day

    def restored(self, stored: Stored) -> Any:
        return None if stored is None else date.fromisoformat(str(stored))

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        written: date | None = value
        return written

    @property
    def sample(self) -> str:
        return "2026-03-01"

    def name(self, language: str = CHINESE) -> str:
        return word(language, "日期，如 2026-03-01", "date, like 2026-03-01")


def _spelled_day(cell: Cell) -> date:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Fault("exchange.not_a_date")
    text = plain(cell)
    if found := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(*map(int, found.groups()))
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return _SERIAL_EPOCH + timedelta(days=int(text))
    if isinstance(cell, float) and math.isfinite(cell) and int(cell) in _SERIALS:
        return _SERIAL_EPOCH + timedelta(days=int(cell))
    raise _not_a_day(text)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Fault("exchange.not_a_date") from None


def _not_a_day(text: str) -> Fault:
    if _YEAR_MONTH.fullmatch(text):
        return Fault("exchange.date_incomplete", missing="日", missing_en="day")
    if _YEAR.fullmatch(text):
        return Fault("exchange.date_incomplete", missing="月和日", missing_en="month and day")
    if _SHORT.fullmatch(text):
        return Fault("exchange.date_ambiguous")
    return Fault("exchange.not_a_date")
