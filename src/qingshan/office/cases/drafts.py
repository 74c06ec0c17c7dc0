"""From what does the next version of a plan start? From the newest one, as if somebody had written it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from qingshan.office.cases.actions.planning import NewCover, NewMeasure, NewPlan, NewStage
from qingshan.office.matters.models import Matter, Plan, Stage
from qingshan.rules.matters import StageTerm
from qingshan.rules.timetable import Timetable


def newest_plan(matter: Matter) -> Plan | None:
    """The newest version, whatever became of it."""
    return matter.plans.select_related("within__matter", "area").order_by("-number").first()


def draft_of(matter: Matter) -> NewPlan:
    """What the newest version says; of a matter without a plan, its title and deadline."""
    plan = newest_plan(matter)
    if plan is None:
        return NewPlan(_("%(title)s整改方案") % {"title": matter.title}, due_on=matter.due_on)
    stages = plan.stages.order_by("place")
    places = {stage.pk: stage.place for stage in stages}
    return NewPlan(
        plan.title,
        target=plan.target,
        target_quantity=plan.target_quantity,
        target_unit=plan.target_unit,
        from_on=plan.from_on,
        due_on=plan.due_on,
        stages=tuple(_stage(each) for each in stages),
        measures=tuple(
            NewMeasure(
                each.name,
                each.unit_name,
                each.post,
                each.person_name,
                each.due_on,
                each.quantity,
                each.quantity_unit,
                each.shown_by,
                places.get(each.stage_id or 0),
            )
            for each in plan.measures.order_by("place")
        ),
        covers=tuple(
            NewCover(each.mine, each.name, each.area_m2, each.left_out_because)
            for each in plan.covers.select_related("mine").order_by("pk")
        ),
        within=plan.within,
        area=plan.area,
    )


def _stage(stage: Stage) -> NewStage:
    return NewStage(
        stage.name,
        due_on=stage.due_on,
        from_on=stage.from_on,
        term=StageTerm(stage.term),
        work=stage.work,
        days=stage.days,
        after=tuple(stage.after),
        in_calendar_days=bool(stage.in_calendar_days),
        lag_days=stage.lag_days,
        begins_on=stage.begins_on,
        ends_on=stage.ends_on,
    )


def with_stages(
    plan: NewPlan,
    stages: tuple[NewStage, ...],
    *,
    moved: Mapping[int, int],
    timetable: Timetable,
    due_on: date,
) -> NewPlan:
    """The same plan with other stages: its measures follow the stage that they belong to, wherever that went.

    A measure without a day of its own is due when its stage is.
    """
    measures = []
    for each in plan.measures:
        place = moved.get(each.stage or 0)
        row = timetable.row(str(place)) if place else None
        measures.append(replace(each, stage=place, due_on=each.due_on or (row.to_on if row else None)))
    begins_on = timetable.begins_on or plan.from_on
    return replace(plan, stages=stages, measures=tuple(measures), from_on=begins_on, due_on=due_on)
