"""How does a plan stand in time: its proposal of dates, its frozen baseline, its forecast, how far it slips and why?

Stages become works of `rules.schedule`; working days come from the register of holidays, seasons and stops from the
rulebook that is in force in the region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qingshan.office.cases.actions.planning import NewStage
from qingshan.office.matters.models import Matter, Plan, Stage
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.places.queries.calendar import calendar
from qingshan.rules.bars import Bars, bars
from qingshan.rules.calendar import Calendar
from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.placing import Ground, ground_of
from qingshan.rules.reasons import Reason
from qingshan.rules.rulebook import consulted
from qingshan.rules.schedule import schedule_backward, schedule_forward
from qingshan.rules.seasons import Season, SeasonAnswer, Span, WorkKind, seasons_in
from qingshan.rules.slips import Slip, Slips, slip_of
from qingshan.rules.timetable import Dated, Progress, Timetable, Work

IN_FORCE = frozenset({PlanState.APPROVED.value})
GOES_ON = frozenset({PlanState.DRAFT.value, PlanState.SUBMITTED.value, PlanState.APPROVED.value})
"""Versions of which a forecast makes sense; the others stay as they were."""


@dataclass(frozen=True)
class Surroundings:
    """What decides on which days there can be work: holidays, seasons, stops."""

    calendar: Calendar
    answer: SeasonAnswer

    @property
    def seasons(self) -> tuple[Season, ...]:
        return self.answer.seasons

    def ground(self, kind: WorkKind, *, in_calendar_days: bool) -> Ground:
        """What one kind of work meets."""
        return ground_of(
            kind, calendar=self.calendar, seasons=self.seasons, counts_working_days=not in_calendar_days
        )


def surroundings(matter: Matter, *, on: date) -> Surroundings:
    """The working days, and the seasons of the matter's region by the rulebook in force on a day."""
    return Surroundings(calendar(), seasons_in(consulted(), on=on, region=region_of_id(matter.region_id)))


# -- works -----------------------------------------------------------------------------------------------------


def work_kind(text: str) -> WorkKind:
    """工程类别 of a stage; one that nobody named, or that is not known, meets no season."""
    return WorkKind(text) if text in WorkKind.values() else WorkKind.OTHER


def works_of(stages: Iterable[tuple[int, Stage | NewStage]], around: Surroundings) -> tuple[Work, ...]:
    """Stages with their places as works. One that cannot be raises RuleError."""
    found: list[Work] = []
    faults: list[Reason] = []
    for place, stage in stages:
        try:
            found.append(_work(place, stage, around))
        except RuleError as fault:
            faults += fault.reasons
    if faults:
        raise RuleError(*faults)
    return tuple(found)


def _work(place: int, stage: Stage | NewStage, around: Surroundings) -> Work:
    kind, in_calendar_days = work_kind(stage.work), bool(stage.in_calendar_days)
    return Work(
        id=str(place),
        days=stage.days or _days_between(stage, around.ground(kind, in_calendar_days=in_calendar_days)),
        counts_working_days=not in_calendar_days,
        kind=kind,
        after=tuple(str(each) for each in stage.after),
        lag_days=stage.lag_days or 0,
        begins_on=stage.begins_on,
        ends_on=stage.ends_on,
        title=stage.name,
    )


def _days_between(stage: Stage | NewStage, ground: Ground) -> int:
    """Of a stage with dates and no number of days: those on which there can be work, one at least."""
    if stage.from_on is None or stage.due_on is None or stage.due_on < stage.from_on:
        return 1
    return max(1, ground.count(Span(stage.from_on, stage.due_on)))


# -- backward from the deadline (倒排工期) -------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """Dates for every stage of a plan before anything is saved; or why there are none."""

    timetable: Timetable | None
    faults: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    """What is uncertain: years that were not announced, seasons that are 待核 or not entered."""
    bars: Bars | None


def proposal(
    stages: Sequence[NewStage], *, deadline: date, not_before: date | None, around: Surroundings, on: date
) -> Proposal:
    """The latest days on which every stage can be done before the deadline."""
    try:
        works = works_of(enumerate(stages, start=1), around)
        dated = schedule_backward(works, deadline, around.calendar, around.seasons, not_before=not_before)
    except RuleError as fault:
        return Proposal(None, fault.reasons, (), None)
    notes = (*dated.warnings, *around.answer.warnings)
    return Proposal(dated, (), notes, bars(dated, seasons=_met(works, around.seasons), on=on))


def placed(stages: Sequence[NewStage], timetable: Timetable) -> tuple[NewStage, ...]:
    """The stages with the days of a proposal."""
    found = []
    for place, stage in enumerate(stages, start=1):
        row = timetable.row(str(place))
        found.append(replace(stage, from_on=row.from_on, due_on=row.to_on) if row else stage)
    return tuple(found)


def _met(works: Iterable[Work], seasons: Iterable[Season]) -> tuple[Season, ...]:
    """The seasons and stops that any of these works meets."""
    kinds = {work.kind for work in works}
    return tuple(season for season in seasons if season.kinds & kinds)


