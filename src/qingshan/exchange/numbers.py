"""How are numbers with their units read and written?"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Any

from qingshan.exchange import units
from qingshan.exchange.cells import Cell, plain, says_nothing
from qingshan.exchange.units import Unit
from qingshan.exchange.values import Fault, Reader, Stored, Type, word
from qingshan.rules.reasons import CHINESE

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
        name = "" if unit is None else f" {word(language, unit.zh, unit.en)}"
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
            return word(language, "数字", "number")
        named = [unit for unit in units.UNITS if unit.family == self.unit.family]
        bare = self.bare or self.unit
        others = word(language, "、".join(u.zh for u in named), ", ".join(u.en for u in named))
        return word(
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
