"""Who went on site, what did they find, and what did it come to? Each acceptance names who and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from qingshan.office.cases.claims import accepted, claimed_no_more
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.register import RegionLevel

ACT_AT = {
    RegionLevel.COUNTY: CaseAct.ACCEPT_COUNTY,
    RegionLevel.PREFECTURE: CaseAct.ACCEPT_CITY,
    RegionLevel.PROVINCE: CaseAct.ACCEPT_PROVINCE,
}


@official_act
def accept(
    matter: Matter,
    brought: Brought,
    *,
    level: RegionLevel,
    visitors: str,
    visited_on: date | None,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """验收 at one level. Refused: no review duty, an organisation of another level, a level that is not asked for or
    not yet, nobody on site, whoever carried the work out, and their unit; what images do not support and nobody has
    answered in writing.
    """
    values = {**brought.values, "visitors": visitors, "visited_on": visited_on}
    return take_step(
        matter,
        ACT_AT[level],
        replace(brought, values=values),
        actor=actor,
        now=now,
        facts={"visitors": visitors, "visited_on": visited_on.isoformat() if visited_on else None},
        beside=lambda step: accepted(matter, on=step.occurred_on),
    )


@official_act
def return_acceptance(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """验收退回: what was accepted before counts no more. Refused: no review duty, no grounds."""
    return take_step(
        matter,
        CaseAct.RETURN_ACCEPTANCE,
        brought,
        actor=actor,
        now=now,
        beside=lambda _step: claimed_no_more(matter, now=now),
    )


@official_act
def evaluate_effect(
    matter: Matter, brought: Brought, *, target_reached: bool, actor: ActorLike, now: datetime
) -> Step:
    """成效评估: whether the target was reached, and by what it shows. Refused: no review duty, no grounds, whoever
    carried the work out.
    """
    return take_step(
        matter, CaseAct.EVALUATE, brought, actor=actor, now=now, facts={"target_reached": target_reached}
    )
