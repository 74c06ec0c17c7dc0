"""How is what people write in a cell turned into a value, and how is a value written for people?

A type is told the cell and, for numbers, the unit of its header. What it cannot read it says as a `Fault`;
it never guesses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from qingshan.exchange import units
from qingshan.exchange.cells import Cell, folded, is_blank, plain, says_nothing, text_of
from qingshan.exchange.units import Unit
from qingshan.rules import identifiers
from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import CHINESE, ENGLISH, Reason, Value
from qingshan.rules.words import Named

Reader: TypeAlias = Callable[[Cell], Any]
Stored: TypeAlias = str | int | float | bool | None


class Fault(Exception):
    """A cell that cannot be read: the code of the sentence and what it needs beside row, column and value."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Type:
    """What all types can do. `None` is "nothing known" in every type."""

    def reader(self, unit: tuple[Unit, Fraction] | None = None) -> Reader:
        """The function that reads one cell of a column whose header names this unit."""
        return self.read

    def read(self, cell: Cell) -> Any:
        raise NotImplementedError

    def stored(self, value: Any) -> Stored:
        """As it waits in the staging table."""
        return None if value is None else str(value)

    def restored(self, stored: Stored) -> Any:
        """Back from the staging table."""
        return stored

    def same(self, one: Any, other: Any) -> bool:
        """Do both mean the same? Empty text and nothing are the same."""
        return (one or None) == (other or None)

    def say(self, value: Any, language: str = CHINESE) -> str:
        """For people; what is not known is a dash."""
        return "—" if value is None or value == "" else str(value)

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        """As it is written into an exported sheet, to be read again by `read`."""
        return None if value is None or value == "" else self.say(value, language)

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        """What may be written, where it is a short list."""
        return ()

    @property
    def sample(self) -> str:
        """Something that a template may show as an example."""
        return ""

    def name(self, language: str = CHINESE) -> str:
        """What a person would call this type."""
        raise NotImplementedError


