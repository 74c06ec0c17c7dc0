"""How much money? Whole fen (分) are stored and summed; yuan and 万元 only read and shown; never a float."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from qingshan.rules.errors import RuleError
from qingshan.rules.numbers import exact, printed_short, round_half_up
from qingshan.rules.reasons import CHINESE
from qingshan.rules.words import normalised

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
"""Fen in 万元, ten thousand yuan."""
_FEN_SHOWN_EXACTLY_IN_WAN = FEN_PER_WAN // 100


def fen_of_yuan(yuan: int | Decimal | str) -> int:
    """Fen from yuan. A float, or a part of a fen, raises RuleError."""
    return _whole_fen(_number(yuan) * FEN_PER_YUAN, yuan)


def fen_of_wan(wan: int | Decimal | str) -> int:
    """Fen from 万元. A float, or a part of a fen, raises RuleError."""
    return _whole_fen(_number(wan) * FEN_PER_WAN, wan)


def yuan(fen: int) -> Decimal:
    """Fen as yuan, exact, two decimals."""
    return round_half_up(Fraction(_fen(fen), FEN_PER_YUAN), 2)


def wan(fen: int) -> Decimal:
    """Fen as 万元, exact, six decimals."""
    return round_half_up(Fraction(_fen(fen), FEN_PER_WAN), 6)


def wan_text(fen: int | None, *, places: int = 2) -> str:
    """The number alone for a column headed 万元, rounded half up; a dash where nothing is known."""
    return "—" if fen is None else f"{round_half_up(Fraction(_fen(fen), FEN_PER_WAN), places):,f}"


def money_text(fen: int | None, language: str = CHINESE) -> str:
    """An amount with its unit, exact: `12.5 万元` where two decimals hold it, else `123,456.78 元`."""
    if fen is None:
        return "—"
    english = language.lower().startswith("en")
    if abs(_fen(fen)) >= FEN_PER_WAN and fen % _FEN_SHOWN_EXACTLY_IN_WAN == 0:
        amount = printed_short(Fraction(fen, FEN_PER_WAN), 2)
        return f"{amount} {'×10,000 yuan' if english else '万元'}"
    return f"{yuan(fen):,f} {'yuan' if english else '元'}"


def _fen(fen: int) -> int:
    if isinstance(fen, bool) or not isinstance(fen, int):
        raise RuleError.because("rules.money.not_whole_fen", amount=str(fen))
    return fen


def _number(amount: int | Decimal | str) -> Fraction:
    if not isinstance(amount, str):
        return exact(amount)
    try:
        return exact(Decimal(normalised(amount).replace(",", "")))
    except InvalidOperation as not_a_number:
        raise RuleError.because("rules.money.not_a_number", amount=amount) from not_a_number


def _whole_fen(fen: Fraction, amount: int | Decimal | str) -> int:
    if fen.denominator != 1:
        raise RuleError.because("rules.money.not_whole_fen", amount=str(amount))
    return fen.numerator
