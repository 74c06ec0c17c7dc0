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
    scaled = abs(number) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((int(number < 0 < whole), digits, -places))


def printed(number: Fraction, places: int) -> str:
    """Rounded and written with exactly so many places: `1911.50`."""
    return f"{round_half_up(number, places):f}"


def printed_short(number: Fraction, places: int) -> str:
    """Rounded and written with at most so many places: `12.5`, `18.9`, `3`."""
    text = printed(number, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
