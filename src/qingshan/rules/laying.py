"""How are the works of a plan laid one after another: as late, or as early, as everything allows?

Going back, each work ends before all that wait for it begin; going on, it begins when all that it waits for have ended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from math import ceil

from qingshan.rules.calendar import Calendar
from qingshan.rules.errors import RuleBroken
from qingshan.rules.numbers import exact
from qingshan.rules.placing import Ground, Place, ground_of, shifted
from qingshan.rules.reasons import Reason
from qingshan.rules.seasons import Season, Span
from qingshan.rules.timetable import Progress, Work

ALL_PERCENT = 100


@dataclass(frozen=True)
class Plan:
    """Works that fit together, in an order in which each stands after what it waits for."""

    works: Mapping[str, Work]
    grounds: Mapping[str, Ground]
    followers: Mapping[str, tuple[str, ...]]
    """Which works wait for a work."""


@dataclass(frozen=True)
class Laid:
    """A work in its place, and why it lies there."""

    place: Place
    because: tuple[Reason, ...]

    @property
    def span(self) -> Span:
        return self.place.span


@dataclass(frozen=True)
class Bound:
    """A day that a work must keep to, and what sets it."""

    day: date
    because: Reason


Laying = tuple[dict[str, Laid], list[Reason]]
"""Works that have a place, and why others have none."""


def plan_of(works: Iterable[Work], calendar: Calendar, seasons: Iterable[Season]) -> Plan:
    """Works as a plan. One that stands twice, waits for an unknown one or for itself raises RuleBroken."""
    given, windows = sorted(works, key=lambda work: work.id), tuple(seasons)
    by_id = {work.id: work for work in given}
    faults = [*_twice(given), *_unknown(by_id)]
    if faults:
        raise RuleBroken(*faults)
    ordered = {work_id: by_id[work_id] for work_id in _in_order(by_id)}
    return Plan(
        works=ordered,
        grounds={
            work_id: ground_of(
                work.kind, calendar=calendar, seasons=windows, counts_working_days=work.counts_working_days
            )
            for work_id, work in ordered.items()
        },
        followers={
            work_id: tuple(other.id for other in given if work_id in other.after) for work_id in ordered
        },
    )


def _twice(works: Iterable[Work]) -> list[Reason]:
    counted = Counter(work.id for work in works)
    return [Reason("rules.schedule.twice", {"id": one}) for one, count in counted.items() if count > 1]


def _unknown(works: Mapping[str, Work]) -> list[Reason]:
    return [
        work.reason("rules.schedule.unknown_dependency", id=one)
        for work in works.values()
        for one in sorted(set(work.after) - set(works))
    ]


def _in_order(works: Mapping[str, Work]) -> tuple[str, ...]:
    try:
        return tuple(
            TopologicalSorter({one: sorted(set(work.after)) for one, work in works.items()}).static_order()
        )
    except CycleError as found:
        ring: list[str] = found.args[1][:-1]
        first = ring.index(min(ring))
        turned = [*ring[first:], *ring[:first], ring[first]]
        names = " → ".join(works[one].name for one in turned)
        raise RuleBroken.because("rules.schedule.cycle", works=names) from found


def latest(plan: Plan, until: date) -> Laying:
    """Every work as late as possible, the last of them until a day."""
    laid: dict[str, Laid] = {}
    faults: list[Reason] = []
    for work_id in reversed(tuple(plan.works)):
        work = plan.works[work_id]
        if any(one not in laid for one in plan.followers[work_id]):
            continue  # what follows has no place: nothing can be said of this one
        _take(work_id, _latest_of(plan, work, _last_day_of(plan, laid, work, until)), laid, faults)
    return laid, faults


def earliest(
    plan: Plan,
    since: date,
    reported: Mapping[str, Progress],
    planned: Mapping[str, date] | None = None,
) -> Laying:
    """Every work as early as possible from a day on, but those that have begun where they were reported.

    Works with a planned first day wait for it, unless they have begun.
    """
    laid: dict[str, Laid] = {}
    faults: list[Reason] = []
    for work_id, work in plan.works.items():
        progress = reported.get(work_id)
        if progress and progress.has_begun:
            _take(work_id, _begun(plan.grounds[work_id], work, progress, since), laid, faults)
        elif all(one in laid for one in work.after):
            bound = _first_day_of(plan, laid, work, since, (planned or {}).get(work_id))
            _take(work_id, _earliest_of(plan.grounds[work_id], work, bound), laid, faults)
    return laid, faults


def days_left(ground: Ground, work: Work, progress: Progress, on: date) -> int:
    """Days of work that remain of a begun work: by its percentage, else as if it went on as planned; at least one."""
    if progress.percent is not None:
        return max(1, ceil(work.days * (ALL_PERCENT - exact(progress.percent)) / ALL_PERCENT))
    begun_on = progress.begun_on or on
    gone = ground.count(Span(begun_on, shifted(on, -1))) if begun_on < on else 0
    return max(1, work.days - gone)


def _take(work_id: str, found: Laid | Reason, laid: dict[str, Laid], faults: list[Reason]) -> None:
    if isinstance(found, Reason):
        faults.append(found)
    else:
        laid[work_id] = found


def _last_day_of(plan: Plan, laid: Mapping[str, Laid], work: Work, until: date) -> Bound:
    bounds = [Bound(until, Reason("rules.schedule.before_end", {"day": until.isoformat()}))]
    for one in plan.followers[work.id]:
        follower, begins_on = plan.works[one], laid[one].span.from_on
        because = Reason("rules.schedule.before_work", {"other": follower.name, "day": begins_on.isoformat()})
        bounds.append(Bound(shifted(begins_on, -1 - follower.lag_days), because))
    return min(bounds, key=lambda bound: bound.day)


def _first_day_of(
    plan: Plan, laid: Mapping[str, Laid], work: Work, since: date, planned: date | None
) -> Bound:
    bounds = [Bound(since, Reason("rules.schedule.from_day", {"day": since.isoformat()}))]
    if planned:
        bounds.append(Bound(planned, Reason("rules.schedule.as_planned", {"day": planned.isoformat()})))
    for one in sorted(set(work.after)):
        ends_on = laid[one].span.to_on
        values = {"other": plan.works[one].name, "day": ends_on.isoformat()}
        bounds.append(Bound(shifted(ends_on, 1 + work.lag_days), Reason("rules.schedule.after_work", values)))
    return max(bounds, key=lambda bound: bound.day)


def _latest_of(plan: Plan, work: Work, bound: Bound) -> Laid | Reason:
    ground = plan.grounds[work.id]
    if work.is_fixed:
        return _fixed_before(ground, work, bound)
    place = ground.latest(days=work.days, until=bound.day)
    if place is None:
        return _why_never(ground, work, bound.day)
    return Laid(place, (bound.because, *_why_here(ground, place)))


def _fixed_before(ground: Ground, work: Work, bound: Bound) -> Laid | Reason:
    place = fixed_place(ground, work)
    if place is None:
        return _not_possible(work)
    late = (place.span.to_on - bound.day).days
    if late > 0:
        to_on, until = place.span.to_on.isoformat(), bound.day.isoformat()
        return work.reason("rules.schedule.fixed_too_late", to_on=to_on, until=until, late=late)
    return Laid(place, (Reason("rules.schedule.fixed"), *_why_here(ground, place)))


def _earliest_of(ground: Ground, work: Work, bound: Bound) -> Laid | Reason:
    fixed = fixed_place(ground, work)
    if fixed and fixed.span.from_on >= bound.day:
        return Laid(fixed, (Reason("rules.schedule.fixed"), *_why_here(ground, fixed)))
    place = ground.earliest(days=work.days, since=bound.day)
    if place is None:
        return _why_never(ground, work, bound.day)
    missed = (Reason("rules.schedule.fixed_missed"),) if work.is_fixed else ()
    return Laid(place, (bound.because, *missed, *_why_waiting(place, bound.day), *_why_here(ground, place)))


def _begun(ground: Ground, work: Work, progress: Progress, on: date) -> Laid | Reason:
    """A work of which something was reported: what is done stays, what remains goes on from a day on."""
    if progress.finished_on:
        span = Span(progress.begun_on or progress.finished_on, progress.finished_on)
        return Laid(Place(span), (Reason("rules.schedule.finished"), *_not_reported(progress)))
    left = days_left(ground, work, progress, on)
    place = ground.earliest(days=left, since=on)
    if place is None:
        return _why_never(ground, work, on)
    span = Span(progress.begun_on or place.span.from_on, place.span.to_on)
    because = (
        Reason("rules.schedule.goes_on", {"left": left, "day": on.isoformat()}),
        *_not_reported(progress),
    )
    whole = Place(span, place.season, place.window)
    return Laid(whole, (*because, *_why_waiting(place, on), *_why_here(ground, place)))


def _not_reported(progress: Progress) -> tuple[Reason, ...]:
    found = {
        "rules.schedule.begin_not_reported": progress.begun_on is None,
        "rules.schedule.percent_not_reported": progress.percent is None and progress.finished_on is None,
    }
    return tuple(Reason(code) for code, is_so in found.items() if is_so)


def fixed_place(ground: Ground, work: Work) -> Place | None:
    """Where a work lies by the days that were fixed for it; None where it cannot be done so."""
    if work.begins_on and work.ends_on:
        span = Span(work.begins_on, work.ends_on)
        can = ground.is_possible(span.from_on) and ground.is_possible(span.to_on)
        return ground.holding(span) if can and ground.count(span) >= work.days else None
    if work.begins_on:
        place = ground.earliest(days=work.days, since=work.begins_on)
        return place if place and place.span.from_on == work.begins_on else None
    place = ground.latest(days=work.days, until=work.ends_on) if work.ends_on else None
    return place if place and place.span.to_on == work.ends_on else None


def _not_possible(work: Work) -> Reason:
    first, last = (day.isoformat() if day else None for day in (work.begins_on, work.ends_on))
    return work.reason("rules.schedule.fixed_not_possible", days=work.days, from_on=first, to_on=last)


def _why_here(ground: Ground, place: Place) -> tuple[Reason, ...]:
    """Which window holds a place, and which stops it pauses over."""
    held = place.season and place.window
    inside = () if not held else (Reason("rules.schedule.in_season", _season_values(place)),)
    pauses = tuple(
        Reason("rules.schedule.paused", {**stop.values, "days": days})
        for stop, days in ground.pauses(place.span)
    )
    return (*inside, *pauses)


def _why_waiting(place: Place, since: date) -> tuple[Reason, ...]:
    """That a work waits for its season, where the window opens after it could have begun."""
    if place.window is None or place.window.from_on <= since:
        return ()
    waits = (place.window.from_on - since).days
    return (Reason("rules.schedule.waits_for_season", {**_season_values(place), "days": waits}),)


def _season_values(place: Place) -> dict[str, str]:
    season = {} if place.season is None else place.season.values
    return season if place.window is None else {**season, **place.window.values}


def _why_never(ground: Ground, work: Work, day: date) -> Reason:
    if not ground.seasons:
        return work.reason("rules.schedule.never_possible", days=work.days)
    longest = ground.longest_window(around=day)
    if longest == 0:
        return work.reason("rules.schedule.season_never_comes", kind=work.kind.zh, kind_en=work.kind.en)
    return work.reason("rules.schedule.longer_than_season", days=work.days, longest=longest)
