"""Does the forecast follow what was reported, and does it say early what it means for the end?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.reasons import say
from qingshan.rules.schedule import schedule_backward, schedule_forward
from qingshan.rules.slips import slip_of
from qingshan.rules.tests.plans_to_date import (
    SEASONS,
    WEEKDAYS,
    acceptance,
    clearing,
    dates,
    day,
    planting,
    season,
    shaping,
)
from qingshan.rules.timetable import Progress, Timetable, Work

RESTORING = (clearing(), shaping(), planting(), acceptance())
DEADLINE = day("2026-06-30")
BASELINE = schedule_backward(RESTORING, DEADLINE, WEEKDAYS, SEASONS)
# 清理 04-29–05-01, 整形 05-04–05-08, 种植 05-11–05-15 (the last days of spring), 验收 06-29–06-30


def forecast(*reports: Progress, on: str, works: tuple[Work, ...] = RESTORING) -> Timetable:
    return schedule_forward(works, reports, WEEKDAYS, SEASONS, on=day(on), deadline=DEADLINE)


def done(work_id: str, begun: str, finished: str) -> Progress:
    return Progress(work_id, day(begun), day(finished), 100)


def codes(table: Timetable, work_id: str) -> list[str]:
    return [reason.code.removeprefix("rules.schedule.") for reason in table.row(work_id).because]


def test_before_anything_has_begun_everything_can_be_done_sooner_than_it_must() -> None:
    table = forecast(on="2026-03-30")
    assert dates(table) == {
        "清理": "2026-03-30 04-01",
        "整形": "2026-04-02 04-08",
        "种植": "2026-04-09 04-15",
        "验收": "2026-04-16 04-17",
    }
    assert [row.slack_days for row in table.rows] == [30, 30, 30, 74]
    assert table.critical_path == ("清理", "整形", "种植", "验收")
    assert table.late_days == -74


def test_works_wait_for_the_day_on_which_they_are_planned_to_begin_but_not_when_they_have_begun() -> None:
    planned = {row.id: row.from_on for row in BASELINE.rows}
    table = schedule_forward(
        RESTORING, (), WEEKDAYS, SEASONS, on=day("2026-03-30"), deadline=DEADLINE, planned=planned
    )
    assert dates(table) == dates(BASELINE)
    assert codes(table, clearing().id) == ["as_planned"]
    early = Progress(clearing().id, day("2026-04-01"), None, 50)
    begun = schedule_forward(
        RESTORING, (early,), WEEKDAYS, SEASONS, on=day("2026-04-02"), deadline=DEADLINE, planned=planned
    )
    assert begun.row(clearing().id).from_on == day("2026-04-01")
    assert begun.row(shaping().id).from_on == BASELINE.row(shaping().id).from_on


def test_planting_that_misses_its_season_moves_to_the_next_one_and_takes_the_rest_along() -> None:
    table = forecast(Progress("清理", day("2026-05-06"), percent=0), on="2026-05-08")
    assert dates(table) == {
        "清理": "2026-05-06 05-12",
        "整形": "2026-05-13 05-19",
        "种植": "2026-10-01 10-07",
        "验收": "2026-10-08 10-09",
    }
    assert codes(table, "种植") == ["after_work", "waits_for_season", "in_season"]
    assert say(table.row("种植").because[1]) == (
        "须等到下一个秋季种植时段（2026-10-01 至 2026-11-15），等 134 天。"
    )
    assert table.late_days == 101
    assert table.critical_path == ("种植", "验收")


@pytest.mark.parametrize(
    ("percent", "to_on"),
    [
        (0, "2026-05-12"),
        (Decimal("33.3"), "2026-05-12"),
        (34, "2026-05-11"),
        (67, "2026-05-08"),
        (100, "2026-05-08"),
        (None, "2026-05-08"),
    ],
)
def test_what_remains_of_a_begun_work_follows_from_its_percentage(percent: object, to_on: str) -> None:
    """Without one the work is taken to go on as planned; while no end is reported one day at least remains."""
    table = forecast(Progress("清理", day("2026-05-06"), percent=percent), on="2026-05-08")
    assert table.row("清理").to_on == day(to_on)


def test_what_was_not_reported_is_said() -> None:
    begun = forecast(Progress("清理", day("2026-05-06")), on="2026-05-08")
    assert codes(begun, "清理") == ["goes_on", "percent_not_reported"]
    shared = forecast(Progress("清理", percent=50), on="2026-05-08")
    assert codes(shared, "清理") == ["goes_on", "begin_not_reported"]
    assert dates(shared)["清理"] == "2026-05-08 05-11"
    ended = forecast(Progress("清理", finished_on=day("2026-05-07")), on="2026-05-08")
    assert codes(ended, "清理") == ["finished", "begin_not_reported"]
    assert codes(forecast(Progress("清理"), on="2026-05-08"), "清理") == ["from_day"]


def test_finished_works_keep_their_days_even_where_nothing_could_be_done_on_them() -> None:
    table = forecast(done("清理", "2026-05-02", "2026-05-03"), on="2026-05-04")
    assert dates(table)["清理"] == "2026-05-02 05-03"
    assert (table.row("清理").slack_days, table.row("清理").is_critical) == (None, False)
    assert dates(table)["整形"] == "2026-05-04 05-08"


def test_a_work_that_began_before_its_turn_goes_on() -> None:
    table = forecast(Progress("整形", day("2026-05-06"), percent=60), on="2026-05-08")
    assert dates(table)["整形"] == "2026-05-06 05-11"
    assert dates(table)["清理"] == "2026-05-08 05-12"
    # nothing waits for clearing any more, so it has until the deadline; shaping is late for the spring
    assert (table.row("清理").slack_days, table.row("整形").slack_days) == (49, -3)


def test_a_work_of_which_nobody_reported_begins_today_at_the_earliest() -> None:
    assert dates(forecast(on="2026-05-09"))["清理"] == "2026-05-11 05-13"


@pytest.mark.parametrize(
    ("on", "expected", "reasons"),
    [
        ("2026-05-08", "2026-05-20 05-22", ["fixed"]),
        ("2026-05-20", "2026-05-20 05-22", ["fixed"]),
        ("2026-05-21", "2026-05-21 05-25", ["from_day", "fixed_missed"]),
    ],
)
def test_a_fixed_day_holds_until_it_is_missed(on: str, expected: str, reasons: list[str]) -> None:
    works = (clearing(begins_on=day("2026-05-20")),)
    table = forecast(on=on, works=works)
    assert (dates(table)["清理"], codes(table, "清理")) == (expected, reasons)


def test_slack_is_negative_where_the_deadline_cannot_be_kept() -> None:
    table = forecast(Progress("清理", day("2026-05-06"), percent=0), on="2026-05-08")
    assert [(row.id, row.slack_days) for row in table.rows] == [
        ("清理", -11),
        ("整形", -11),
        ("种植", -145),
        ("验收", -101),
    ]


def test_without_a_deadline_slack_is_counted_to_the_end_of_the_forecast() -> None:
    table = schedule_forward(RESTORING, [], WEEKDAYS, SEASONS, on=day("2026-03-30"))
    assert [row.slack_days for row in table.rows] == [0, 0, 0, 0]
    assert table.late_days is None


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Progress("清理", day("2026-05-09")), "reported_ahead"),
        (Progress("清理", day("2026-05-07"), day("2026-05-09")), "reported_ahead"),
        (Progress("清理", day("2026-05-07"), day("2026-05-06")), "finished_before_begun"),
        (Progress("清理", percent=101), "percent_out_of_range"),
        (Progress("清理", percent=-1), "percent_out_of_range"),
        (Progress("拆除"), "unknown_work"),
    ],
)
def test_a_report_that_cannot_be_is_refused(report: Progress, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        forecast(report, on="2026-05-08")
    assert refused.value.code == f"rules.schedule.{code}"


def test_two_reports_of_one_work_and_a_rounded_percentage_are_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        forecast(Progress("清理"), Progress("清理"), on="2026-05-08")
    assert refused.value.code == "rules.schedule.reported_twice"
    with pytest.raises(RuleError) as refused:
        forecast(Progress("清理", percent=0.5), on="2026-05-08")
    assert refused.value.code == "rules.number.inexact"


def test_what_can_never_be_done_has_no_forecast() -> None:
    always = season("01-01", "12-31", kind="other", effect="stop")
    for reports in ([], [Progress("清理", day("2026-05-06"))]):
        with pytest.raises(RuleBroken) as refused:
            schedule_forward([clearing()], reports, WEEKDAYS, [always], on=day("2026-05-08"))
        assert refused.value.code == "rules.schedule.never_possible"


# --- beside the baseline ---------------------------------------------------------------------------


def test_a_forecast_that_keeps_to_its_baseline_has_no_slip() -> None:
    slips = slip_of(BASELINE, BASELINE)
    assert [(one.days, one.cause, one.moves) for one in slips.stages] == [(0, None, ())] * 4
    assert (slips.end_days, slips.deadline_days, slips.cause) == (0, 0, None)
    assert [say(one) for one in slips.because] == ["预计 2026-06-30 全部完成，距期限还有 0 天。"]


def test_the_stage_that_began_too_late_is_the_cause_of_all_that_it_moves() -> None:
    slips = slip_of(BASELINE, forecast(Progress("清理", day("2026-05-06"), percent=0), on="2026-05-08"))
    assert [(one.id, one.days, one.cause, one.moves) for one in slips.stages] == [
        ("清理", 11, "清理", ("整形", "种植", "验收")),
        ("整形", 11, "清理", ("种植", "验收")),
        ("种植", 145, "清理", ("验收",)),
        ("验收", 101, "清理", ()),
    ]
    assert (slips.end_days, slips.deadline_days, slips.cause) == (101, 101, "清理")
    assert say(slips.stage("种植").because) == "比计划推迟 145 天，由“清理”引起。请先解决“清理”。"
    assert say(slips.stage("清理").because) == "比计划推迟 11 天，由本项引起。请查明原因，督促赶工。"
    assert [say(one) for one in slips.because] == [
        "预计 2026-10-09 全部完成，超过期限 101 天。请赶工，或在到期前申请延期。"
    ]


def test_a_stage_that_is_late_by_itself_is_its_own_cause_although_what_it_waited_for_was_in_time() -> None:
    reports = (done("清理", "2026-04-29", "2026-05-01"), Progress("整形", day("2026-05-04"), percent=20))
    slips = slip_of(BASELINE, forecast(*reports, on="2026-05-11"))
    assert slips.stage("清理").days == 0
    assert (slips.stage("整形").days, slips.stage("整形").cause) == (6, "整形")
    assert slips.cause == "整形"


def test_a_late_stage_that_hinders_nobody_moves_nobody() -> None:
    """Shaping was to begin on 1 June: clearing that ends on 30 May is late but not in its way."""
    works = (clearing(), shaping(5, begins_on=day("2026-06-01")))
    baseline = schedule_backward(works, DEADLINE, WEEKDAYS, SEASONS)
    late = forecast(
        done("清理", "2026-06-01", "2026-06-01"), Progress("整形", day("2026-06-03"), percent=0), on="2026-06-03",
        works=works,
    )  # fmt: skip
    assert [(one.id, one.days, one.cause) for one in slip_of(baseline, late).stages] == [
        ("清理", 3, "清理"),
        ("整形", 4, "清理"),
    ]
    early = forecast(
        done("清理", "2026-05-28", "2026-05-30"), Progress("整形", day("2026-06-03"), percent=0), on="2026-06-03",
        works=works,
    )  # fmt: skip
    assert [(one.id, one.days, one.cause, one.moves) for one in slip_of(baseline, early).stages] == [
        ("清理", 1, "清理", ()),
        ("整形", 4, "整形", ()),
    ]


def test_a_stage_that_is_ahead_says_so() -> None:
    slips = slip_of(BASELINE, forecast(on="2026-03-30"))
    assert say(slips.stage("清理").because) == "比计划提前 30 天。"
    assert (slips.end_days, slips.cause) == (-74, None)


def test_a_stage_that_only_one_of_both_has_is_not_known() -> None:
    shorter = schedule_backward(RESTORING[:3], DEADLINE, WEEKDAYS, SEASONS)
    slips = slip_of(shorter, BASELINE)
    assert (slips.stage("验收").days, slips.stage("验收").because.code) == (None, "rules.slip.not_known")
    assert slip_of(BASELINE, shorter).stage("验收").days is None
    assert slips.stage("拆除") is None


def test_without_a_forecast_or_a_deadline_nothing_is_known_of_the_end() -> None:
    empty = schedule_backward([], DEADLINE, WEEKDAYS)
    slips = slip_of(BASELINE, empty)
    assert (slips.end_days, slips.deadline_days, slips.because) == (None, None, ())


def test_a_baseline_that_was_stored_as_days_alone_is_enough() -> None:
    stored = Timetable(works=(), rows=BASELINE.rows)
    table = forecast(Progress("清理", day("2026-05-06"), percent=0), on="2026-05-08")
    assert slip_of(stored, table) == slip_of(BASELINE, table)
