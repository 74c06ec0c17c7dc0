from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qingshan.rules.calendar import LONGEST_TERM, Calendar
from qingshan.rules.errors import RuleError


def days(*texts: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


# National Day and Mid-Autumn 2025, as announced: off 1–8 October, worked on 28 September and 11 October
OCTOBER = Calendar(
    holidays=frozenset(date(2025, 10, day) for day in range(1, 9)),
    make_up_days=days("2025-09-28", "2025-10-11"),
    known_years=frozenset({2025}),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-09-28", True),
        ("2025-09-30", True),
        ("2025-10-01", False),
        ("2025-10-08", False),
        ("2025-10-09", True),
        ("2025-10-11", True),
        ("2025-10-12", False),
    ],
)
def test_holidays_are_off_and_make_up_days_are_worked(day: str, works: bool) -> None:
    assert OCTOBER.is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-09-26", 1, "2025-09-28"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2025-09-30", 5, "2025-10-14"),
        ("2025-10-04", 1, "2025-10-09"),
        ("2025-11-21", 1, "2025-11-24"),
        ("2025-11-21", 0, "2025-11-21"),
        ("2025-10-09", -1, "2025-09-30"),
        ("2025-10-14", -5, "2025-09-30"),
    ],
)
def test_a_term_ends_after_so_many_working_days(start: str, count: int, end: str) -> None:
    answer = OCTOBER.add_working_days(date.fromisoformat(start), count)
    assert (answer.day.isoformat(), answer.warnings) == (end, ())


def test_sixty_working_days_of_the_reclamation_regulation() -> None:
    """From 1 September 2025: 60 working days with the autumn holidays end on 28 November."""
    end = OCTOBER.add_working_days(date(2025, 9, 1), 60).day
    assert end == date(2025, 11, 28)
    assert OCTOBER.working_days_between(date(2025, 9, 1), end).days == 60


def test_a_year_that_was_not_announced_counts_weekdays_and_says_so() -> None:
    answer = OCTOBER.add_working_days(date(2025, 12, 30), 5)
    assert answer.day == date(2026, 1, 6)
    assert [(warning.code, warning.values["year"]) for warning in answer.warnings] == [
        ("rules.calendar.unknown_year", 2026)
    ]
    assert OCTOBER.working_days_between(date(2026, 1, 1), date(2024, 12, 31)).warnings != ()


def test_a_term_that_stays_inside_known_years_has_no_warning() -> None:
    assert OCTOBER.working_days_between(date(2025, 1, 1), date(2025, 12, 31)).warnings == ()


@pytest.mark.parametrize(
    ("day", "end"),
    [("2025-10-05", "2025-10-09"), ("2025-09-28", "2025-09-28"), ("2025-11-22", "2025-11-24")],
)
def test_a_last_day_that_is_off_moves_to_the_next_working_day(day: str, end: str) -> None:
    assert OCTOBER.first_working_day(date.fromisoformat(day)).day == date.fromisoformat(end)


def test_a_calendar_that_contradicts_itself_is_refused_with_every_day() -> None:
    with pytest.raises(RuleError) as refused:
        Calendar(holidays=days("2025-10-11"), make_up_days=days("2025-10-11", "2025-10-09"))
    assert [reason.code for reason in refused.value.reasons] == [
        "rules.calendar.both",
        "rules.calendar.make_up_on_weekday",
    ]


def test_the_longest_term_is_still_counted() -> None:
    assert LONGEST_TERM == 5_000
    assert Calendar().add_working_days(date(2025, 1, 1), 5_000).day == date(2044, 3, 2)
    assert Calendar().add_working_days(date(1, 1, 2), -1).day == date.min


@pytest.mark.parametrize("count", [LONGEST_TERM + 1, -LONGEST_TERM - 1])
def test_a_term_of_decades_is_a_slip_of_the_pen(count: int) -> None:
    with pytest.raises(RuleError) as refused:
        OCTOBER.add_working_days(date(2025, 1, 1), count)
    assert refused.value.code == "rules.calendar.too_long"


@pytest.mark.parametrize(("start", "count"), [(date.max, 1), (date.min, -1), (date(9999, 12, 20), 30)])
def test_a_term_beyond_the_calendar_is_refused(start: date, count: int) -> None:
    with pytest.raises(RuleError) as refused:
        OCTOBER.add_working_days(start, count)
    assert refused.value.code == "rules.calendar.out_of_range"


DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
WEEKENDS = DAYS.filter(lambda day: day.weekday() >= 5)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    make_up = draw(st.frozensets(WEEKENDS, max_size=12))
    holidays = draw(st.frozensets(DAYS, max_size=30)) - make_up
    return Calendar(holidays, make_up, draw(st.frozensets(st.integers(2024, 2028))))


COUNTS = st.integers(-300, 300)


@given(calendars(), DAYS, COUNTS)
def test_counting_back_what_was_added_gives_the_same_number(
    calendar: Calendar, start: date, count: int
) -> None:
    end = calendar.add_working_days(start, count).day
    assert calendar.working_days_between(start, end).days == count
    assert count == 0 or calendar.is_working_day(end)


@given(calendars(), DAYS, COUNTS, COUNTS)
def test_a_longer_term_ends_later(calendar: Calendar, start: date, one: int, other: int) -> None:
    assume(one < other)
    assert calendar.add_working_days(start, one).day < calendar.add_working_days(start, other).day


@given(calendars(), DAYS, DAYS, COUNTS)
def test_starting_later_never_ends_earlier(calendar: Calendar, one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assume(count != 0)
    assert calendar.add_working_days(first, count).day <= calendar.add_working_days(second, count).day


@given(calendars(), DAYS, st.integers(1, 150), st.integers(1, 150))
def test_two_terms_in_a_row_are_one_long_term(calendar: Calendar, start: date, one: int, other: int) -> None:
    in_two = calendar.add_working_days(calendar.add_working_days(start, one).day, other)
    assert in_two.day == calendar.add_working_days(start, one + other).day


@given(calendars(), DAYS, DAYS, DAYS)
def test_spans_add_up(calendar: Calendar, one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    whole = calendar.working_days_between(first, last).days
    assert whole == (
        calendar.working_days_between(first, middle).days + calendar.working_days_between(middle, last).days
    )
    assert 0 <= whole <= (last - first).days


@given(calendars(), DAYS, DAYS)
def test_a_warning_stands_for_each_unknown_year_and_for_no_other(
    calendar: Calendar, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    touched = {(first + timedelta(days=days)).year for days in range((last - first).days + 1)}
    warned = {warning.values["year"] for warning in calendar.working_days_between(one, other).warnings}
    assert warned == touched - calendar.known_years
