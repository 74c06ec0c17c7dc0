"""When must each stage of a plan begin and end, counted back from the deadline (倒排工期), and when will it end now?

Backward gives the latest days that still keep the deadline; forward gives the forecast from what was reported. Both lay
every work on days on which it is possible: `rules.placing`. What does not fit is refused, with where and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from qingshan.rules.calendar import Calendar
from qingshan.rules.errors import RuleBroken
from qingshan.rules.laying import (
    ALL_PERCENT,
    Laid,
    Plan,
    days_left,
    earliest,
    fixed_place,
    latest,
    plan_of,
)
from qingshan.rules.numbers import exact
from qingshan.rules.placing import Ground, doubts_of
from qingshan.rules.reasons import Reason
from qingshan.rules.seasons import Season, WorkKind
from qingshan.rules.timetable import Dated, Progress, Timetable, Work


def schedule_backward(
    works: Iterable[Work],
    deadline: date,
    calendar: Calendar,
    seasons: Iterable[Season] = (),
    *,
    not_before: date | None = None,
) -> Timetable:
    """The latest days on which every work can be done before the deadline (倒排工期).

    `not_before` is the first day on which anything can be done; slack is counted from it, or else from the first day
    that the timetable itself needs. Whatever does not fit raises RuleBroken with all that is in the way.
    """
    plan = plan_of(works, calendar, seasons)
    laid, faults = latest(plan, deadline)
    if not faults and not_before:
        faults = _too_early(plan, laid, not_before)
    if faults:
        raise RuleBroken(*faults)
    first = min((one.span.from_on for one in laid.values()), default=deadline)
    soonest, own = (earliest(plan, since, {})[0] for since in (not_before or first, first))
    rows = [
        _dated(work_id, one, slack_days=_moved(soonest, laid, work_id), own_days=_moved(own, laid, work_id))
        for work_id, one in laid.items()
    ]
    return _timetable(plan, rows, deadline)


def schedule_forward(
    works: Iterable[Work],
    progress: Iterable[Progress],
    calendar: Calendar,
    seasons: Iterable[Season] = (),
    *,
    on: date,
    deadline: date | None = None,
    planned: Mapping[str, date] | None = None,
) -> Timetable:
    """When every work will end as things stand on a day: the forecast.

    What was reported stands; what remains goes on from that day, each work as soon as those before it have ended, but
    no sooner than its `planned` first day where it has one. A planting season that is missed moves the planting into
    the next one. Reports that cannot be raise RuleBroken.
    """
    plan = plan_of(works, calendar, seasons)
    reported = _checked(plan, tuple(progress), on)
    laid, faults = earliest(plan, on, reported, planned)
    if faults:
        raise RuleBroken(*faults)
    rest = plan_of(_still_to_do(plan, laid, reported, on), calendar, seasons)
    end = max((one.span.to_on for one in laid.values()), default=on)
    last, own = (latest(rest, until)[0] for until in (deadline or end, end))
    rows = [
        _dated(work_id, one, slack_days=_moved(laid, last, work_id), own_days=_moved(laid, own, work_id))
        for work_id, one in laid.items()
    ]
    return _timetable(plan, rows, deadline)


def _dated(work_id: str, laid: Laid, *, slack_days: int | None, own_days: int | None) -> Dated:
    return Dated(
        id=work_id,
        from_on=laid.span.from_on,
        to_on=laid.span.to_on,
        slack_days=slack_days,
        is_critical=own_days == 0,
        because=laid.because,
    )


def _timetable(plan: Plan, rows: Iterable[Dated], deadline: date | None) -> Timetable:
    ordered = tuple(sorted(rows, key=lambda row: (row.from_on, row.to_on, row.id)))
    works = tuple(plan.works[one] for one in sorted(plan.works))
    return Timetable(works, ordered, deadline, _warnings(plan, ordered))


def _moved(one: Mapping[str, Laid], other: Mapping[str, Laid], work_id: str) -> int | None:
    """Days from the end of a work in one laying to its end in another; None where it has no place in one of them."""
    if work_id not in one or work_id not in other:
        return None
    return (other[work_id].span.to_on - one[work_id].span.to_on).days


def _warnings(plan: Plan, rows: tuple[Dated, ...]) -> tuple[Reason, ...]:
    """Every doubt once: years that have not been announced, seasons that are 待核."""
    found: list[Reason] = []
    for row in sorted(rows, key=lambda row: row.id):
        ground = plan.grounds[row.id]
        years = ground.calendar.warnings(row.from_on, row.to_on) if ground.counts_working_days else ()
        doubts = (*years, *doubts_of(ground), *_no_season(plan.works[row.id], ground))
        found += [one for one in doubts if one not in found]
    return tuple(sorted(found, key=lambda one: (one.code, str(sorted(one.values.items())))))


def _no_season(work: Work, ground: Ground) -> tuple[Reason, ...]:
    """That no season is known for planting, so that it was laid as if it could be done all year."""
    unknown = work.kind is WorkKind.PLANTING and not ground.seasons
    return (Reason("rules.schedule.no_season_known"),) if unknown else ()


def _too_early(plan: Plan, laid: Mapping[str, Laid], not_before: date) -> list[Reason]:
    """Works that would have to begin too early, leaving out those that only follow one, and what would be possible."""
    early = {work_id for work_id, one in laid.items() if one.span.from_on < not_before}
    heads = sorted(work_id for work_id in early if not early & set(plan.works[work_id].after))
    faults = [_early_reason(plan.works[one], laid[one].span.from_on, not_before) for one in heads]
    soonest, impossible = earliest(plan, not_before, {})
    if faults and not impossible:
        end = max(one.span.to_on for one in soonest.values())
        faults.append(Reason("rules.schedule.soonest_end", {"day": end.isoformat()}))
    return faults


def _early_reason(work: Work, from_on: date, not_before: date) -> Reason:
    values = {"from_on": from_on.isoformat(), "not_before": not_before.isoformat()}
    return work.reason("rules.schedule.too_early", early=(not_before - from_on).days, **values)


def _checked(plan: Plan, progress: tuple[Progress, ...], on: date) -> dict[str, Progress]:
    """What was reported, by work. What cannot have been reported on that day raises RuleBroken."""
    counted = Counter(one.id for one in progress)
    faults = [
        Reason("rules.schedule.unknown_work", {"id": one}) for one in sorted(set(counted) - set(plan.works))
    ]
    faults += [
        Reason("rules.schedule.reported_twice", {"id": one}) for one in sorted(counted) if counted[one] > 1
    ]
    for one in sorted(progress, key=lambda one: one.id):
        if one.id in plan.works:
            faults += report_faults(plan.works[one.id], one, on)
    if faults:
        raise RuleBroken(*faults)
    return {one.id: one for one in progress}


def report_faults(work: Work, progress: Progress, on: date) -> list[Reason]:
    """What cannot have been reported of a work on that day."""
    begun, finished = progress.begun_on, progress.finished_on
    share = None if progress.percent is None else exact(progress.percent)
    found = {
        "rules.schedule.reported_ahead": any(day is not None and day > on for day in (begun, finished)),
        "rules.schedule.finished_before_begun": bool(begun and finished and finished < begun),
        "rules.schedule.percent_out_of_range": share is not None and not 0 <= share <= ALL_PERCENT,
    }
    values = {
        "day": on.isoformat(),
        "begun_on": begun.isoformat() if begun else None,
        "finished_on": finished.isoformat() if finished else None,
        "percent": None if progress.percent is None else str(progress.percent),
    }
    return [work.reason(code, **values) for code, is_so in found.items() if is_so]


def _still_to_do(
    plan: Plan, laid: Mapping[str, Laid], reported: Mapping[str, Progress], on: date
) -> list[Work]:
    """What is not finished, as far as it remains: begun works wait for nothing, missed fixed days bind no more."""
    finished = {one for one, progress in reported.items() if progress.finished_on}
    rest = []
    for work_id, work in plan.works.items():
        progress = reported.get(work_id)
        if work_id in finished:
            continue
        if progress and progress.has_begun:
            rest.append(_remainder(plan.grounds[work_id], work, progress, on))
        else:
            after = tuple(one for one in work.after if one not in finished)
            rest.append(replace(_unbound(plan.grounds[work_id], work, laid[work_id]), after=after))
    return rest


def _remainder(ground: Ground, work: Work, progress: Progress, on: date) -> Work:
    left = days_left(ground, work, progress, on)
    return replace(work, days=left, after=(), begins_on=None, ends_on=None)


def _unbound(ground: Ground, work: Work, laid: Laid) -> Work:
    """The work without its fixed days where it does not lie on them."""
    fixed = fixed_place(ground, work)
    if fixed and fixed.span == laid.span:
        return work
    return replace(work, begins_on=None, ends_on=None)
