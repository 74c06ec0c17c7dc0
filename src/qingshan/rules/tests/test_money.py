from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleError
from qingshan.rules.money import fen_of_wan, fen_of_yuan, money_text, wan, wan_text, yuan

FEN = st.integers(-(10**15), 10**15)


@given(FEN)
def test_no_fen_is_lost_in_either_unit(fen: int) -> None:
    assert fen_of_yuan(yuan(fen)) == fen_of_wan(wan(fen)) == fen
    assert fen_of_yuan(f"{yuan(fen):,f}") == fen


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (12_500_000, "12.5 万元", "12.5 ×10,000 yuan"),
        (1_320_000_000, "1320 万元", "1320 ×10,000 yuan"),
        (1_000_000, "1 万元", "1 ×10,000 yuan"),
        (1_230_000, "1.23 万元", "1.23 ×10,000 yuan"),
        (1_234_500, "12,345.00 元", "12,345.00 yuan"),
        (85_000, "850.00 元", "850.00 yuan"),
        (12_345_678, "123,456.78 元", "123,456.78 yuan"),
        (-12_500_000, "-12.5 万元", "-12.5 ×10,000 yuan"),
        (1, "0.01 元", "0.01 yuan"),
        (0, "0.00 元", "0.00 yuan"),
        (None, "—", "—"),
    ],
)
def test_an_amount_is_said_exactly(fen: int | None, zh: str, en: str) -> None:
    assert (money_text(fen), money_text(fen, "en")) == (zh, en)


@given(FEN)
def test_what_is_said_can_be_read_back(fen: int) -> None:
    number, unit = money_text(fen).split(" ")
    assert (fen_of_wan if unit == "万元" else fen_of_yuan)(number) == fen


def test_columns_headed_wan_yuan_are_rounded_half_up() -> None:
    assert wan_text(12_345_678) == "12.35"
    assert wan_text(1_234_500_000) == "1,234.50"
    assert wan_text(5_000, places=2) == "0.01"
    assert wan_text(None) == "—"


@pytest.mark.parametrize("typed", ["1,234.5", "１２３４.５", " 1234.50 ", Decimal("1234.5")])
def test_amounts_are_read_as_people_type_them(typed: str | Decimal) -> None:
    assert fen_of_yuan(typed) == 123_450


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (0.1, "rules.number.inexact"),
        (True, "rules.number.inexact"),
        (Decimal("0.001"), "rules.money.not_whole_fen"),
        ("0.005", "rules.money.not_whole_fen"),
        ("12万", "rules.money.not_a_number"),
        ("", "rules.money.not_a_number"),
        ("NaN", "rules.number.not_finite"),
    ],
)
def test_what_is_no_exact_amount_is_refused(amount: object, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        fen_of_yuan(amount)
    assert refused.value.code == code


@pytest.mark.parametrize("fen", [1.0, True, Decimal(3), "3"])
def test_fen_are_whole_numbers_and_nothing_else(fen: object) -> None:
    with pytest.raises(RuleError) as refused:
        money_text(fen)
    assert refused.value.code == "rules.money.not_whole_fen"
