from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.areas import Area, area_text
from qingshan.rules.errors import RuleError

SIZES = st.decimals(min_value=0, max_value=10**12, places=4, allow_nan=False, allow_infinity=False)


def test_a_hectare_is_fifteen_mu_exactly() -> None:
    assert Area.of_hectares(1) == Area.of_mu(15) == Area.of_m2(10_000)
    assert Area.of_mu(1).m2 == Fraction(2000, 3)


@pytest.mark.parametrize(
    ("hectares", "mu"),
    [("1707.16", "25607.40"), ("3506.6666666666666667", "52600"), ("2393.3333333333333", "35900")],
)
def test_published_areas_agree_in_both_units(hectares: str, mu: str) -> None:
    assert abs(Area.of_hectares(Decimal(hectares)).mu - Fraction(mu)) < Fraction(1, 10**9)


@given(SIZES)
def test_no_conversion_loses_anything(size: Decimal) -> None:
    assert Area.of_m2(Area.of_mu(size).m2).mu == Fraction(size)
    assert Area.of_m2(Area.of_hectares(size).m2).hectares == Fraction(size)
    assert Area.of_mu(Area.of_hectares(size).mu).hectares == Fraction(size)


@pytest.mark.parametrize(
    ("m2", "zh", "en"),
    [
        (12_600, "1.26 公顷（18.9 亩）", "1.26 ha (18.9 mu)"),
        (12_600.0, "1.26 公顷（18.9 亩）", "1.26 ha (18.9 mu)"),
        (Decimal("17071600"), "1707.16 公顷（25607.4 亩）", "1707.16 ha (25607.4 mu)"),
        (10_000, "1.00 公顷（15 亩）", "1.00 ha (15 mu)"),
        (100, "0.01 公顷（0.2 亩）", "0.01 ha (0.2 mu)"),
        (85, "85 平方米（0.128 亩）", "85 m² (0.128 mu)"),
        (84.96, "85 平方米（0.127 亩）", "85 m² (0.127 mu)"),
        (0.5, "0.5 平方米（0.001 亩）", "0.5 m² (0.001 mu)"),
        (0, "0.00 公顷（0 亩）", "0.00 ha (0 mu)"),
        (None, "—", "—"),
    ],
)
def test_areas_are_said_in_hectares_and_mu(m2: float | None, zh: str, en: str) -> None:
    assert (area_text(m2), area_text(m2, "en")) == (zh, en)


@pytest.mark.parametrize("m2", [-1, -0.001, float("nan"), float("inf")])
def test_an_impossible_area_is_refused(m2: float) -> None:
    with pytest.raises(RuleError):
        Area.of_m2(m2)


def test_a_figure_typed_as_a_float_means_what_it_shows() -> None:
    assert Area.of_hectares(1.26).m2 == 12_600
    assert Area.of_mu(0.1).hectares == Fraction(1, 150)
