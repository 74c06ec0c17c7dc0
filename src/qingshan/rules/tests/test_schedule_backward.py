"""Does the timetable counted back from the deadline say what a clerk would have worked out by hand?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qingshan.rules.calendar import Calendar
from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.reasons import Reason, say
from qingshan.rules.schedule import schedule_backward
from qingshan.rules.seasons import Season, WorkKind
from qingshan.rules.tests.plans_to_date import (
    AUTUMN,
    SEASONS,
    SPRING,
    WEEKDAYS,
    WINTER_STOP,
    acceptance,
    clearing,
    dates,
    day,
    planting,
    season,
    shaping,
)
from qingshan.rules.timetable import Timetable, Work

RESTORING = (clearing(), shaping(), planting(), acceptance())


def back(*works: Work, deadline: str, seasons: tuple[Season, ...] = SEASONS, **more: date) -> Timetable:
    return schedule_backward(works, day(deadline), WEEKDAYS, seasons, **more)


def refusal(*works: Work, deadline: str = "2026-04-30", **more: object) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused:
        back(*works, deadline=deadline, **more)
    return refused.value


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code.removeprefix("rules.") for reason in reasons]


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        # inside the spring season everything lies end to end, over weekends
        ("2026-04-30", "2026-04-10 04-14, 2026-04-15 04-21, 2026-04-22 04-28, 2026-04-29 04-30"),
        # a deadline on a Sunday: the last working day before it
        ("2026-05-03", "2026-04-13 04-15, 2026-04-16 04-22, 2026-04-23 04-29, 2026-04-30 05-01"),
        # in summer nothing is planted: planting goes back to the spring, and all before it
        ("2026-09-30", "2026-04-29 05-01, 2026-05-04 05-08, 2026-05-11 05-15, 2026-09-29 09-30"),
        # two days into the autumn season there is no room for five days of planting
        ("2026-10-06", "2026-04-29 05-01, 2026-05-04 05-08, 2026-05-11 05-15, 2026-10-05 10-06"),
        # a week into it there is
        ("2026-10-09", "2026-09-21 09-23, 2026-09-24 09-30, 2026-10-01 10-07, 2026-10-08 10-09"),
    ],
)
def test_a_restoration_is_dated_back_from_its_deadline(deadline: str, expected: str) -> None:
    assert ", ".join(dates(back(*RESTORING, deadline=deadline)).values()) == expected


def test_earthwork_pauses_over_the_winter_and_says_for_how_long() -> None:
    table = back(Work("土方", 20, kind=WorkKind.EARTHWORK), deadline="2027-03-26")
    # 16–26 March has nine working days, eleven more lie before 15 November
    assert dates(table) == {"土方": "2026-10-30 03-26"}
    assert say(table.rows[0].because[-1]) == "其间因冬季停工停 121 天。"


def test_what_is_neither_planting_nor_earthwork_goes_on_through_the_winter() -> None:
    assert dates(back(Work("设计", 5), deadline="2027-01-08")) == {"设计": "2027-01-04 01-08"}


def test_a_season_may_reach_over_new_year() -> None:
    southern = season("12-01", "02-15")
    table = back(planting(10, after=()), deadline="2027-06-30", seasons=(southern,))
    assert dates(table) == {"种植": "2027-02-02 02-15"}
    over = back(planting(10, after=()), deadline="2027-01-06", seasons=(southern,))
    assert dates(over) == {"种植": "2026-12-24 01-06"}


def test_where_seasons_overlap_the_one_that_lasts_longer_decides() -> None:
    inner = season("04-01", "04-30", name="容器苗")
    table = back(planting(after=()), deadline="2026-08-31", seasons=(inner, SPRING))
    assert dates(table) == {"种植": "2026-05-11 05-15"}
    assert table.rows[0].because[-1].values["season"] == "春季种植"


def test_holidays_are_left_out_and_make_up_days_are_worked() -> None:
    calendar = Calendar(
        holidays=frozenset(date(2025, 10, number) for number in range(1, 9)),
        make_up_days=frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
        known_years=frozenset({2025}),
    )
    table = schedule_backward([clearing(5)], day("2025-10-11"), calendar)
    assert dates(table) == {"清理": "2025-09-29 10-11"}
    assert table.warnings == ()


def test_days_of_the_calendar_run_over_weekends() -> None:
    table = back(Work("公示", 7, counts_working_days=False), deadline="2026-05-03")
    assert dates(table) == {"公示": "2026-04-27 05-03"}


def test_a_lag_keeps_days_between_two_works() -> None:
    table = back(clearing(), shaping(lag_days=10), deadline="2026-04-30")
    assert dates(table) == {"清理": "2026-04-09 04-13", "整形": "2026-04-24 04-30"}


def test_the_strictest_of_several_that_wait_decides() -> None:
    works = (clearing(2), Work("甲", 10, after=("清理",)), Work("乙", 1, after=("清理",)))
    table = back(*works, deadline="2026-04-30")
    assert dates(table) == {"清理": "2026-04-15 04-16", "甲": "2026-04-17 04-30", "乙": "2026-04-30 04-30"}
    assert [(row.id, row.slack_days, row.is_critical) for row in table.rows] == [
        ("清理", 0, True),
        ("甲", 0, True),
        ("乙", 13, False),
    ]
    assert table.critical_path == ("清理", "甲")


def test_slack_is_counted_from_the_first_day_that_is_possible() -> None:
    table = back(*RESTORING, deadline="2026-06-30", not_before=day("2026-03-20"))
    assert [row.slack_days for row in table.rows] == [38, 38, 38, 82]
    assert table.critical_path == ("清理", "整形", "种植")
    assert (table.begins_on, table.ends_on, table.late_days) == (day("2026-04-29"), day("2026-06-30"), 0)


@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        ({"begins_on": day("2026-04-20")}, "2026-04-20 04-24"),
        ({"ends_on": day("2026-04-20")}, "2026-04-14 04-20"),
        ({"begins_on": day("2026-04-13"), "ends_on": day("2026-04-24")}, "2026-04-13 04-24"),
    ],
)
def test_a_fixed_day_holds_and_what_comes_before_keeps_clear_of_it(
    fixed: dict[str, date], expected: str
) -> None:
    table = back(clearing(), shaping(**fixed), deadline="2026-06-30")
    assert dates(table)["整形"] == expected
    before, after = table.row("清理"), table.row("整形")
    assert before.to_on < after.from_on
    assert codes(after.because) == ["schedule.fixed"]


@pytest.mark.parametrize(
    "fixed",
    [
        {"begins_on": day("2026-04-18")},
        {"ends_on": day("2026-04-19")},
        {"begins_on": day("2026-02-02")},
        {"begins_on": day("2026-04-13"), "ends_on": day("2026-04-14")},
        {"begins_on": day("2026-04-13"), "ends_on": day("2026-04-19")},
    ],
    ids=["begins on a Saturday", "ends on a Sunday", "in the winter stop", "too short", "ends on a day off"],
)
def test_a_fixed_day_on_which_nothing_can_be_done_is_refused(fixed: dict[str, date]) -> None:
    refused = refusal(clearing(), shaping(**fixed))
    assert codes(refused.reasons) == ["schedule.fixed_not_possible"]
    assert refused.say().startswith("“整形”定在 ")


def test_planting_fixed_over_the_end_of_its_season_is_refused() -> None:
    late = planting(5, after=(), begins_on=day("2026-05-13"))
    assert codes(refusal(late, deadline="2026-12-31").reasons) == ["schedule.fixed_not_possible"]
    both = replace(late, ends_on=day("2026-05-19"))
    assert codes(refusal(both, deadline="2026-12-31").reasons) == ["schedule.fixed_not_possible"]
    inside = replace(late, begins_on=day("2026-05-08"), ends_on=day("2026-05-15"))
    assert dates(back(inside, deadline="2026-12-31")) == {"种植": "2026-05-08 05-15"}


def test_a_fixed_day_after_the_deadline_says_by_how_much_it_is_late() -> None:
    refused = refusal(clearing(ends_on=day("2026-05-08")), deadline="2026-04-30")
    assert refused.say() == (
        "“清理”定在 2026-05-08 完成，但最迟须在 2026-04-30 完成，晚了 8 天。请把定死的日期提前，或调整后续工作和期限。"
    )


def test_what_would_have_to_begin_too_early_says_by_how_much_and_what_would_be_possible() -> None:
    refused = refusal(*RESTORING, not_before=day("2026-04-20"))
    assert refused.say() == (
        "“清理”须在 2026-04-10 开工才能按期完成，比最早可开工的 2026-04-20 早 10 天。"
        "请压缩工期、让工作同时进行，或申请延期。"
        "按现有工期，最早可在 2026-05-08 全部完成。请据此调整方案，或申请延期到这一天。"
    )
    assert back(*RESTORING, deadline="2026-05-08", not_before=day("2026-04-20")).late_days == 0


def test_the_first_possible_day_itself_is_not_too_early() -> None:
    assert back(*RESTORING, deadline="2026-04-30", not_before=day("2026-04-10")).begins_on == day(
        "2026-04-10"
    )


def test_a_circle_is_named_and_an_outsider_is_not_in_it() -> None:
    ring = (
        Work("甲", 1, after=("丙",)),
        Work("乙", 1, after=("甲",)),
        Work("丙", 1, after=("乙",), title="三"),
    )
    refused = refusal(*ring, Work("丁", 1, after=("甲",)))
    assert refused.say() == "工作互相等待，无法排期：三 → 甲 → 乙 → 三。请删去其中一个前置关系。"
    assert codes(refusal(Work("甲", 1, after=("甲",))).reasons) == ["schedule.cycle"]


def test_an_unknown_dependency_and_a_number_given_twice_are_refused_together() -> None:
    refused = refusal(shaping(), Work("甲", 1), Work("甲", 2))
    assert codes(refused.reasons) == ["schedule.twice", "schedule.unknown_dependency"]
    assert "“整形”要等“清理”完成" in refused.say()


def test_planting_that_is_longer_than_any_season_is_refused_with_what_the_longest_holds() -> None:
    refused = refusal(planting(60, after=()))
    assert refused.say() == ("“种植”需 60 天，最长的时段也只有 55 天可施工。请分成几期，或增加力量缩短工期。")


def test_a_season_inside_a_stop_never_comes() -> None:
    stop = season("02-01", "06-30", effect="stop", name="防火停工")
    refused = refusal(planting(1, after=()), seasons=(SPRING, stop))
    assert codes(refused.reasons) == ["schedule.season_never_comes"]


def test_a_stop_of_the_whole_year_is_refused() -> None:
    always = season("01-01", "12-31", kind="other", effect="stop")
    assert codes(refusal(clearing(1), seasons=(always,)).reasons) == ["schedule.never_possible"]


def test_all_that_does_not_fit_is_said_at_once_but_not_what_only_follows_from_it() -> None:
    works = (clearing(), shaping(begins_on=day("2026-04-18")), planting(60, after=()))
    assert codes(refusal(*works).reasons) == ["schedule.fixed_not_possible", "schedule.longer_than_season"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"days": 0}, "schedule.days_out_of_range"),
        ({"days": 5_001}, "schedule.days_out_of_range"),
        ({"lag_days": -1}, "schedule.lag_out_of_range"),
        ({"begins_on": day("2026-04-02"), "ends_on": day("2026-04-01")}, "schedule.fixed_backward"),
    ],
)
def test_a_work_that_cannot_be_is_refused(values: dict[str, object], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        Work("甲", **{"days": 1, **values})
    assert codes(refused.value.reasons) == [code]


def test_without_work_there_is_nothing_to_date() -> None:
    table = back(deadline="2026-04-30")
    assert (table.rows, table.begins_on, table.ends_on, table.late_days) == ((), None, None, None)


def test_years_that_were_not_announced_and_seasons_that_are_unverified_are_said_once() -> None:
    doubt = Reason("rules.rulebook.unverified", {"book": "种植季节", "value": "春季种植"})
    doubtful = replace(SPRING, doubts=(doubt,))
    works = (planting(5, after=()), planting(6, after=("种植",)))
    works = (works[0], replace(works[1], id="补植"))
    table = schedule_backward(works, day("2026-05-15"), Calendar(), (doubtful, WINTER_STOP, AUTUMN))
    assert codes(table.warnings) == ["calendar.unknown_year", "rulebook.unverified"]
    assert schedule_backward([clearing()], day("2026-05-15"), WEEKDAYS, (doubtful,)).warnings == ()


def test_planting_without_a_known_season_is_dated_and_says_that_it_may_be_wrong() -> None:
    table = back(planting(5, after=()), deadline="2026-07-31", seasons=(WINTER_STOP,))
    assert dates(table) == {"种植": "2026-07-27 07-31"}
    assert codes(table.warnings) == ["schedule.no_season_known"]
    assert back(clearing(), deadline="2026-07-31", seasons=()).warnings == ()


def test_a_row_says_why_it_lies_where_it_lies() -> None:
    row = back(*RESTORING, deadline="2026-04-30").row("种植")
    assert [say(reason) for reason in row.because] == [
        "须在“验收”（2026-04-29 开始）之前完成。",
        "在春季种植时段（2026-03-01 至 2026-05-15）内。",
    ]
