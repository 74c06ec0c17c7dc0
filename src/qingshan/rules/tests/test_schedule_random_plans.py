"""Do random plans keep every rule of a timetable, and do they agree with a slow and simple search day by day?"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from qingshan.rules.calendar import Calendar
from qingshan.rules.errors import RuleBroken
from qingshan.rules.schedule import schedule_backward, schedule_forward
from qingshan.rules.seasons import Season, SeasonEffect, Span, WorkKind
from qingshan.rules.slips import slip_of
from qingshan.rules.tests.plans_to_date import season
from qingshan.rules.tests.test_calendar import calendars
from qingshan.rules.timetable import Dated, Progress, Timetable, Work

SEEN: Counter[str] = Counter()
IDS = [f"w{number}" for number in range(7)]
DEADLINES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
POOL = [
    season("03-01", "05-15", name="a"),
    season("10-01", "11-15", name="b"),
    season("12-10", "01-20", name="c"),
    season("05-01", "06-10", name="d"),
    season("11-15", "03-15", kind="earthwork", effect="stop", name="e"),
    season("04-01", "04-10", effect="stop", name="f"),
    season("07-10", "08-20", kind="other", effect="stop", name="g"),
]
ONE_DAY = timedelta(days=1)
EXAMPLES = max(80, settings.default.max_examples)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Work, ...]:
    """Up to seven works, each waiting for some of those before it."""
    works: list[Work] = []
    for work_id in IDS[: draw(st.integers(1, len(IDS)))]:
        before = [work.id for work in works]
        works.append(
            Work(
                work_id,
                draw(st.one_of(st.integers(1, 12), st.integers(13, 45), st.integers(46, 80))),
                counts_working_days=draw(st.booleans()),
                kind=draw(st.sampled_from(WorkKind)),
                after=tuple(draw(st.sets(st.sampled_from(before), max_size=2))) if before else (),
                lag_days=draw(st.sampled_from([0, 0, 0, 5, 20])),
            )
        )
    return tuple(works)


SEASONS = st.lists(st.sampled_from(POOL), max_size=len(POOL), unique_by=lambda one: one.id).map(tuple)


def seen(what: str) -> None:
    SEEN[what] += 1
    event(what)


# --- the slow way ----------------------------------------------------------------------------------


def goes_on(work: Work, day: date, calendar: Calendar, seasons: Iterable[Season]) -> bool:
    stops = [one for one in seasons if work.kind in one.kinds and one.effect is SeasonEffect.STOP]
    works = calendar.is_working_day(day) if work.counts_working_days else True
    return works and not any(stop.contains(day) for stop in stops)


def in_one_season(work: Work, span: Span, seasons: Iterable[Season]) -> bool:
    """Whether every day of it, one after another, lies in the same window."""
    own = [one for one in seasons if work.kind in one.kinds and one.effect is SeasonEffect.POSSIBLE]
    days = [span.from_on + timedelta(days=number) for number in range(span.days)]
    return not own or any(all(one.contains(day) for day in days) for one in own)


def fits(work: Work, span: Span, calendar: Calendar, seasons: tuple[Season, ...]) -> bool:
    days = [span.from_on + timedelta(days=number) for number in range(span.days)]
    worked = [day for day in days if goes_on(work, day, calendar, seasons)]
    at_ends = bool(worked) and (worked[0], worked[-1]) == (span.from_on, span.to_on)
    return at_ends and len(worked) == work.days and in_one_season(work, span, seasons)


def slowly(
    work: Work, start: date, step: timedelta, calendar: Calendar, seasons: tuple[Season, ...]
) -> Span | None:
    """The first place found by trying each day in turn, backward or forward, for thirteen years."""
    worked: list[date] = []
    for day in (start + step * number for number in range(13 * 366)):
        if goes_on(work, day, calendar, seasons):
            worked.append(day)
            span = Span(*sorted((worked[-work.days :][0], day)))
            if len(worked) >= work.days and in_one_season(work, span, seasons):
                return span
    return None


# --- backward --------------------------------------------------------------------------------------


def by_id(table: Timetable) -> dict[str, Dated]:
    return {row.id: row for row in table.rows}


@settings(max_examples=EXAMPLES)
@given(plans(), DEADLINES, calendars(), SEASONS, st.randoms(use_true_random=False))
def check_backward(
    works: tuple[Work, ...],
    deadline: date,
    calendar: Calendar,
    seasons: tuple[Season, ...],
    chance: random.Random,
) -> None:
    try:
        table = schedule_backward(works, deadline, calendar, seasons)
    except RuleBroken as refused:
        seen(f"refused: {refused.code}")
        return
    seen("dated")
    rows = by_id(table)
    for work in works:
        row = rows[work.id]
        assert fits(work, row.span, calendar, seasons)
        bound = min(
            [deadline]
            + [rows[one.id].from_on - ONE_DAY * (1 + one.lag_days) for one in works if work.id in one.after]
        )
        assert row.to_on <= bound
        assert row.span == slowly(work, bound, -ONE_DAY, calendar, seasons)
        tell_case(work, row, bound, seasons)
    assert min(row.slack_days for row in table.rows) >= 0
    assert table.critical_path
    mixed = chance.sample(works, len(works)), chance.sample(seasons, len(seasons))
    assert schedule_backward(mixed[0], deadline, calendar, mixed[1]) == table


def tell_case(work: Work, row: Dated, bound: date, seasons: tuple[Season, ...]) -> None:
    codes = {reason.code for reason in row.because}
    if "rules.schedule.paused" in codes:
        seen("paused over a stop")
    if "rules.schedule.in_season" in codes:
        seen("planted inside one season")
        if (bound - row.to_on).days > 20:
            seen("went back to an earlier season")
    if row.from_on.year < row.to_on.year:
        seen("reached over new year")


@settings(max_examples=EXAMPLES)
@given(plans(), DEADLINES, calendars(), SEASONS)
def check_forward_after_backward(
    works: tuple[Work, ...], deadline: date, calendar: Calendar, seasons: tuple[Season, ...]
) -> None:
    """From the first day of the latest timetable nothing ends later; from its own beginnings all ends on its day."""
    try:
        latest = schedule_backward(works, deadline, calendar, seasons)
    except RuleBroken:
        return
    forecast = schedule_forward(works, [], calendar, seasons, on=latest.begins_on, deadline=deadline)
    back, on = by_id(latest), by_id(forecast)
    assert all(on[work.id].to_on <= back[work.id].to_on for work in works)
    assert forecast.ends_on <= latest.ends_on <= deadline
    assert {row.id: row.slack_days for row in latest.rows} == {
        row.id: row.slack_days for row in forecast.rows
    }
    seen("the same end" if forecast.ends_on == latest.ends_on else "an earlier end")
    fixed = [replace(work, begins_on=back[work.id].from_on) for work in works]
    again = schedule_forward(fixed, [], calendar, seasons, on=latest.begins_on, deadline=deadline)
    assert {row.id: row.span for row in again.rows} == {row.id: row.span for row in latest.rows}
    pinned = schedule_backward(fixed, deadline, calendar, seasons)
    assert {row.id: row.span for row in pinned.rows} == {row.id: row.span for row in latest.rows}
    assert all(one.days == 0 for one in slip_of(latest, again).stages)


@settings(max_examples=EXAMPLES)
@given(plans(), DEADLINES, calendars(), SEASONS, st.integers(1, 400))
def check_not_before(
    works: tuple[Work, ...], deadline: date, calendar: Calendar, seasons: tuple[Season, ...], days: int
) -> None:
    """What is refused as too early names an end that is possible, and that is the first one that is."""
    not_before = deadline - ONE_DAY * days
    try:
        table = schedule_backward(works, deadline, calendar, seasons, not_before=not_before)
    except RuleBroken as refused:
        soonest = [one.values["day"] for one in refused.reasons if one.code == "rules.schedule.soonest_end"]
        for text in soonest:
            seen("too early, with the end that is possible")
            end = date.fromisoformat(str(text))
            assert end > deadline
            assert schedule_backward(works, end, calendar, seasons, not_before=not_before).ends_on == end
            with pytest.raises(RuleBroken):
                schedule_backward(works, end - ONE_DAY, calendar, seasons, not_before=not_before)
        return
    seen("not too early")
    assert table.begins_on >= not_before


# --- forward ---------------------------------------------------------------------------------------


@st.composite
def reports(draw: st.DrawFn, works: tuple[Work, ...], on: date) -> list[Progress]:
    found = []
    for work in works:
        begun = on - ONE_DAY * draw(st.integers(0, 60))
        kind = draw(st.sampled_from(["nothing", "nothing", "begun", "finished", "percent"]))
        percent = draw(st.one_of(st.none(), st.integers(0, 100)))
        if kind == "begun":
            found.append(Progress(work.id, begun, None, percent))
        elif kind == "percent":
            found.append(Progress(work.id, percent=percent))
        elif kind == "finished":
            length = draw(st.integers(0, (on - begun).days))
            found.append(Progress(work.id, begun, begun + ONE_DAY * length, percent))
    return found


@settings(max_examples=EXAMPLES)
@given(st.data(), plans(), DEADLINES, calendars(), SEASONS, st.randoms(use_true_random=False))
def check_forward(
    data: st.DataObject,
    works: tuple[Work, ...],
    on: date,
    calendar: Calendar,
    seasons: tuple[Season, ...],
    chance: random.Random,
) -> None:
    given_reports = data.draw(reports(works, on))
    reported = {one.id: one for one in given_reports if one.has_begun}
    try:
        table = schedule_forward(works, given_reports, calendar, seasons, on=on)
    except RuleBroken as refused:
        seen(f"no forecast: {refused.code}")
        return
    rows = by_id(table)
    for work in works:
        row, progress = rows[work.id], reported.get(work.id)
        if progress and progress.finished_on:
            seen("finished")
            assert row.span == Span(progress.begun_on, progress.finished_on)
        elif progress:
            seen("going on")
            assert row.to_on >= on
            assert goes_on(work, row.to_on, calendar, seasons)
        else:
            bound = max([on] + [rows[one].to_on + ONE_DAY * (1 + work.lag_days) for one in work.after])
            assert fits(work, row.span, calendar, seasons)
            assert row.span == slowly(work, bound, ONE_DAY, calendar, seasons)
            seen("still to begin")
            if any(one.code == "rules.schedule.waits_for_season" for one in row.because):
                seen("waits for the next season")
        assert (row.slack_days is None) is bool(progress and progress.finished_on)
        assert row.slack_days is None or row.slack_days >= 0
    again = schedule_forward(chance.sample(works, len(works)), given_reports[::-1], calendar, seasons, on=on)
    assert again == table


@settings(max_examples=EXAMPLES)
@given(st.data(), plans(), DEADLINES, calendars(), SEASONS)
def check_slips(
    data: st.DataObject,
    works: tuple[Work, ...],
    deadline: date,
    calendar: Calendar,
    seasons: tuple[Season, ...],
) -> None:
    """Every late stage has one late cause, and the stages that a stage moves are those whose chain runs through it."""
    try:
        baseline = schedule_backward(works, deadline, calendar, seasons)
        on = baseline.begins_on + ONE_DAY * data.draw(st.integers(0, 120))
        given_reports = data.draw(reports(works, on))
        forecast = schedule_forward(works, given_reports, calendar, seasons, on=on, deadline=deadline)
    except RuleBroken:
        return
    slips = slip_of(baseline, forecast)
    for one in slips.stages:
        seen("late" if one.days > 0 else "in time")
        assert (one.cause is None) is (one.days <= 0)
        if one.cause and one.cause != one.id:
            seen("late because of another")
            cause = slips.stage(one.cause)
            assert cause.days > 0
            assert cause.cause == cause.id
            assert one.id in cause.moves
        assert set(one.moves) <= {other.id for other in slips.stages if other.days > 0} - {one.id}
    assert slips.deadline_days == (forecast.ends_on - deadline).days


@pytest.mark.hypothesis
def test_random_plans_keep_every_rule_and_agree_with_a_search_day_by_day() -> None:
    SEEN.clear()
    check_backward()
    check_forward_after_backward()
    check_not_before()
    check_forward()
    check_slips()
    for what, count in sorted(SEEN.items()):
        sys.stdout.write(f"random plans: {what}: {count}\n")
    wanted = {
        "dated", "refused: rules.schedule.longer_than_season", "paused over a stop", "planted inside one season",
        "went back to an earlier season", "reached over new year", "the same end", "an earlier end",
        "too early, with the end that is possible", "not too early", "finished", "going on", "still to begin",
        "waits for the next season", "late", "in time", "late because of another",
    }  # fmt: skip
    assert wanted <= set(SEEN)
