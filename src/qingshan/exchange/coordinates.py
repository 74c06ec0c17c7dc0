"""How are coordinates written in cells? As decimal degrees, as degrees, minutes and seconds, or in metres."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingshan.exchange.cells import Cell, plain, says_nothing
from qingshan.exchange.numbers import Number
from qingshan.exchange.units import Unit
from qingshan.exchange.values import Fault, Reader

_BEFORE = r"(?:东经|北纬|[XYEN]\s*[:=]?)?\s*"
_BEHIND = r"\s*(?:[EN]|东经?|北纬?)?"
_DEGREES = re.compile(
    _BEFORE
    + r"(\d{1,3})\s*(?:°|度|:|-|\s)\s*(\d{1,2})\s*(?:'|分|:|-|\s)\s*(\d{1,2}(?:\.\d+)?)\s*(?:\"|秒)?"
    + _BEHIND,
    re.IGNORECASE,
)
_MINUTES = re.compile(
    _BEFORE + r"(\d{1,3})\s*(?:°|度)\s*(\d{1,2}(?:\.\d+)?)\s*(?:'|分)" + _BEHIND, re.IGNORECASE
)
_NUMBER = re.compile(
    _BEFORE + r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:米|m|°|度)?" + _BEHIND, re.IGNORECASE
)
_MARKS = str.maketrans({"º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "”": '"', "“": '"', "″": '"'})
_SIXTY = 60


def coordinate(cell: Cell) -> Decimal:
    """One coordinate as a number of degrees or metres; anything else is a Fault."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        return Decimal(repr(cell))
    if not isinstance(cell, str):
        raise Fault("exchange.not_a_coordinate")
    # marks first: narrowing would take them apart
    text = plain(cell.translate(_MARKS)).replace("''", '"')
    if found := _DEGREES.fullmatch(text):
        return _from_parts(found[1], found[2], found[3])
    if found := _MINUTES.fullmatch(text):
        return _from_parts(found[1], found[2], "0")
    if found := _NUMBER.fullmatch(text):
        return Decimal(found[1].replace(",", ""))
    raise Fault("exchange.not_a_coordinate")


def _from_parts(degrees: str, minutes: str, seconds: str) -> Decimal:
    if Decimal(minutes) >= _SIXTY or Decimal(seconds) >= _SIXTY:
        raise Fault("exchange.not_a_coordinate")
    exact = Decimal(degrees) + (Decimal(minutes) * _SIXTY + Decimal(seconds)) / (_SIXTY * _SIXTY)
    # a hundredth of a millimetre: what divides by 3600 never ends
    return round(exact, 10)


class Coordinate(Number):
    """Half of a point's place in a cell of its own."""

    def reader(self, unit: tuple[Unit, Fraction] | None = None) -> Reader:
        def read(cell: Cell) -> Any:
            return None if says_nothing(cell) else self._kept(coordinate(cell))

        return read
