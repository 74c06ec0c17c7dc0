"""How is a plan drawn up, submitted, approved, returned; how is it changed afterwards?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from qingshan.exchange.writing import IN_ORDER, add, change, insert
from qingshan.office.cases.facts import current_plan, plans_of, stages_of
from qingshan.office.cases.routes import act_on
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.doubting import target_doubts
from qingshan.office.matters.models import Matter, Measure, Plan, PlanCover, Stage, Step
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import SubjectState, gone
from qingshan.rules.evidence import TargetChange
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.matters import StageTerm


@dataclass(frozen=True)
class NewStage:
    """节点 as somebody wrote it."""

    name: str
    due_on: date | None = None
    from_on: date | None = None
    term: StageTerm = StageTerm.SHORT
    work: str = ""
    days: int | None = None
    after: tuple[int, ...] = ()
    """places of the stages before it, from 1"""
    in_calendar_days: bool = False
    lag_days: int | None = None
    """days of the calendar between their end and its beginning"""
    begins_on: date | None = None
    ends_on: date | None = None
    """days that somebody fixed"""


@dataclass(frozen=True)
class NewMeasure:
    """整改措施 as somebody wrote it."""

    name: str
    unit_name: str = ""
    post: str = ""
    person_name: str = ""
    due_on: date | None = None
    quantity: Decimal | None = None
    quantity_unit: str = ""
    shown_by: str = ""
    stage: int | None = None
    """place of its stage, from 1"""


@dataclass(frozen=True)
class NewCover:
    """What an area's plan covers or, with a reason, leaves out: a mine, or named public land."""

    mine: Mine | None = None
    name: str = ""
    area_m2: float | None = None
    left_out_because: str = ""


@dataclass(frozen=True)
class NewPlan:
    """整改方案 as somebody wrote it."""

    title: str
    target: str = ""
    target_quantity: Decimal | None = None
    target_unit: str = ""
    from_on: date | None = None
    due_on: date | None = None
    stages: tuple[NewStage, ...] = ()
    measures: tuple[NewMeasure, ...] = ()
    covers: tuple[NewCover, ...] = ()
    within: Plan | None = field(default=None, compare=False)
    area: Region | None = field(default=None, compare=False)
    """of an area's plan (一片区一方案): all mines of this region"""


@official_act
def draft_plan(matter: Matter, plan: NewPlan, brought: Brought, *, actor: ActorLike, now: datetime) -> Plan:
    """编制整改方案: write the draft, whole; an earlier draft is replaced, an earlier version stays. Refused: whoever
    neither answers nor carries out.
    """
    written: list[Plan] = []
    take_step(
        matter,
        act_on(matter, "draft_plan"),
        brought,
        actor=actor,
        now=now,
        facts={"plan": plan.title, "measures": len(plan.measures), "stages": len(plan.stages)},
        beside=lambda step: _draft(matter, plan, written),
    )
    return written[0]


def _draft(matter: Matter, new: NewPlan, written: list[Plan]) -> list[Any]:
    plans = plans_of(matter.pk)
    draft = next((plan for plan in plans if plan.state == PlanState.DRAFT), None)
    cleared = _cleared(draft) if draft else []
    plan = draft or Plan(matter=matter, number=_next_number(plans), state=PlanState.DRAFT.value, version=0)
    rows = _fill(plan, new)
    written.append(plan)
    return [*cleared, *rows]


def _next_number(plans: Sequence[Plan]) -> int:
    return plans[0].number + 1 if plans else 1


def _cleared(plan: Plan) -> list[SubjectState]:
    """What a draft held before is gone; the trail says so."""
    rows: list[Model] = [*plan.measures.all(), *plan.stages.all(), *plan.covers.all()]
    states = [gone(row) for row in rows]
    plan.measures.all().delete()
    plan.covers.all().delete()
    plan.stages.all().delete()
    return states


