"""In which units do people write, and how much is one of them?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingshan.exchange.cells import folded


@dataclass(frozen=True)
class Unit:
    """A unit of one family; `size` is how many of the family's smallest unit it holds, exactly."""

    code: str
    zh: str
    en: str
    family: str
    size: Fraction
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.zh, self.en, *self.also)


def _unit(code: str, zh: str, en: str, family: str, size: Fraction | int, *also: str) -> Unit:
    return Unit(code, zh, en, family, Fraction(size), also)


M2 = _unit("m2", "平方米", "m²", "area", 1, "平米", "平方公尺", "sqm", "square metres", "square meters")
# 1 亩 = 2000/3 m²
MU = _unit("mu", "亩", "mu", "area", Fraction(2000, 3), "市亩")
HECTARE = _unit("ha", "公顷", "ha", "area", 10_000, "hectare", "hectares", "hm²")
KM2 = _unit("km2", "平方千米", "km²", "area", 1_000_000, "平方公里", "sqkm")
METRE = _unit("m", "米", "m", "length", 1, "metre", "metres", "meters", "公尺")
KILOMETRE = _unit("km", "千米", "km", "length", 1000, "公里")
M3 = _unit("m3", "立方米", "m³", "volume", 1, "方", "立方")
T_PER_YEAR = _unit("t_per_year", "吨/年", "t/a", "yearly output", 1, "吨每年", "t/年", "t/y")
T_PER_DAY = _unit("t_per_day", "吨/日", "t/d", "daily output", 1, "吨/天", "吨每日", "t/日", "t/天")
TONNE = _unit("t", "吨", "t", "mass", 1, "tonne", "tonnes")
KILOGRAM = _unit("kg", "千克", "kg", "mass", Fraction(1, 1000), "公斤", "kilogram", "kilograms")
FEN = _unit("fen", "分", "fen", "money", 1)
YUAN = _unit("yuan", "元", "yuan", "money", 100, "人民币元", "cny", "rmb")
PERCENT = _unit("percent", "%", "%", "share", 1, "百分之", "percent")
SHARE = _unit("share", "比例", "share", "share", 100)
DEGREE = _unit("deg", "度", "°", "angle", 1, "degree", "degrees", "deg")
YEAR = _unit("year", "年", "years", "time", 1, "a", "year")

UNITS = (
    M2,
    MU,
    HECTARE,
    KM2,
    METRE,
    KILOMETRE,
    M3,
    TONNE,
    KILOGRAM,
    T_PER_YEAR,
    T_PER_DAY,
    FEN,
    YUAN,
    PERCENT,
    SHARE,
    DEGREE,
    YEAR,
)
_BY_NAME = {
    (unit.family, folded(name)): unit for unit in reversed(UNITS) for name in (*unit.names, unit.code)
}
_MULTIPLES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百万": 1_000_000}


def unit_named(name: str, like: Unit) -> tuple[Unit, Fraction] | None:
    """The unit of the same family that a person wrote, and its multiple (`万亩`); None when it is none."""
    text = folded(name)
    if found := _BY_NAME.get((like.family, text)):
        return found, Fraction(1)
    for word, times in _MULTIPLES.items():
        if text.startswith(word) and (found := _BY_NAME.get((like.family, text[len(word) :]))):
            return found, Fraction(times)
    return None


def multiple_named(name: str) -> int | None:
    """`万` and `亿` standing alone behind a number."""
    return _MULTIPLES.get(name)


def factor(written: Unit, stored: Unit) -> Fraction:
    """How many stored units one written unit is."""
    return written.size / stored.size


def times(number: Decimal, by: Fraction) -> Decimal:
    """A number in another unit; thirds of a square metre are cut far below a square millimetre."""
    return number * by.numerator / by.denominator
