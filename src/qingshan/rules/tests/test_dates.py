from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.dates import chinese_date, date_words, days_left, due_words, is_overdue, shanghai_date
from qingshan.rules.errors import RuleError


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 20, 15, 59, 59, 999999, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 16, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 11, 21, 0, 30, tzinfo=timezone(timedelta(hours=8))), date(2026, 11, 21)),
        (datetime(2026, 11, 20, 12, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 11, 21)),
    ],
)
def test_the_day_changes_at_midnight_in_shanghai(instant: datetime, day: date) -> None:
    assert shanghai_date(instant) == day


def test_an_instant_without_time_zone_has_no_day() -> None:
    with pytest.raises(RuleError) as refused:
        shanghai_date(datetime(2026, 11, 20, 16, 0))
    assert refused.value.code == "rules.date.naive"


@given(st.datetimes(min_value=datetime(1992, 1, 2), max_value=datetime(2100, 1, 1)))
def test_since_1992_shanghai_is_eight_hours_ahead(moment: datetime) -> None:
    assert shanghai_date(moment.replace(tzinfo=UTC)) == (moment + timedelta(hours=8)).date()


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        (date(2026, 11, 26), "余 5 天", "5 days left"),
        (date(2026, 11, 22), "余 1 天", "1 day left"),
        (date(2026, 11, 21), "今天到期", "due today"),
        (date(2026, 11, 19), "逾期 2 天", "2 days overdue"),
        (None, "—", "—"),
    ],
)
def test_what_is_left_is_said_in_words(due: date | None, zh: str, en: str) -> None:
    today = date(2026, 11, 21)
    assert (due_words(due, on=today), due_words(due, on=today, language="en")) == (zh, en)


@given(st.dates(), st.dates())
def test_overdue_begins_the_day_after_the_last(due: date, on: date) -> None:
    assert is_overdue(due, on=on) == (days_left(due, on=on) < 0)


def test_days_are_written_as_official_documents_write_them() -> None:
    assert chinese_date(date(2026, 11, 21)) == "2026年11月21日"
    assert date_words(date(2026, 1, 2)) == "2026年1月2日"
    assert date_words(date(2026, 1, 2), "en") == "2 January 2026"
    assert date_words(None) == "—"
