from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleError
from qingshan.rules.rates import Basis, Rate, Unit

HECTARES = (Unit.HECTARE, Basis.AREA)


def codes_of(refused: pytest.ExceptionInfo[RuleError]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_the_same_work_differs_by_count_and_by_area() -> None:
    """Hunan, Yangtze belt, 2020: 468 of 545 sites and 1,707.16 of 1,911.50 ha."""
    by_count = Rate.by_sites(468, 545)
    by_area = Rate(Decimal("1707.16"), Decimal("1911.50"), *HECTARES)
    assert by_count.say() == "85.87% = 468 / 545 处（按处）"
    assert by_area.say() == "89.31% = 1707.16 / 1911.50 公顷（按面积）"
    assert by_area.say("en") == "89.31% = 1707.16 / 1911.50 ha (by area)"
    assert by_count.say("en") == "85.87% = 468 / 545 sites (by count of sites)"
    assert Rate.by_mines(5, 7).say() == "71.43% = 5 / 7 座（按矿山）"


@pytest.mark.parametrize(
    ("whole", "shown"),
    [("1911.39", "89.32%"), ("1911.40", "89.31%"), ("1911.60", "89.31%"), ("1911.61", "89.30%")],
)
def test_the_published_percentage_bounds_the_target_area(whole: str, shown: str) -> None:
    assert Rate(Decimal("1707.16"), Decimal(whole), *HECTARES).percent_text() == shown


@pytest.mark.parametrize(
    ("done", "whole", "shown"),
    [
        (1275, 2164, "58.92%"),
        (335, 280, "119.64%"),
        (2725, 35900, "7.59%"),
        (46, 46, "100.00%"),
        (0, 7, "0.00%"),
    ],
)
def test_published_figures_come_out_as_published(done: int, whole: int, shown: str) -> None:
    assert Rate.by_items(done, whole).percent_text() == shown


def test_areas_come_in_square_metres_and_money_in_fen() -> None:
    assert Rate.by_area(17_071_600.0, 19_115_000).say() == "89.31% = 1707.16 / 1911.50 公顷（按面积）"
    assert Rate.by_money(12_500_000, 50_000_000).say() == "25.00% = 12.50 / 50.00 万元（按资金）"
    assert Rate(5, 20, Unit.MU, Basis.AREA).say() == "25.00% = 5.0 / 20.0 亩（按面积）"
    progress = Rate(Decimal("26.2944"), 32, Unit.WEIGHT, Basis.WEIGHTED_PROGRESS)
    assert progress.say() == "82.17% = 26.29 / 32.00 权重（按加权进度）"


def test_nothing_observed_is_unknown_and_never_nought() -> None:
    rate = Rate.by_area(None, 19_115_000)
    assert rate.value is None
    assert rate.reaches(0) is None
    assert rate.say() == "— = — / 1911.50 公顷（按面积）"
    assert rate.why_unknown is not None
    assert rate.why_unknown.code == "rules.rate.nothing_observed"


def test_nothing_to_do_has_no_rate() -> None:
    rate = Rate.by_sites(0, 0)
    assert rate.value is None
    assert rate.say() == "— = 0 / 0 处（按处）"
    assert rate.why_unknown is not None
    assert rate.why_unknown.code == "rules.rate.nothing_to_do"
    assert Rate.by_sites(0, 3).why_unknown is None


def test_a_rate_without_a_denominator_cannot_be_built() -> None:
    with pytest.raises(TypeError):
        Rate(468)
    with pytest.raises(RuleError) as refused:
        Rate(468, None, Unit.SITE, Basis.SITES)
    assert codes_of(refused) == ["rules.rate.denominator_missing"]


@pytest.mark.parametrize(
    ("numbers", "unit", "basis", "code"),
    [
        ((1, -2), Unit.SITE, Basis.SITES, "rules.rate.denominator_negative"),
        ((1, 2), Unit.HECTARE, Basis.SITES, "rules.rate.unit_does_not_fit"),
        ((1, 2), Unit.SITE, Basis.AREA, "rules.rate.unit_does_not_fit"),
        ((Decimal("1.5"), 2), Unit.SITE, Basis.SITES, "rules.rate.count_not_whole"),
        ((1, Decimal("2.5")), Unit.ITEM, Basis.ITEMS, "rules.rate.count_not_whole"),
        ((0.5, 2), Unit.HECTARE, Basis.AREA, "rules.number.inexact"),
        ((1, 2.0), Unit.HECTARE, Basis.AREA, "rules.number.inexact"),
        ((True, 2), Unit.SITE, Basis.SITES, "rules.number.inexact"),
        ((1, Decimal("NaN")), Unit.HECTARE, Basis.AREA, "rules.number.not_finite"),
    ],
)
def test_a_rate_that_makes_no_sense_cannot_be_built(
    numbers: tuple[object, object], unit: Unit, basis: Basis, code: str
) -> None:
    with pytest.raises(RuleError) as refused:
        Rate(*numbers, unit, basis)
    assert codes_of(refused) == [code]


@pytest.mark.parametrize(
    ("done", "whole", "line", "reached"),
    [(9, 10, 90, True), (899_999, 1_000_000, 90, False), (1, 3, Decimal("33.33"), True), (2, 3, 67, False)],
)
def test_a_line_is_judged_on_the_exact_share(done: int, whole: int, line: int, reached: bool) -> None:
    assert Rate.by_items(done, whole).reaches(line) is reached


@pytest.mark.parametrize(("done", "shown"), [(1, "0.13%"), (3, "0.38%"), (5, "0.63%"), (799, "99.88%")])
def test_halves_go_up(done: int, shown: str) -> None:
    """Of 800 each is exactly an eighth of a percent: 0.125, 0.375, 0.625, 99.875."""
    assert Rate.by_sites(done, 800).percent_text() == shown


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_rounding_agrees_with_decimal_arithmetic(done: int, whole: int) -> None:
    expected = (Decimal(done * 100) / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert Rate.by_sites(done, whole).percent_text() == f"{expected}%"


@given(st.none() | st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["zh-hans", "en"]))
def test_what_is_said_always_carries_basis_and_fraction(done: int | None, whole: int, language: str) -> None:
    rate = Rate.by_sites(done, whole)
    said = rate.say(language)
    assert Basis.SITES.say(language) in said
    assert f" / {whole} " in said
    assert (rate.value is None) == (rate.why_unknown is not None) == said.startswith("—")
    assert rate.value is None or rate.value == Fraction(done, whole)
