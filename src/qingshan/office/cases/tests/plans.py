"""Plans with several stages, and cases that stand at the point where they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from qingshan.office.cases import actions
from qingshan.office.cases.actions.planning import NewMeasure, NewPlan, NewStage
from qingshan.office.cases.actions.working import StageProgress
from qingshan.office.cases.tests.factories import World, a_plan, brought_to
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter, Plan
from qingshan.office.places.models import Holiday

DUE = date(2026, 5, 29)
"""A Friday before the end of the spring season; the world begins on Monday 2026-03-02."""


def stages() -> tuple[NewStage, ...]:
    """Slag is cleared, the pit is filled, then trees are planted a week after."""
    return (
        NewStage("清运弃渣", from_on=date(2026, 3, 2), due_on=date(2026, 3, 13), days=10, work="earthwork"),
        NewStage(
            "回填采坑",
            from_on=date(2026, 3, 16),
            due_on=date(2026, 4, 10),
            days=20,
            work="earthwork",
            after=(1,),
        ),
        NewStage(
            "栽植乔灌木",
            from_on=date(2026, 4, 20),
            due_on=date(2026, 5, 15),
            days=20,
            work="planting",
            after=(2,),
            lag_days=7,
        ),
    )


def staged_plan(world: World, **changes: Any) -> NewPlan:
    """A plan with three stages and a measure of each of the first two."""
    plan = a_plan(world, due_on=DUE)
    filling = replace(plan.measures[0], stage=2)
    clearing = replace(filling, name="清运弃渣", quantity=None, quantity_unit="", stage=1)
    return replace(plan, stages=stages(), measures=(clearing, filling), **changes)


def taken_on(world: World) -> Matter:
    """A case that waits for its plan. No day is a holiday in the years of the tests."""
    for year in (2026, 2027):
        Holiday.objects.get_or_create(day=date(year, 1, 1), defaults={"name": "元旦", "is_working": False})
    return brought_to(world, "taken_on")


def drafted(world: World, matter: Matter | None = None, plan: NewPlan | None = None) -> Plan:
    """The same with a draft."""
    matter = matter or taken_on(world)
    return actions.draft_plan(
        world.fresh(matter),
        plan or staged_plan(world),
        Brought(),
        actor=world.actor("enterprise_manager"),
        now=world.now,
    )


def approved(world: World, matter: Matter | None = None, plan: NewPlan | None = None) -> Plan:
    """The same approved, so that its baseline is frozen."""
    draft = drafted(world, matter, plan)
    matter, manager = world.fresh(draft.matter), world.actor("enterprise_manager")
    actions.submit_plan(matter, Brought(), actor=manager, now=world.now)
    number = Brought(number="青自然资〔2026〕3号")
    actions.approve_plan(world.fresh(matter), number, actor=world.actor("city_reviewer"), now=world.now)
    return Plan.objects.get(pk=draft.pk)


def report(world: World, plan: Plan, *reports: tuple[int, dict[str, Any]]) -> None:
    """Report of stages by their places."""
    rows = [StageProgress(plan.stages.get(place=place), **values) for place, values in reports]
    actions.report_progress(
        world.fresh(plan.matter),
        (),
        Brought(),
        actor=world.actor("enterprise_manager"),
        now=world.now,
        stages=rows,
    )


__all__: Sequence[str] = (
    "DUE",
    "NewMeasure",
    "approved",
    "drafted",
    "report",
    "staged_plan",
    "stages",
    "taken_on",
)
