"""What happens to the duty when a mine stops, closes or its holder vanishes? The case stays open either way."""

from __future__ import annotations

from datetime import date, datetime

from qingshan.office.cases.actions.deciding import government_of
from qingshan.office.cases.needs import determination_of
from qingshan.office.matters.actions import Brought, Named, name_parties, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.rectification import CaseAct
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
