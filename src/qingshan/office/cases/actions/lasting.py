"""How is kept up what is never closed: its stages, and the check of every year?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Model

from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.models import Matter, Stage, Step
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.lasting import LastingAct


@official_act
def complete_stage(
    matter: Matter, stage: Stage, brought: Brought, *, actor: ActorLike, now: datetime
) -> Step:
    """登记阶段完成, with the measures of the stage. Refused: not who does the work."""
    return take_step(
        matter,
        LastingAct.COMPLETE_STAGE,
        brought,
        actor=actor,
        now=now,
        facts={"stage": stage.name},
        beside=lambda step: _completed(stage, step),
    )


def _completed(stage: Stage, step: Step) -> list[Model]:
    """Nothing else reports on a lasting task's measures: those of the stage are done with it."""
    stage.done_on, stage.version = step.occurred_on, stage.version + 1
    stage.save()
    measures = list(stage.measures.filter(done_on=None))
    for measure in measures:
        measure.progress_percent, measure.reported_on = 100, step.occurred_on
        measure.done_on, measure.version = step.occurred_on, measure.version + 1
        measure.save()
    return [stage, *measures]


@official_act
def apply_for_yearly_check(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """申请年度核查. Refused: not who does the work, no evidence."""
    return take_step(matter, LastingAct.APPLY, brought, actor=actor, now=now)


@official_act
def pass_yearly_check(
    matter: Matter,
    brought: Brought,
    *,
    visitors: str,
    visited_on: date | None,
    next_due_on: date,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """年度核查通过: it goes on, and the next check has its day. Refused: no review duty, nobody on site, whoever keeps
    it up.
    """
    values = {**brought.values, "visitors": visitors, "visited_on": visited_on}
    return take_step(
        matter,
        LastingAct.PASS,
        replace(brought, values=values),
        actor=actor,
        now=now,
        changes={"due_on": next_due_on},
        facts={"visitors": visitors, "visited_on": visited_on.isoformat() if visited_on else None},
    )


@official_act
def fail_yearly_check(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """年度核查不通过. Refused: no review duty, no grounds."""
    return take_step(matter, LastingAct.FAIL, brought, actor=actor, now=now)


@official_act
def mend_lasting(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """报告已改正: what was mended, and how. Refused: not who does the work, nothing said."""
    return take_step(matter, LastingAct.MEND, brought, actor=actor, now=now)