# -- baseline, forecast, slip ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanTimes:
    """One version of a plan in time, as it stands on a day."""

    on: date
    deadline: date | None
    is_frozen: bool
    """Whether the baseline is one: what was approved. Else it is what the plan says so far."""
    baseline: Timetable
    forecast: Timetable | None
    faults: tuple[Reason, ...]
    """Why there is no forecast."""
    slips: Slips | None
    bars: Bars | None
    stages: tuple[Stage, ...]
    answer: SeasonAnswer

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What is uncertain about the forecast."""
        return (*(self.forecast.warnings if self.forecast else ()), *self.answer.warnings)

    @property
    def cause(self) -> Stage | None:
        """The stage that makes the end late."""
        cause = self.slips.cause if self.slips else None
        return next((stage for stage in self.stages if str(stage.place) == cause), None)

    def slip(self, stage: Stage) -> Slip | None:
        """How far one stage is behind."""
        return self.slips.stage(str(stage.place)) if self.slips else None

    def moved(self, slip: Slip) -> list[Stage]:
        """The stages that are late because of one."""
        return [stage for stage in self.stages if str(stage.place) in slip.moves]


def plan_times(plan: Plan, matter: Matter, *, on: date) -> PlanTimes:
    """A version of a plan with baseline, forecast and slip; a version that is no longer in force has no forecast."""
    day = min(on, matter.closed_on) if matter.closed_on else on
    around, stages = surroundings(matter, on=day), tuple(plan.stages.order_by("place"))
    deadline = (matter.due_on if plan.state in IN_FORCE else None) or plan.due_on or matter.due_on
    progress = tuple(each for stage in stages if (each := progress_of(stage)).has_begun)
    base = _baseline(plan, stages, around)
    forecast, faults = _forecast(plan, stages, progress, base, around, on=day, deadline=deadline)
    shown = forecast or replace(base, deadline=deadline)
    seasons = _met(shown.works, around.seasons)
    drawn = bars(shown, baseline=base, progress=progress, seasons=seasons, on=day)
    return PlanTimes(
        on=day,
        deadline=deadline,
        is_frozen=bool(plan.baseline),
        baseline=base,
        forecast=forecast,
        faults=faults,
        slips=slip_of(_until_working_days(base, forecast, around.calendar), forecast) if forecast else None,
        bars=drawn,
        stages=stages,
        answer=around.answer,
    )


def progress_of(stage: Stage) -> Progress:
    """What was reported of a stage. One that is said to be done at 0 % was not begun."""
    return Progress(str(stage.place), stage.begun_on, stage.done_on, stage.progress_percent)


def _forecast(
    plan: Plan,
    stages: Sequence[Stage],
    progress: Sequence[Progress],
    base: Timetable,
    around: Surroundings,
    *,
    on: date,
    deadline: date | None,
) -> tuple[Timetable | None, tuple[Reason, ...]]:
    if plan.state not in GOES_ON or not stages:
        return None, ()
    planned = {row.id: row.from_on for row in base.rows}
    try:
        works = works_of(((stage.place, stage) for stage in stages), around)
        made = schedule_forward(
            works,
            progress,
            around.calendar,
            around.seasons,
            on=on,
            deadline=deadline,
            planned=planned,
        )
    except RuleError as fault:
        return None, fault.reasons
    return made, ()


def _baseline(plan: Plan, stages: Sequence[Stage], around: Surroundings) -> Timetable:
    """What was frozen when the plan was approved; before that, what its stages say."""
    rows = [_frozen(row) for row in plan.baseline] if plan.baseline else [(s.place, s) for s in stages]
    works, dated = [], []
    for place, stage in rows:
        try:
            work = _work(place, stage, around)
        except RuleError:
            continue  # the forecast says what is wrong with it
        works.append(work)
        if span := _span(stage, work, around):
            dated.append(Dated(work.id, span.from_on, span.to_on))
    ordered = tuple(sorted(dated, key=lambda row: (row.from_on, row.to_on, row.id)))
    return Timetable(tuple(works), ordered, plan.due_on)


def _until_working_days(base: Timetable, forecast: Timetable, days: Calendar) -> Timetable:
    """A day of rest on which something is due lasts until the next working day (民法典第二百零三条): what ends by then
    is not late.
    """
    return replace(base, rows=tuple(_excused(row, forecast.row(row.id), days) for row in base.rows))


def _excused(row: Dated, ends: Dated | None, days: Calendar) -> Dated:
    in_time = ends is not None and row.to_on < ends.to_on <= days.first_working_day(row.to_on).day
    return replace(row, to_on=ends.to_on) if ends and in_time else row


def _frozen(row: Mapping[str, Any]) -> tuple[int, NewStage]:
    """A stage as it stood at approval."""
    return int(row["place"]), NewStage(
        name=str(row["name"]),
        due_on=_day(row.get("due_on")),
        from_on=_day(row.get("from_on")),
        work=str(row.get("work") or ""),
        days=row.get("days"),
        after=tuple(row.get("after") or ()),
        in_calendar_days=bool(row.get("in_calendar_days")),
        lag_days=row.get("lag_days"),
    )


def _span(stage: Stage | NewStage, work: Work, around: Surroundings) -> Span | None:
    """The days of a stage; where only its end is known, its days of work before it."""
    if stage.due_on is None:
        return None
    if stage.from_on is not None:
        return Span(min(stage.from_on, stage.due_on), stage.due_on)
    ground = around.ground(work.kind, in_calendar_days=not work.counts_working_days)
    place = ground.latest(days=work.days, until=stage.due_on) if stage.days else None
    return Span(place.span.from_on if place else stage.due_on, stage.due_on)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