def _fill(plan: Plan, new: NewPlan) -> list[Model]:
    plan.title, plan.target = new.title.strip()[:200], new.target.strip()
    plan.target_quantity, plan.target_unit = new.target_quantity, new.target_unit.strip()
    plan.from_on, plan.due_on, plan.within, plan.area = new.from_on, new.due_on, new.within, new.area
    plan.version += 1
    if plan.pk is None:
        add(plan)
    else:
        plan.save()
    stages = [_stage(plan, place, each) for place, each in enumerate(new.stages, start=1)]
    insert(stages, key=IN_ORDER)
    measures = [_measure(plan, place, each, stages) for place, each in enumerate(new.measures, start=1)]
    insert(measures, key=IN_ORDER)
    covers = [_cover(plan, each) for each in new.covers]
    insert(covers, key=IN_ORDER)
    return [plan, *stages, *measures, *covers]


def _stage(plan: Plan, place: int, new: NewStage) -> Stage:
    return Stage(
        plan=plan,
        place=place,
        name=new.name.strip()[:120],
        term=new.term.value,
        work=new.work,
        days=new.days,
        after=list(new.after),
        in_calendar_days=new.in_calendar_days or None,
        lag_days=new.lag_days or None,
        begins_on=new.begins_on,
        ends_on=new.ends_on,
        from_on=new.from_on,
        due_on=new.due_on,
    )


def _measure(plan: Plan, place: int, new: NewMeasure, stages: Sequence[Stage]) -> Measure:
    return Measure(
        plan=plan,
        place=place,
        name=new.name.strip()[:300],
        stage=stages[new.stage - 1] if new.stage and new.stage <= len(stages) else None,
        quantity=new.quantity,
        quantity_unit=new.quantity_unit.strip(),
        unit_name=new.unit_name.strip(),
        post=new.post.strip(),
        person_name=new.person_name.strip(),
        due_on=new.due_on,
        shown_by=new.shown_by.strip(),
    )


def _cover(plan: Plan, new: NewCover) -> PlanCover:
    return PlanCover(
        plan=plan,
        mine=new.mine,
        name=new.name.strip()[:120],
        area_m2=new.area_m2,
        left_out_because=new.left_out_because.strip()[:500],
    )


