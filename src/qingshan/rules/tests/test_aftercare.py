"""Is accepted land looked after on its dates, and lent land handed back to somebody, all of it?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.aftercare import RULEBOOK, Aftercare, aftercare_by_book, follow_up_of, next_visit
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.dates import months_later
from qingshan.rules.errors import RuleError
from qingshan.rules.land_return import HandBack, hand_back_faults, returned
from qingshan.rules.reasons import Reason, say
from qingshan.rules.rulebook import in_force

ON = date(2026, 11, 26)
BOOK = in_force(RULEBOOK, on=ON)
PERIODS = in_force("land-reclamation", on=ON)
CARE = Aftercare(date(2024, 2, 29), 3, 12)
D = Decimal


def day(text: str) -> date:
    return date.fromisoformat(text)


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code.removeprefix("rules.land_return.") for reason in reasons]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-11-30", 3, "2025-02-28"),
        ("2024-12-31", 12, "2025-12-31"),
        ("2024-03-15", 0, "2024-03-15"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_short_month(start: str, months: int, end: str) -> None:
    assert months_later(day(start), months) == day(end)


def test_the_dates_of_aftercare_go_to_its_last_day() -> None:
    assert CARE.dues == (day("2025-02-28"), day("2026-02-28"), day("2027-02-28"))
    assert Aftercare(day("2024-01-01"), 1, 5).dues == (
        day("2024-06-01"),
        day("2024-11-01"),
        day("2025-01-01"),
    )
    assert aftercare_by_book(day("2024-02-29"), years=3, book=BOOK) == CARE


@pytest.mark.parametrize(("years", "months"), [(0, 12), (51, 12), (1, 0), (1, 13)])
def test_aftercare_that_cannot_be_is_refused(years: int, months: int) -> None:
    with pytest.raises(RuleError):
        Aftercare(ON, years, months)


@pytest.mark.parametrize(
    ("visits", "on", "due", "number", "late"),
    [
        ([], "2024-03-01", "2025-02-28", 1, False),
        ([], "2025-02-28", "2025-02-28", 1, False),
        ([], "2025-03-01", "2025-02-28", 1, True),
        (["2024-06-01"], "2025-03-01", "2026-02-28", 2, False),
        (["2024-06-01", "2024-07-01"], "2025-03-01", "2026-02-28", 2, False),
        (["2025-05-01"], "2025-06-01", "2026-02-28", 2, False),
        (["2025-05-01", "2025-05-02"], "2025-06-01", "2027-02-28", 3, False),
        (["2024-02-29"], "2024-03-01", "2025-02-28", 1, False),
        (["2026-12-01"], "2026-11-26", "2025-02-28", 1, True),
        (["2025-01-01", "2026-01-01", "2027-01-01"], "2027-01-01", None, 3, False),
    ],
)
def test_the_next_visit_is_named_and_one_visit_settles_one_date(
    visits: list[str], on: str, due: str | None, number: int, late: bool
) -> None:
    found = next_visit(CARE, [day(one) for one in visits], on=day(on))
    assert (found.due_on, found.number, found.is_overdue) == (due and day(due), number, late)
    assert found.of == 3
    assert say(found.because)
    assert say(found.because, "en")


def test_aftercare_is_over_when_all_visits_were_made_and_its_last_day_has_passed() -> None:
    visits = [day("2025-01-01"), day("2026-01-01"), day("2027-01-01")]
    assert not next_visit(CARE, visits, on=CARE.ends_on).is_over
    assert next_visit(CARE, visits, on=day("2027-03-01")).is_over
    assert not next_visit(CARE, visits[:2], on=day("2030-03-01")).is_over


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2028, 1, 1)), max_size=8),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    st.dates(date(2024, 3, 1), date(2028, 1, 1)),
)
def test_one_visit_more_never_makes_it_worse(visits: list[date], more: date, on: date) -> None:
    before, after = next_visit(CARE, visits, on=on), next_visit(CARE, [*visits, more], on=on)
    assert (after.due_on or date.max) >= (before.due_on or date.max)


@pytest.mark.parametrize(
    ("use", "due"),
    [
        (Afteruse.FARM, "2031-11-26"),
        (Afteruse.FOREST, "2031-11-26"),
        (Afteruse.PASTURE, "2031-11-26"),
        (Afteruse.SOLAR, None),
        (Afteruse.WATER, None),
        (None, None),
    ],
)
def test_farmland_is_evaluated_within_five_years(use: Afteruse | None, due: str | None) -> None:
    found = follow_up_of(ON, use, PERIODS)
    assert found.due_on == (due and day(due))
    assert found.citation == PERIODS.citation
    assert say(found.because, "en")


# -- lent land ---------------------------------------------------------------------------------------------------

FIRST = HandBack(D("1500.5"), "青石村村民委员会", day("2026-03-01"), "QS-1")


def test_land_handed_back_has_area_receiver_day_and_paper() -> None:
    assert hand_back_faults(FIRST, before=[], lent_m2=D(2000), on=ON) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"area_m2": D(0)}, "no_area"),
        ({"area_m2": D(-1)}, "no_area"),
        ({"receiver": " "}, "no_receiver"),
        ({"paper": ""}, "no_paper"),
        ({"on": day("2026-11-27")}, "day_to_come"),
        ({"area_m2": D("499.51")}, "more_than_lent"),
    ],
)
def test_what_is_missing_or_too_much_is_named(change: dict[str, object], code: str) -> None:
    one = HandBack(**{**FIRST.__dict__, "area_m2": D("499.5"), **change})
    assert codes(hand_back_faults(one, before=[FIRST], lent_m2=D(2000), on=ON)) == [code]


def test_how_much_is_back_is_told_with_what_is_still_out() -> None:
    found = returned([FIRST], lent_m2=D(2000), until=day("2026-06-30"), on=ON)
    assert (found.area_m2, found.outstanding_m2, found.is_complete) == (D("1500.5"), D("499.5"), False)
    assert "0.15 / 0.20 公顷（按面积）" in found.rate.say()
    assert [say(one) for one in found.doubts] == [
        "存疑待核：临时用地 2026-06-30 到期，还有 499.5 平方米没有还地记录。请核实。"
    ]
    rest = HandBack(D("499.5"), "李某", ON, "QS-2")
    assert returned([FIRST, rest], lent_m2=D(2000), until=day("2026-06-30"), on=ON).doubts == ()
    assert returned([FIRST], lent_m2=D(2000), until=ON, on=ON).doubts == ()


def test_land_of_unknown_size_is_never_wholly_back() -> None:
    found = returned([FIRST], lent_m2=None, until=None, on=ON)
    assert (found.outstanding_m2, found.rate, found.is_complete) == (None, None, False)
    assert codes(found.doubts) == ["lent_unknown"]
