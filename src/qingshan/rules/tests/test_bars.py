"""Does the task map hold what a page needs to draw it, in an order that stays?"""

from __future__ import annotations

from qingshan.rules.bars import bars
from qingshan.rules.schedule import schedule_backward, schedule_forward
from qingshan.rules.tests.plans_to_date import (
    SEASONS,
    WEEKDAYS,
    acceptance,
    clearing,
    day,
    planting,
    shaping,
)
from qingshan.rules.timetable import Progress, Work

RESTORING = (acceptance(), planting(), shaping(), clearing())
DEADLINE = day("2026-06-30")
ON = day("2026-05-08")
BASELINE = schedule_backward(RESTORING, DEADLINE, WEEKDAYS, SEASONS)
REPORTS = [
    Progress("清理", day("2026-04-30"), day("2026-05-06"), 100),
    Progress("整形", day("2026-05-07"), None, 20),
]
FORECAST = schedule_forward(RESTORING, REPORTS, WEEKDAYS, SEASONS, on=ON, deadline=DEADLINE)
MAP = bars(FORECAST, baseline=BASELINE, progress=REPORTS, seasons=SEASONS, on=ON)


def row(work_id: str) -> object:
    return next(one for one in MAP.rows if one.work.id == work_id)


def test_rows_stand_in_the_order_of_the_baseline() -> None:
    assert [one.work.id for one in MAP.rows] == ["清理", "整形", "种植", "验收"]


def test_the_ruler_runs_from_whole_week_to_whole_week_with_mondays_and_firsts_of_months() -> None:
    assert (MAP.span.from_on, MAP.span.to_on) == (day("2026-04-27"), day("2026-10-11"))
    assert [tick.offset_days for tick in MAP.weeks] == list(range(0, MAP.span.days, 7))
    assert [(tick.on.month, tick.offset_days) for tick in MAP.months[:2]] == [(5, 4), (6, 35)]
    assert len(MAP.months) == 6


def test_a_finished_work_has_three_bars() -> None:
    done = row("清理")
    assert (done.baseline.offset_days, done.baseline.length_days) == (2, 3)
    assert (done.forecast.span.from_on, done.forecast.span.to_on) == (day("2026-04-30"), day("2026-05-06"))
    assert (done.actual.offset_days, done.actual.length_days) == (3, 7)
    assert (done.is_finished, done.slip_days) == (True, 5)


def test_a_work_that_goes_on_is_drawn_up_to_the_day_of_the_report() -> None:
    goes_on = row("整形")
    assert (goes_on.actual.span.from_on, goes_on.actual.span.to_on) == (day("2026-05-07"), ON)
    assert goes_on.forecast.span.to_on == day("2026-05-13")
    assert not goes_on.is_finished


def test_a_work_that_has_not_begun_has_no_actual_bar() -> None:
    assert row("种植").actual is None


def test_seasons_are_bands_cut_at_the_ends_of_the_ruler() -> None:
    assert [(band.season.title.zh, band.bar.offset_days, band.bar.length_days) for band in MAP.bands] == [
        ("春季种植", 0, 19),
        ("秋季种植", 157, 11),
    ]


def test_deadline_and_today_are_marked_where_they_lie_on_the_ruler() -> None:
    assert (MAP.deadline.offset_days, MAP.today.offset_days) == (64, 11)
    assert bars(FORECAST, on=day("2030-01-01")).today is None
    assert bars(FORECAST).today is None


def test_without_baseline_rows_stand_in_the_order_of_the_forecast() -> None:
    alone = bars(BASELINE)
    assert [one.work.id for one in alone.rows] == ["清理", "整形", "种植", "验收"]
    assert {(one.baseline, one.actual, one.slip_days) for one in alone.rows} == {(None, None, None)}


def test_a_work_of_the_baseline_that_is_no_longer_planned_keeps_its_row() -> None:
    fewer = schedule_backward([clearing()], DEADLINE, WEEKDAYS, SEASONS)
    drawn = bars(fewer, baseline=BASELINE)
    assert [(one.work.id, one.forecast is None) for one in drawn.rows] == [
        ("清理", False),
        ("整形", True),
        ("种植", True),
        ("验收", True),
    ]


def test_a_new_work_finds_its_row_by_its_forecast() -> None:
    more = schedule_backward([*RESTORING, Work("补测", 1)], day("2026-06-30"), WEEKDAYS, SEASONS)
    assert [one.work.id for one in bars(more, baseline=BASELINE).rows][-1] == "补测"


def test_nothing_is_drawn_where_there_is_no_work() -> None:
    assert bars(schedule_backward([], DEADLINE, WEEKDAYS)) is None
