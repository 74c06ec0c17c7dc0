"""How does somebody come into the pool, how is what is held of them corrected, and how do they leave?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.accounts.models import Holding, Organisation, Person, in_force
from qingshan.office.experts.access import CORRECT, ENTER, LEAVE, RESUME, SUSPEND
from qingshan.office.experts.models import Expert
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.experts import ExpertState, Speciality
from qingshan.rules.register import RegionLevel

CONTACT = "contact"
"""Under this name an entry commits to how an expert is reached; the value can be erased."""
POOL_LEVELS = (RegionLevel.PROVINCE, RegionLevel.PREFECTURE, RegionLevel.COUNTY)
TOLD = {
    "name": "name",
    "specialities": "fields",
    "expert_title": "title",
    "employer": "employer",
    "person_id": "person_id",
    "organisation_id": "organisation_id",
    "note": "note",
}
"""What a correction can change, under the names by which entries tell of it."""


@dataclass(frozen=True)
class ExpertFacts:
    """What is held of an expert. `contact` None: as it was."""

    name: str
    fields: tuple[str, ...]
    employer: str
    title: str = ""
    organisation: Organisation | None = None
    person: Person | None = None
    contact: str | None = None
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        house = self.organisation.unit or self.organisation if self.organisation else None
        return {
            "name": self.name.strip(),
            "fields": sorted(dict.fromkeys(self.fields), key=_PLACE.__getitem__),
            "title": self.title.strip(),
            "employer": self.employer.strip() or (house.name if house else ""),
            "organisation_id": house.pk if house else None,
            "person_id": self.person.pk if self.person else None,
            "note": self.note.strip(),
        }


_PLACE = {each.value: place for place, each in enumerate(Speciality)}


@official_act
def enter(
    facts: ExpertFacts,
    *,
    key: str,
    pool: Region,
    entered_by: str,
    actor: ActorLike,
    now: datetime,
    entered_on: date | None = None,
) -> Expert:
    """专家入库. Refused: no registry duty, a pool outside the area, a number or person twice, no field or basis."""
    require(actor, ENTER.code, region_id=pool.pk)
    on = entered_on or shanghai_date(now)
    _check_pool(pool)
    _accept(facts, on=on, now=now)
    if not key.strip():
        raise ExpertRefused.because("experts.key_missing")
    expert = _written(
        Expert(key=key.strip(), region=pool, entered_on=on, entered_by=said(entered_by), **facts.columns)
    )
    told = {
        "key": expert.key,
        "pool": pool.name,
        "entered_on": on.isoformat(),
        "entered_by": expert.entered_by,
    }
    told |= told_of(expert)
    record(
        act=ENTER.code,
        actor=actor,
        now=now,
        subjects=[expert],
        new=told,
        personal=_personal(facts),
        region_id=pool.pk,
    )
    return expert


@official_act
def correct(expert: Expert, facts: ExpertFacts, *, actor: ActorLike, now: datetime) -> Expert:
    """更正专家信息. Refused: no registry duty, another pool, who has left, a person twice, no field."""
    require(actor, CORRECT.code, region_id=expert.region_id)
    in_state(expert, ExpertState.IN_POOL, ExpertState.SUSPENDED)
    _accept(facts, on=shanghai_date(now), now=now, but=expert)
    old = told_of(expert)
    change(expert, **facts.columns)
    record(
        act=CORRECT.code,
        actor=actor,
        now=now,
        subjects=[expert],
        old=old,
        new=told_of(expert),
        personal=_personal(facts),
        region_id=expert.region_id,
    )
    return expert


@official_act
def suspend(expert: Expert, *, reason: str, actor: ActorLike, now: datetime) -> Expert:
    """暂停专家. Refused: no registry duty, another pool, no reason, who is not in the pool."""
    require(actor, SUSPEND.code, region_id=expert.region_id)
    in_state(expert, ExpertState.IN_POOL)
    change(
        expert,
        state=ExpertState.SUSPENDED.value,
        suspended_on=shanghai_date(now),
        suspended_because=said(reason),
    )
    told = {"name": expert.name, "reason": expert.suspended_because}
    record(act=SUSPEND.code, actor=actor, now=now, subjects=[expert], new=told, region_id=expert.region_id)
    return expert


@official_act
def resume(expert: Expert, *, actor: ActorLike, now: datetime) -> Expert:
    """恢复专家. Refused: no registry duty, another pool, who is not suspended."""
    require(actor, RESUME.code, region_id=expert.region_id)
    in_state(expert, ExpertState.SUSPENDED)
    old = {"reason": expert.suspended_because}
    change(expert, state=ExpertState.IN_POOL.value, suspended_on=None, suspended_because=None)
    told = {"name": expert.name}
    record(
        act=RESUME.code,
        actor=actor,
        now=now,
        subjects=[expert],
        old=old,
        new=told,
        region_id=expert.region_id,
    )
    return expert


@official_act
def leave(expert: Expert, *, reason: str, left_on: date, actor: ActorLike, now: datetime) -> Expert:
    """专家出库. Refused: no registry duty, another pool, no reason, a day to come or before the entry."""
    require(actor, LEAVE.code, region_id=expert.region_id)
    in_state(expert, ExpertState.IN_POOL, ExpertState.SUSPENDED)
    not_to_come(left_on, now=now)
    in_order(expert.entered_on, left_on)
    change(expert, state=ExpertState.LEFT.value, left_on=left_on, left_because=said(reason))
    told = {"name": expert.name, "left_on": left_on.isoformat(), "reason": expert.left_because}
    record(act=LEAVE.code, actor=actor, now=now, subjects=[expert], new=told, region_id=expert.region_id)
    return expert


def told_of(expert: Expert) -> dict[str, Any]:
    """An expert as an entry tells of them; how they are reached is never in it."""
    values = {name: getattr(expert, column) for name, column in TOLD.items()}
    return {name: value for name, value in values.items() if value not in (None, "")}


def said(text: str) -> str:
    """A basis or reason; refused where there is none."""
    if not (stripped := text.strip()):
        raise ExpertRefused.because("experts.basis_missing")
    return stripped


def not_to_come(day: date, *, now: datetime) -> None:
    """Refused: a day after today."""
    if day > shanghai_date(now):
        raise ExpertRefused.because("experts.day_to_come", day=day.isoformat())


def in_order(from_on: date, to_on: date | None) -> None:
    """Refused: a last day before the first."""
    if to_on is not None and to_on < from_on:
        raise ExpertRefused.because(
            "experts.days_reversed", from_on=from_on.isoformat(), to_on=to_on.isoformat()
        )


def _written(expert: Expert) -> Expert:
    try:
        with transaction.atomic():
            expert.save(force_insert=True)
    except IntegrityError:
        raise ExpertRefused.because("experts.key_taken", value=expert.key) from None
    return expert


def _check_pool(pool: Region) -> None:
    if pool.level not in POOL_LEVELS:
        raise ExpertRefused.because("experts.pool_level", value=pool.name)


def _accept(facts: ExpertFacts, *, on: date, now: datetime, but: Expert | None = None) -> None:
    not_to_come(on, now=now)
    if not facts.name.strip() or not (facts.employer.strip() or facts.organisation):
        raise ExpertRefused.because("experts.name_missing")
    if not facts.fields:
        raise ExpertRefused.because("experts.field_missing")
    for each in facts.fields:
        check_field(each)
    if facts.person is not None:
        _check_person(facts.person, on=shanghai_date(now), but=but)


def check_field(code: str) -> None:
    """Refused: a field that is none."""
    if code not in _PLACE:
        allowed = ("、".join(each.zh for each in Speciality), ", ".join(each.en for each in Speciality))
        raise ExpertRefused.because(
            "experts.no_such_field", value=code, allowed=allowed[0], allowed_en=allowed[1]
        )


def _check_person(person: Person, *, on: date, but: Expert | None) -> None:
    others = Expert.objects.filter(person=person).exclude(state=ExpertState.LEFT.value)
    taken = (others.exclude(pk=but.pk) if but else others).first()
    if taken is not None:
        raise ExpertRefused.because("experts.person_in_pool", name=person.full_name, key=taken.key)
    if not holds_experts_post(person, on=on):
        raise ExpertRefused.because("experts.person_no_expert", name=person.full_name)


def holds_experts_post(person: Person, *, on: date) -> bool:
    """Whether somebody holds a post as expert on that day."""
    held = Holding.objects.filter(in_force(on), person=person).select_related("post")
    return any(Duty.EXPERT in each.post.duty_set for each in held)


def in_state(expert: Expert, *states: ExpertState) -> None:
    """Refused: somebody in another state than these."""
    state = ExpertState(expert.state)
    if state not in states:
        raise ExpertRefused.because(
            "experts.not_in_state", name=expert.name, state=state.zh, state_en=state.en
        )


def _personal(facts: ExpertFacts) -> dict[str, str] | None:
    return None if facts.contact is None else {CONTACT: facts.contact.strip()}
