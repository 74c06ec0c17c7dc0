"""Do windows of the year begin and end where they should, and does the rulebook say what it does not know?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import region_code
from qingshan.rules.provisions import Status
from qingshan.rules.reasons import say
from qingshan.rules.rulebook import Library, read_library, release, shipped
from qingshan.rules.seasons import RULEBOOK, MonthDay, SeasonEffect, Span, WorkKind, seasons_in
from qingshan.rules.tests.plans_to_date import WINTER_STOP, day, season

ON = date(2026, 11, 25)
PROVINCE = region_code("990000")

BOOK = """\
id = "work-seasons"
version = "a"
layer = "province"
region = "990000"
title = {{ zh = "种植季节", en = "Seasons" }}
status = "unverified"

[basis]
document = "测试办法"
number = "测试〔2020〕1号"

[values.winter_stop]
title = {{ zh = "冬季停工", en = "winter stop" }}
value = {value}
unit = "month_and_day"
article = "第三条"
source = "测试"
status = "verified"
"""
WINTER = '{ from = "11-15", to = "03-15", kinds = "planting earthwork", effect = "stop" }'


def library(folder: Path, value: str) -> Library:
    path = folder / "province" / RULEBOOK / "a.toml"
    path.parent.mkdir(parents=True)
    path.write_text(BOOK.format(value=value), "utf-8")
    release(folder)
    return read_library(folder)


@pytest.mark.parametrize(
    ("text", "inside"),
    [("2026-11-14", False), ("2026-11-15", True), ("2026-12-31", True), ("2027-01-01", True),
     ("2027-03-15", True), ("2027-03-16", False), ("2026-07-01", False)],
)  # fmt: skip
def test_a_window_may_reach_over_new_year(text: str, inside: bool) -> None:
    assert WINTER_STOP.contains(day(text)) is inside
    assert WINTER_STOP.beginning_in(2026) == Span(day("2026-11-15"), day("2027-03-15"))


@pytest.mark.parametrize(
    ("first", "last", "year", "expected"),
    [
        ("02-01", "02-29", 2026, "2026-02-01 2026-02-28"),
        ("02-01", "02-29", 2028, "2028-02-01 2028-02-29"),
        ("02-29", "04-01", 2026, "2026-03-01 2026-04-01"),
        ("02-29", "04-01", 2028, "2028-02-29 2028-04-01"),
        ("02-29", "02-29", 2028, "2028-02-29 2028-02-29"),
    ],
)
def test_the_29th_of_february_counts_where_there_is_one(
    first: str, last: str, year: int, expected: str
) -> None:
    window = season(first, last).beginning_in(year)
    assert f"{window.from_on} {window.to_on}" == expected


def test_there_is_no_window_in_a_year_without_its_only_day_or_outside_the_calendar() -> None:
    assert season("02-29", "02-29").beginning_in(2026) is None
    assert WINTER_STOP.beginning_in(date.max.year) is None
    assert WINTER_STOP.beginning_in(0) is None
    assert season("03-01", "04-01").beginning_in(date.max.year) is not None


@pytest.mark.parametrize("text", ["3-1", "02-30", "13-01", "W1-01", "", None, "03-01 "])
def test_a_day_that_is_in_no_year_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        MonthDay.read(text)
    assert refused.value.code == "rules.season.no_such_day"


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        Span(day("2026-03-02"), day("2026-03-01"))
    assert refused.value.say() == "时段的结束日 2026-03-01 早于开始日 2026-03-02。请核对日期。"


MONTH_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda one: MonthDay(one.month, one.day))
YEARS = range(2022, 2030)


@given(MONTH_DAYS, MONTH_DAYS, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_a_day_lies_in_a_window_exactly_when_some_year_has_it(
    first: MonthDay, last: MonthDay, on: date
) -> None:
    one = season(f"{first.month:02}-{first.day:02}", f"{last.month:02}-{last.day:02}")
    windows = [window for year in YEARS if (window := one.beginning_in(year))]
    assert one.contains(on) is any(window.contains(on) for window in windows)


@given(MONTH_DAYS, MONTH_DAYS, st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 600))
def test_bands_of_a_span_hold_exactly_its_days_in_season(
    first: MonthDay, last: MonthDay, from_on: date, more: int
) -> None:
    one = season(f"{first.month:02}-{first.day:02}", f"{last.month:02}-{last.day:02}")
    span = Span(from_on, from_on + timedelta(days=more))
    days = [span.from_on + timedelta(days=number) for number in range(span.days)]
    bands = one.within(span)
    assert sum(band.days for band in bands) == sum(one.contains(each) for each in days)
    assert all(one.contains(band.from_on) and one.contains(band.to_on) for band in bands)


# --- from the rulebook -----------------------------------------------------------------------------


def test_the_shipped_seasons_are_defaults_that_are_marked_unverified() -> None:
    answer = seasons_in(shipped(), on=ON)
    assert [(one.title.zh, one.effect, one.kinds) for one in answer.seasons] == [
        ("春季种植", SeasonEffect.POSSIBLE, {WorkKind.PLANTING}),
        ("秋季种植", SeasonEffect.POSSIBLE, {WorkKind.PLANTING}),
    ]
    assert all(one.doubts for one in answer.seasons)
    assert answer.citation.status == Status.UNVERIFIED.value
    assert "没有依据文件" in shipped().in_force(RULEBOOK, on=ON).provision("spring_planting").source


def test_what_nobody_has_entered_is_left_out_and_said() -> None:
    answer = seasons_in(shipped(), on=ON, region=PROVINCE)
    assert [one.values["season"] for one in answer.warnings] == [
        "雨季种植",
        "冬季种植",
        "冬季停工",
        "春融停工",
        "汛期停工",
    ]
    assert say(answer.warnings[2]) == (
        "规则“种植季节与停工时段”中的“冬季停工”没有填写，排期时未考虑。请由有权人员按当地规定填写后重新排期。"
    )


def test_a_province_has_seasons_of_its_own_and_they_hold_in_its_counties(tmp_path: Path) -> None:
    books = Library((*shipped().books, *library(tmp_path, WINTER).books))
    (stop,) = seasons_in(books, on=ON, region=region_code("990101")).seasons
    assert (stop.effect, stop.kinds) == (SeasonEffect.STOP, {WorkKind.PLANTING, WorkKind.EARTHWORK})
    assert (stop.first, stop.last, stop.doubts) == (MonthDay(11, 15), MonthDay(3, 15), ())
    assert len(seasons_in(books, on=ON, region=region_code("980101")).seasons) == 2


@pytest.mark.parametrize(
    "value",
    [
        '{ from = "11-31", to = "03-15", kinds = "planting", effect = "stop" }',
        '{ from = "11-15", kinds = "planting", effect = "stop" }',
        '{ from = "11-15", to = "03-15", kinds = "plowing", effect = "stop" }',
        '{ from = "11-15", to = "03-15", kinds = "planting", effect = "maybe" }',
        '{ from = "11-15", to = "03-15", effect = "stop" }',
        '{ from = "11-15", to = "03-15", kinds = "", effect = "stop" }',
        "5",
    ],
)
def test_a_window_that_makes_no_sense_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(RuleError):
        seasons_in(library(tmp_path, value), on=ON, region=PROVINCE)
