"""How are numbers kept exact until they are printed?"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from qingshan.rules.errors import RuleError

Exact = int | Decimal | Fraction


def exact(number: Exact) -> Fraction:
    """A whole number, Decimal or Fraction as a Fraction. A float or a bool raises RuleError: not exact."""
    if isinstance(number, bool | float) or not isinstance(number, int | Decimal | Fraction):
        raise RuleError.because("rules.number.inexact", number=repr(number))
    if isinstance(number, Decimal) and not number.is_finite():
        raise RuleError.because("rules.number.not_finite", number=str(number))
    return Fraction(number)


def measured(number: Exact | float) -> Fraction:
    """A measured quantity. A float counts as the shortest decimal that prints like it: 1.26 is 126/100."""
    return exact(Decimal(repr(number)) if isinstance(number, float) else number)


def round_half_up(number: Fraction, places: int) -> Decimal:
    """Rounded once, from the exact value; halves go away from zero (四舍五入)."""
    whole = _whole(number, places)
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((int(number < 0 < whole), digits, -places))


def _whole(number: Fraction, places: int) -> int:
    """The rounded size in units of the last place, without its sign."""
    power: int = 10**places
    twice, below = 2 * abs(number.numerator) * power, number.denominator
    return (twice + below) // (2 * below)


def printed(number: Fraction, places: int) -> str:
    """Rounded and written with exactly so many places: `1911.50`."""
    whole = _whole(number, places)
    digits = str(whole).zfill(places + 1)
    sign = "-" if whole and number.numerator < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def printed_short(number: Fraction, places: int) -> str:
    """Rounded and written with at most so many places: `12.5`, `18.9`, `3`."""
    text = printed(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(number: Exact | float | str) -> str:
    """As people read a quantity: thousands apart, nothing rounded, no empty decimals: `126,000`, `0.5`."""
    value = Decimal(repr(number) if isinstance(number, float) else str(number))
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plainly(number: Decimal | None, *, missing: str = "") -> str:
    """As people write it, without trailing zeros or powers of ten: 1.5000 → 1.5, 1E+2 → 100; `missing` for None."""
    return missing if number is None else f"{number.normalize():f}"
