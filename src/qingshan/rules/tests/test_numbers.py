from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleError
from qingshan.rules.numbers import exact, grouped, measured, plainly, printed, printed_short, round_half_up

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)


@given(DECIMALS, st.integers(0, 4))
def test_rounding_agrees_with_decimal_half_up(number: Decimal, places: int) -> None:
    expected = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert round_half_up(Fraction(number), places) == expected


@pytest.mark.parametrize(
    ("number", "places", "long", "short"),
    [
        (Fraction(5, 1000), 2, "0.01", "0.01"),
        (Fraction(4999, 1000000), 2, "0.00", "0"),
        (Fraction(-5, 1000), 2, "-0.01", "-0.01"),
        (Fraction(-1, 1000), 2, "0.00", "0"),
        (Fraction(25, 2), 2, "12.50", "12.5"),
        (Fraction(100), 0, "100", "100"),
        (Fraction(100), 2, "100.00", "100"),
        (Fraction(2, 3), 4, "0.6667", "0.6667"),
    ],
)
def test_numbers_are_printed_with_their_places(number: Fraction, places: int, long: str, short: str) -> None:
    assert (printed(number, places), printed_short(number, places)) == (long, short)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_measured_float_counts_as_it_prints(number: float) -> None:
    assert float(measured(number)) == number
    assert measured(number) == Fraction(Decimal(str(number)))


@pytest.mark.parametrize("number", [1.5, True, "3", None, float("nan")])
def test_what_is_not_exact_is_refused(number: object) -> None:
    with pytest.raises(RuleError) as refused:
        exact(number)
    assert refused.value.code == "rules.number.inexact"


@pytest.mark.parametrize("number", [Decimal("Infinity"), Decimal("NaN")])
def test_what_is_not_finite_is_refused(number: Decimal) -> None:
    with pytest.raises(RuleError) as refused:
        exact(number)
    assert refused.value.code == "rules.number.not_finite"


@pytest.mark.parametrize(
    ("number", "text"),
    [("126000", "126,000"), (300000.0, "300,000"), ("0.50", "0.5"), (1234.5678, "1,234.5678"), ("-45", "-45"), (0, "0"),
     ("1E+5", "100,000"), (100, "100")],
)  # fmt: skip
def test_a_quantity_is_grouped_and_never_rounded(number: float | str, text: str) -> None:
    assert grouped(number) == text


@pytest.mark.parametrize(
    ("number", "said"), [("1.5000", "1.5"), ("100", "100"), ("1E+2", "100"), ("0.00", "0"), ("-2.50", "-2.5")]
)
def test_a_quantity_is_written_without_trailing_zeros_or_powers(number: str, said: str) -> None:
    assert plainly(Decimal(number)) == said


def test_a_quantity_that_is_not_known_is_what_its_place_says() -> None:
    assert (plainly(None), plainly(None, missing="—")) == ("", "—")
