"""What happens to the duty when a mine stops, closes or its holder vanishes? The case stays open either way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.cases.access import DRAFT_STOP_ORDER
from qingshan.office.cases.actions.deciding import government_of
from qingshan.office.cases.models import StopOrder, StoppedMine
from qingshan.office.cases.needs import determination_of
from qingshan.office.matters.actions import Brought, Named, name_parties, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.holding import same_measure_for_many
from qingshan.rules.rectification import need_text
from qingshan.rules.register import MineState
from qingshan.rules.roles import Role


@official_act
def note_mine_state(
    matter: Matter,
    brought: Brought,
    *,
    state: MineState,
    actor: ActorLike,
    now: datetime,
    since_on: date | None = None,
) -> Step:
    """登记矿山关停情况. It moves neither the case nor the duty (以关代治、以停代治). Refused: no registry duty."""
    facts = {"mine_state": state.zh, "since_on": since_on.isoformat() if since_on else None}
    return take_step(matter, CaseAct.NOTE_MINE_STATE, brought, actor=actor, now=now, facts=facts)


@official_act
def draft_stop_order(
    title: str,
    reasons: Mapping[Mine, str],
    *,
    region: Region,
    actor: ActorLike,
    now: datetime,
    number: str = "",
) -> StopOrder:
    """拟停产决定 for these mines. Refused: no dispatch duty, a region outside the area, the same reason for several."""
    require(actor, DRAFT_STOP_ORDER.code, region_id=region.pk)
    given = {reason.strip() for reason in reasons.values() if reason.strip()}
    if faults := same_measure_for_many(len(reasons), len(given)):
        raise RuleBroken.of(faults)
    if not title.strip() or not reasons or not given:
        raise RuleBroken.of(need_text(""))
    order = StopOrder(
        title=title.strip()[:200], number=number.strip(), region=region, drafted_on=shanghai_date(now)
    )
    order.save(force_insert=True)
    mines = [
        StoppedMine(order=order, mine=mine, reason=reason.strip()[:500]) for mine, reason in reasons.items()
    ]
    for each in mines:
        each.save(force_insert=True)
    record(
        act=DRAFT_STOP_ORDER.code,
        actor=actor,
        now=now,
        subjects=[order, *mines],
        new={"about": str(order), "mines": len(mines), "number": order.number or None},
        region_id=region.pk,
    )
    return order


@official_act
def order_performance(
    matter: Matter, brought: Brought, *, performer: str, actor: ActorLike, now: datetime
) -> Step:
    """代履行决定: somebody else does the work at the holder's cost (Mineral Resources Law, art. 71). Refused: no
    leadership duty, no number, no grounds, no holder.
    """
    return take_step(
        matter,
        CaseAct.ORDER_PERFORMANCE,
        brought,
        actor=actor,
        now=now,
        facts={"performer": performer.strip()},
    )


@official_act
def note_extinction(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """转由政府承担: only after a determination that the holder is extinct, with number and date. Refused: no registry
    duty, no such determination.
    """
    government = government_of(matter.region_id)
    determination = determination_of(matter)
    facts = {
        "determination": determination.number if determination else None,
        "government": government.name if government else None,
    }
    return take_step(
        matter,
        CaseAct.NOTE_EXTINCTION,
        brought,
        actor=actor,
        now=now,
        facts=facts,
        beside=lambda step: name_parties(
            matter, [Named(Role.EXECUTING, government)] if government else [], on=step.occurred_on
        ),
    )