@official_act
def submit_plan(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """报送整改方案: from here on the version stays as it is. Refused: not who does the work, no plan, no measures."""
    plan = current_plan(matter)
    return take_step(
        matter,
        act_on(matter, "submit_plan"),
        brought,
        actor=actor,
        now=now,
        facts={"plan": str(plan) if plan else None},
        beside=lambda step: [*_put(plan, state=PlanState.SUBMITTED.value), *_lowered(matter, plan, step)],
    )


def _lowered(matter: Matter, plan: Plan | None, step: Step) -> list[Model]:
    """存疑待核 where the target is lower than what was approved before."""
    before = next((each for each in plans_of(matter.pk) if each.approved_on), None)
    if plan is None or before is None or before.target_unit != plan.target_unit:
        return []
    if before.target_quantity is None or plan.target_quantity is None or before.approved_on is None:
        return []
    change = TargetChange(
        title=plan.target,
        unit=plan.target_unit,
        approved=before.target_quantity,
        approved_on=before.approved_on,
        now=plan.target_quantity,
        changed_on=step.occurred_on,
    )
    return list(target_doubts(matter, change, on=step.occurred_on))


@official_act
def approve_plan(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """批准整改方案: the stages are frozen as the baseline, and the plan's deadline is the matter's. Refused: no review
    duty, an open question of the four, whoever carries the work out.
    """
    plan = current_plan(matter)
    return take_step(
        matter,
        act_on(matter, "approve_plan"),
        brought,
        actor=actor,
        now=now,
        changes={"due_on": plan.due_on} if plan and plan.due_on else None,
        facts={"plan": str(plan) if plan else None},
        beside=lambda step: [
            *_replaced(matter),
            *_approve(plan, step),
        ],
    )


def _replaced(matter: Matter) -> list[Model]:
    in_force = [plan for plan in plans_of(matter.pk) if plan.state == PlanState.APPROVED]
    return [row for plan in in_force for row in _put(plan, state=PlanState.REPLACED.value)]


def _approve(plan: Plan | None, step: Step) -> list[Model]:
    return _put(
        plan,
        state=PlanState.APPROVED.value,
        approved_by_id=step.unit_id,
        approved_number=step.number,
        approved_on=step.occurred_on,
        baseline=_baseline(plan) if plan else None,
    )


def _baseline(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "place": stage.place,
            "name": stage.name,
            "work": stage.work,
            "days": stage.days,
            "in_calendar_days": bool(stage.in_calendar_days),
            "after": stage.after,
            "lag_days": stage.lag_days or 0,
            "from_on": stage.from_on.isoformat() if stage.from_on else None,
            "due_on": stage.due_on.isoformat() if stage.due_on else None,
        }
        for stage in stages_of(plan.pk)
    ]


@official_act
def return_plan(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """退回整改方案, with what must be changed; the version stays to be compared with. Refused: no review duty, no
    grounds.
    """
    plan = current_plan(matter)
    return take_step(
        matter,
        act_on(matter, "return_plan"),
        brought,
        actor=actor,
        now=now,
        beside=lambda step: _put(plan, state=PlanState.RETURNED.value),
    )


@official_act
def begin_at_once(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """立行立改: work begins without a plan. Refused: not who does the work, a route that needs a plan."""
    return take_step(matter, CaseAct.BEGIN_AT_ONCE, brought, actor=actor, now=now)


@official_act
def extend(matter: Matter, brought: Brought, *, due_on: date | None, actor: ActorLike, now: datetime) -> Step:
    """批准延期: both days stay visible. Refused: below the level that approved the plan, no number, no grounds, a day
    that is not later.
    """
    return take_step(
        matter,
        act_on(matter, "extend"),
        replace(brought, values={**brought.values, "due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on} if due_on else None,
        facts={"new_due_on": due_on.isoformat() if due_on else None},
    )


@official_act
def adjust(
    matter: Matter,
    brought: Brought,
    *,
    target: str,
    target_quantity: Decimal | None,
    target_unit: str,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """批准调整目标: a new version with the new target, beside the old one. Refused: below the level that approved the
    plan, no number, no grounds, no plan.
    """
    plan = current_plan(matter)
    if plan is None:
        raise MatterRefused.because("matters.no_plan_to_change")
    old = {"old_target": plan.target, "old_quantity": _text(plan.target_quantity)}
    new = {"target": target, "quantity": _text(target_quantity), "unit": target_unit}
    return take_step(
        matter,
        act_on(matter, "adjust"),
        brought,
        actor=actor,
        now=now,
        facts=old | new,
        beside=lambda step: _adjusted(plan, step, target, target_quantity, target_unit),
    )


def _adjusted(
    plan: Plan,
    step: Step,
    target: str,
    target_quantity: Decimal | None,
    target_unit: str,
) -> list[Model]:
    """A version in its own right; measures, stages and covers go over to it as they stand."""
    stages, measures = list(plan.stages.order_by("place")), list(plan.measures.order_by("place"))
    covers = list(plan.covers.order_by("pk"))
    rows = _put(Plan.objects.get(pk=plan.pk), state=PlanState.REPLACED.value)
    plan.pk, plan.number, plan.version = None, _next_number(plans_of(plan.matter_id)), 1
    plan.target, plan.target_quantity, plan.target_unit = target.strip(), target_quantity, target_unit.strip()
    plan.state, plan.approved_number, plan.approved_on = (
        PlanState.APPROVED.value,
        step.number,
        step.occurred_on,
    )
    plan.approved_by_id = step.unit_id
    plan._state.adding = True
    plan.save(force_insert=True)
    by_old = {stage.pk: _copied(stage, plan=plan) for stage in stages}
    copies = [_copied(each, plan=plan, stage=by_old.get(each.stage_id or 0)) for each in measures]
    copies += [_copied(each, plan=plan) for each in covers]
    return [*rows, plan, *by_old.values(), *copies]


def _copied(row: Any, **changes: Any) -> Any:
    row.pk = None
    if hasattr(row, "version"):
        row.version = 1
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def _text(quantity: Decimal | None) -> str | None:
    return None if quantity is None else str(quantity)


def _put(plan: Plan | None, **values: Any) -> list[Model]:
    if plan is None:
        return []
    for name, value in values.items():
        setattr(plan, name, value)
    plan.version += 1
    change(plan, *values, "version")
    return [plan]
