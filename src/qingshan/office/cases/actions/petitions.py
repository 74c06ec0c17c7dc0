"""How is a petition passed on, verified, handled, replied to and ended?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from qingshan.exchange.writing import change
from qingshan.office.accounts.models import Organisation
from qingshan.office.cases.actions.registering import NewCase, register_case
from qingshan.office.cases.models import Petition
from qingshan.office.compiled import compiled
from qingshan.office.matters.actions import Brought, Named, name_parties, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.matters import Finding
from qingshan.rules.roles import Role


@official_act
def pass_on(
    matter: Matter,
    brought: Brought,
    *,
    answering: Organisation | None,
    due_on: date | None,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """转办. Refused: no registry duty, nobody to answer, a deadline that passed."""
    return take_step(
        matter,
        PetitionAct.PASS_ON,
        replace(brought, values={**brought.values, "answering": answering, "due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"answering": answering.name if answering else None},
        beside=lambda step: name_parties(
            matter, [Named(Role.ANSWERING, answering), Named(Role.EXECUTING, answering)], on=step.occurred_on
        ),
    )


@official_act
def verify_petition(
    matter: Matter, brought: Brought, *, finding: str, actor: ActorLike, now: datetime
) -> Step:
    """核实属实情况. Refused: not the answering unit, nothing said of what was found."""
    return take_step(
        matter,
        PetitionAct.VERIFY,
        replace(brought, values={**brought.values, "finding": finding}),
        actor=actor,
        now=now,
        facts={"finding": Finding(finding).zh if finding in Finding.values() else None},
        beside=lambda step: _put(matter, found=step.note, finding=finding),
    )


@official_act
def handle_petition(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """登记处理整改情况. Refused: not the answering unit, nothing said."""
    return take_step(
        matter,
        PetitionAct.HANDLE,
        brought,
        actor=actor,
        now=now,
        beside=lambda step: _put(matter, handled=step.note),
    )


@official_act
def reply_to_petition(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """登记回复. Refused: not the answering unit, nothing said."""
    return take_step(
        matter,
        PetitionAct.REPLY,
        brought,
        actor=actor,
        now=now,
        beside=lambda step: _put(matter, replied=step.note),
    )


@official_act
def finish_petition(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """办结. Refused: no review duty, the unit and people who answered it."""
    return take_step(matter, PetitionAct.FINISH, brought, actor=actor, now=now)


@official_act
def finish_petition_for_now(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """阶段性办结: it stays in the stock. Refused: no review duty, no grounds."""
    return take_step(matter, PetitionAct.FINISH_FOR_NOW, brought, actor=actor, now=now)


@official_act
def return_petition(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """退回重办. Refused: no review duty, no grounds."""
    return take_step(matter, PetitionAct.RETURN, brought, actor=actor, now=now)


@official_act
def note_petition_accountability(
    matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime
) -> Step:
    """登记责任人被处理情况. Refused: no registry duty, nothing said."""
    return take_step(
        matter,
        PetitionAct.NOTE_ACCOUNTABILITY,
        brought,
        actor=actor,
        now=now,
        beside=lambda step: _put(matter, accountability=step.note),
    )


@official_act
def turn_petition_into_case(
    matter: Matter, brought: Brought, *, new: NewCase, actor: ActorLike, now: datetime
) -> Matter:
    """转为整改问题: what needs longer goes on as a case, and the petition says which. Two acts, two entries, all or
    nothing. Refused: no registry duty, found untrue.
    """
    made = register_case(new, actor=actor, now=now)
    take_step(
        matter,
        PetitionAct.TURN,
        brought,
        actor=actor,
        now=now,
        facts={"case": str(made)},
        beside=lambda step: _put(matter, turned_into_id=made.pk),
    )
    return made


def _put(matter: Matter, **values: Any) -> list[Model]:
    (petition,) = _petition(matter.pk)
    for name, value in values.items():
        setattr(petition, name, value)
    petition.version += 1
    change(petition, *values, "version")
    matter.petition = petition
    return [petition]


@compiled
def _petition(matter_id: int) -> QuerySet[Petition]:
    return Petition.objects.filter(matter_id=matter_id)
