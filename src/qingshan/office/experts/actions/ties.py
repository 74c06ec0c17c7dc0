"""How is it recorded from what an expert stays away, and when does that end?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.accounts.models import Organisation
from qingshan.office.errors import NotAllowed
from qingshan.office.experts.about import mine_numbered
from qingshan.office.experts.access import ADD_TIE, END_TIE, KEEPS
from qingshan.office.experts.actions.pool import in_order, not_to_come, said
from qingshan.office.experts.models import Expert, ExpertTie
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.regions.permission import names_of
from qingshan.office.regions.queries import region_by_code
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.experts import TieGrounds, TieKind


@dataclass(frozen=True)
class TieFacts:
    """What somebody said of a tie: an organisation by name, a mine by number, a region by code."""

    kind: TieKind
    named: str
    grounds: TieGrounds
    from_on: date
    to_on: date | None = None
    note: str = ""


@official_act
def add_tie(expert: Expert, facts: TieFacts, *, actor: ActorLike, now: datetime) -> ExpertTie:
    """登记回避情形. Refused: neither the pool's keeper nor the expert, nothing named, no such mine or region."""
    require(actor, ADD_TIE.code)
    if not is_oneself(expert, actor):
        _require_keeper(expert, actor)
    in_order(facts.from_on, facts.to_on)
    object_id, name = _found(facts, actor)
    tie = ExpertTie.objects.create(
        expert=expert,
        kind=facts.kind.value,
        object_id=object_id,
        name=name,
        grounds=facts.grounds.value,
        note=facts.note.strip(),
        from_on=facts.from_on,
        to_on=facts.to_on,
    )
    told = {
        "name": expert.name,
        "object": name,
        "tie_kind": facts.kind.zh,
        "tie_kind_en": facts.kind.en,
        "grounds": facts.grounds.zh,
        "grounds_en": facts.grounds.en,
        "from_on": facts.from_on.isoformat(),
        "to_on": facts.to_on.isoformat() if facts.to_on else None,
    }
    record(
        act=ADD_TIE.code, actor=actor, now=now, subjects=[expert, tie], new=told, region_id=expert.region_id
    )
    return tie


@official_act
def end_tie(tie: ExpertTie, *, last_day: date, reason: str, actor: ActorLike, now: datetime) -> ExpertTie:
    """解除回避情形: by the pool's keeper only. Refused: no reason, a day to come or before the first, ended already."""
    require(actor, END_TIE.code, region_id=tie.expert.region_id)
    if tie.ended_because is not None:
        raise ExpertRefused.because("experts.tie_ended")
    not_to_come(last_day, now=now)
    in_order(tie.from_on, last_day)
    old = {"to_on": tie.to_on.isoformat() if tie.to_on else None}
    change(tie, to_on=last_day, ended_because=said(reason))
    told = {
        "name": tie.expert.name,
        "object": tie.name,
        "to_on": last_day.isoformat(),
        "reason": tie.ended_because,
    }
    record(
        act=END_TIE.code,
        actor=actor,
        now=now,
        subjects=[tie.expert, tie],
        old=old,
        new=told,
        region_id=tie.expert.region_id,
    )
    return tie


def is_oneself(expert: Expert, actor: ActorLike) -> bool:
    """Whether the expert is at the keyboard."""
    return (
        expert.person_id is not None and expert.person_id == actor.person_id and Duty.EXPERT in actor.duties
    )


def _require_keeper(expert: Expert, actor: ActorLike) -> None:
    if KEEPS not in actor.duties:
        raise NotAllowed.because("office.not_allowed", **names_of(ADD_TIE), duty=KEEPS.zh, duty_en=KEEPS.en)
    require(actor, ADD_TIE.code, region_id=expert.region_id)


def _found(facts: TieFacts, actor: ActorLike) -> tuple[int | None, str]:
    named = facts.named.strip()
    if not named:
        raise ExpertRefused.because("experts.tie_missing")
    if facts.kind == TieKind.MINE:
        if (mine := mine_numbered(named, actor)) is None:
            raise ExpertRefused.because("experts.no_such_mine", value=named)
        return mine
    if facts.kind == TieKind.REGION:
        if (region := region_by_code(named)) is None:
            raise ExpertRefused.because("experts.no_such_region", value=named)
        return region.pk, region.name
    return organisation_named(named)


def organisation_named(named: str) -> tuple[int | None, str]:
    """The one organisation of this name, or by its 统一社会信用代码; otherwise the name alone is held."""
    houses = Organisation.objects.filter(is_division=False)
    found = list(houses.filter(uscc=named)[:1]) or list(houses.filter(name=named)[:2])
    return (found[0].pk, found[0].name) if len(found) == 1 else (None, named)


__all__ = ["TieFacts", "add_tie", "end_tie", "is_oneself", "organisation_named"]