_MARKUP = re.compile(r"<[a-zA-Z!/?][^<>]*>?|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
# half surrogates too: no database keeps them
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LONGEST_BLANK = 8
_STARTS_ODD = re.compile("[=<&]|[^<&]*[<&]")


@dataclass(frozen=True)
class Text(Type):
    """Free text. Web page code and formulas are refused: they are never what was meant."""

    limit: int = 500

    def read(self, cell: Cell) -> str | None:
        text = text_of(cell)
        if not text or (len(text) < _LONGEST_BLANK and is_blank(text)):
            return None
        if _STARTS_ODD.match(text):
            _no_code(text)
        if _CONTROL.search(text):
            raise Fault("exchange.control_characters")
        if len(text) > self.limit:
            raise Fault("exchange.too_long", length=len(text), limit=self.limit)
        return text

    @property
    def sample(self) -> str:
        return "青石沟"

    def name(self, language: str = CHINESE) -> str:
        return _word(language, f"文字（不超过 {self.limit} 字）", f"text (up to {self.limit} characters)")


def _no_code(text: str) -> None:
    if text.startswith("="):
        raise Fault("exchange.formula_as_text")
    if _MARKUP.search(text):
        raise Fault("exchange.markup")


_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*(.*)", re.DOTALL)
_ANY_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GREATEST = Decimal(10) ** 18


@dataclass(frozen=True)
class Number(Type):
    """A number. `unit` is what is stored, `written` what a bare number means (default: the same)."""

    unit: Unit | None = None
    written: Unit | None = None
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    places: int = 4

    def __post_init__(self) -> None:
        if self.written is not None and (self.unit is None or self.written.family != self.unit.family):
            raise ValueError("a written unit must be of the same family as the stored one")

    @property
    def bare(self) -> Unit | None:
        """The unit of a number that stands alone, as printed in the template's header."""
        return self.written or self.unit

    @cached_property
    def _step(self) -> Decimal:
        return Decimal(1).scaleb(-self.places)

    def reader(self, unit: tuple[Unit, Fraction] | None = None) -> Reader:
        bare = self._factor(*unit) if unit else self._factor(self.bare, Fraction(1))

        def read(cell: Cell) -> Any:
            if says_nothing(cell):
                return None
            number, by = self._written(cell, bare)
            return self._kept(number if by == 1 else units.times(number, by))

        return read

    def read(self, cell: Cell) -> Any:
        return self.reader()(cell)

    def _factor(self, written: Unit | None, times: Fraction) -> Fraction:
        if written is None or self.unit is None:
            return times
        return units.factor(written, self.unit) * times

    def _written(self, cell: Cell, bare: Fraction) -> tuple[Decimal, Fraction]:
        """The number as it stands in the cell, and how many stored units one of it is."""
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            if not math.isfinite(cell):
                raise Fault("exchange.not_a_number")
            return Decimal(repr(cell)), bare
        if not isinstance(cell, str):
            raise Fault("exchange.not_a_number")
        return self._spelled(cell, bare)

    def _spelled(self, cell: str, bare: Fraction) -> tuple[Decimal, Fraction]:
        text = " ".join(plain(cell).split())
        found = _NUMBER.fullmatch(text)
        digits, behind = (found[1].replace(",", ""), found[2].strip()) if found else ("", text)
        try:
            number = Decimal(digits)
        except InvalidOperation:
            raise _not_a_number(text) from None
        if not behind:
            return number, bare
        if self.unit is not None and (named := units.unit_named(behind, self.unit)):
            return number, self._factor(*named)
        if times := units.multiple_named(behind):
            return number, bare * times
        raise _not_a_number(text)

    def _kept(self, number: Decimal) -> Any:
        if abs(number) >= _GREATEST:
            raise Fault("exchange.number_too_large_to_read")
        number = number.quantize(self._step)
        if self.minimum is not None and number < self.minimum:
            raise Fault("exchange.too_small", limit=self._limit(self.minimum))
        if self.maximum is not None and number > self.maximum:
            raise Fault("exchange.too_large", limit=self._limit(self.maximum))
        return number

    def _limit(self, number: Decimal | int) -> str:
        return _digits(Decimal(number)) + (f" {self.unit.zh}" if self.unit else "")

    def restored(self, stored: Stored) -> Any:
        return None if stored is None else Decimal(str(stored))

    def same(self, one: Any, other: Any) -> bool:
        if one is None or other is None:
            return one is other
        return self._rounded(one) == self._rounded(other)

    def _rounded(self, number: Any) -> Decimal:
        exact = number if isinstance(number, Decimal) else Decimal(repr(number))
        return exact.quantize(self._step)

    def say(self, value: Any, language: str = CHINESE) -> str:
        if value is None:
            return "—"
        unit = self.bare
        name = "" if unit is None else f" {_word(language, unit.zh, unit.en)}"
        return _digits(self._in_bare(value)) + name

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        return None if value is None else float(self._in_bare(value))

    def _in_bare(self, value: Any) -> Decimal:
        number = self._rounded(value)
        if self.bare is None or self.unit is None or self.bare == self.unit:
            return number
        # enough digits for the stored value to come back exactly
        return round(units.times(number, units.factor(self.unit, self.bare)), self.places + 8)

    @property
    def sample(self) -> str:
        return _digits(max(Decimal(1), Decimal(self.minimum or 0)))

    def name(self, language: str = CHINESE) -> str:
        if self.unit is None:
            return _word(language, "数字", "number")
        named = [unit for unit in units.UNITS if unit.family == self.unit.family]
        bare = self.bare or self.unit
        others = _word(language, "、".join(u.zh for u in named), ", ".join(u.en for u in named))
        return _word(
            language,
            f"数字，单位{bare.zh}（也可写明：{others}）",
            f"number in {bare.en} (or say which: {others})",
        )


def _not_a_number(text: str) -> Fault:
    """Where exactly one number stands in the text, it is offered; `3万余` would be a wrong offer."""
    numbers = _ANY_NUMBER.findall(text)
    if len(numbers) != 1 or re.search("[万亿千百十]", text):
        return Fault("exchange.not_a_number")
    return Fault("exchange.not_a_number_but", suggestion=numbers[0])


def _digits(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


@dataclass(frozen=True)
class Integer(Number):
    """A whole number: counts, years, money in fen."""

    places: int = 0

    def _kept(self, number: Decimal) -> Any:
        if number != number.to_integral_value():
            raise Fault("exchange.not_whole")
        return int(super()._kept(number))

    def stored(self, value: Any) -> Stored:
        return None if value is None else int(value)

    def restored(self, stored: Stored) -> Any:
        return None if stored is None else int(stored)

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        written = super().cell(value, language)
        return int(written) if isinstance(written, float) and written.is_integer() else written


_YMD = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:[T ]*\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_MONTH = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
_SHORT = re.compile(r"\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})|\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
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
        return _word(language, "日期，如 2026-03-01", "date, like 2026-03-01")


def _spelled_day(cell: Cell) -> date:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Fault("exchange.not_a_date")
    text = plain(cell)
    if found := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(*map(int, found.groups()))
    if text.isdigit() and int(text) in _SERIALS:
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


_YES = frozenset({"是", "有", "对", "y", "yes", "true", "t", "1", "√", "✓", "✔"})
_NO = frozenset({"否", "无", "没有", "不是", "n", "no", "false", "f", "0", "×", "✗", "x"})


@dataclass(frozen=True)
class YesNo(Type):
    """是 or 否."""

    def read(self, cell: Cell) -> bool | None:
        if isinstance(cell, bool):
            return cell
        word = folded(text_of(cell))
        if word in _YES:
            return True
        if word in _NO:
            return False
        if says_nothing(cell):
            return None
        raise Fault("exchange.not_yes_no")

    def stored(self, value: Any) -> Stored:
        return None if value is None else bool(value)

    def same(self, one: Any, other: Any) -> bool:
        return one is other

    def say(self, value: Any, language: str = CHINESE) -> str:
        if value is None:
            return "—"
        return _word(language, "是", "yes") if value else _word(language, "否", "no")

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        return None if value is None else self.say(value, language)

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        return _word(language, "是", "yes"), _word(language, "否", "no")

    @property
    def sample(self) -> str:
        return "是"

    def name(self, language: str = CHINESE) -> str:
        return _word(language, "是或否", "yes or no")


@dataclass(frozen=True)
class Choice(Type):
    """One term of a fixed list, written as its Chinese or English name, its code, or another name of it."""

    terms: type[Named]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names by code: {"open_pit": ("露采", "露天开采")}."""

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for term in self.terms:
            for word in (term.value, term.zh, term.en, *self.also.get(term.value, ())):
                if words.setdefault(folded(word), term.value) != term.value:
                    raise ValueError(f"“{word}” names two terms of {self.terms.__name__}")
        return words

    def read(self, cell: Cell) -> str | None:
        word = folded(text_of(cell))
        if found := self._by_word.get(word):
            return found
        if says_nothing(cell):
            return None
        zh, en = "、".join(self.choices(CHINESE)), ", ".join(self.choices(ENGLISH))
        raise Fault("exchange.not_a_choice", choices=zh, choices_en=en)

    def say(self, value: Any, language: str = CHINESE) -> str:
        return self.terms(value).say(language) if value else "—"

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        return tuple(term.say(language) for term in self.terms)

    @property
    def sample(self) -> str:
        return self.choices()[0]

    def name(self, language: str = CHINESE) -> str:
        return _word(
            language,
            "选填其一：" + "、".join(self.choices(CHINESE)),
            "one of: " + ", ".join(self.choices(ENGLISH)),
        )


_EXACT_DIGITS = 15


@dataclass(frozen=True)
class Code(Type):
    """An identifier. `check` returns it as it is stored, or raises RuleError; `doubts` only warn."""

    check: Callable[[str], str] = str
    doubts: Callable[[str], tuple[Reason, ...]] | None = None
    limit: int = 64
    example: str = "A-001"

    def read(self, cell: Cell) -> str | None:
        if is_blank(cell):
            return None
        text = self._characters(cell)
        if text.startswith("="):
            raise Fault("exchange.formula_as_text")
        if "<" in text or "&" in text:
            _no_code(text)
        if _CONTROL.search(text):
            raise Fault("exchange.control_characters")
        if len(text) > self.limit:
            raise Fault("exchange.too_long", length=len(text), limit=self.limit)
        return self._checked(text)

    def _characters(self, cell: Cell) -> str:
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= 10**_EXACT_DIGITS:
            raise Fault("exchange.digits_lost")
        return " ".join(plain(cell).split())

    def _checked(self, text: str) -> str:
        try:
            return self.check(text)
        except RuleError as error:
            why, why_en = error.say(CHINESE), error.say(ENGLISH)
            raise Fault("exchange.not_an_identifier", why=why, why_en=why_en) from error

    @property
    def sample(self) -> str:
        return self.example

    def name(self, language: str = CHINESE) -> str:
        return _word(language, "编号（单元格请设为文本格式）", "identifier (format the cells as text)")


USCC = Code(
    check=lambda text: identifiers.uscc(text).text,
    doubts=lambda text: identifiers.uscc(text).warnings,
    example="91110000600037341L",
)
"""统一社会信用代码."""
REGION_CODE = Code(check=lambda text: identifiers.region_code(text).text, example="990101")
"""行政区划代码: 6, 9 or 12 digits, or 境外."""
LICENCE_NO = Code(
    check=lambda text: identifiers.licence_no(text).text,
    doubts=lambda text: identifiers.licence_no(text).warnings,
    example="C9901012020011120000001",
)
"""采矿许可证号."""


def _word(language: str, zh: str, en: str) -> str:
    return en if language.lower().startswith("en") else zh
