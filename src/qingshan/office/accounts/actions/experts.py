"""How is an expert asked to look at one thing, and when does that end?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from qingshan.office.accounts.access import require, scoped
from qingshan.office.accounts.actions.writing import change, day_of, days_in_order
from qingshan.office.accounts.models import Assignment, Holding, Person, in_force
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import declared_subjects
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty


@official_act
def assign_expert(
    *,
    actor: ActorLike,
    now: datetime,
    person: Person,
    kind: str,
    object_id: int,
    to_on: date,
    from_on: date | None = None,
    document: str = "",
) -> Assignment:
    """Let an expert see one object for a time.

    Refused: somebody who holds no expert's post, an object that the actor does not see.
    """
    require(actor, "accounts.assign_expert")
    first = from_on or shanghai_date(now)
    days_in_order(first, to_on)
    if not _is_expert(person, first):
        raise AccountRefused.because("accounts.not_expert", name=person.full_name)
    if not _seen(kind, object_id, actor).exists():
        raise AccountRefused.because("accounts.nothing_there")
    assignment = Assignment.objects.create(
        person=person, kind=kind, object_id=object_id, from_on=first, to_on=to_on, document=document.strip()
    )
    told = {"name": person.full_name, "kind": kind, "object_id": object_id}
    told |= {"from_on": day_of(first), "to_on": day_of(to_on), "document": assignment.document}
    record(act="accounts.assign_expert", actor=actor, now=now, subjects=[assignment], new=told)
    return assignment


def _is_expert(person: Person, on: date) -> bool:
    held = Holding.objects.filter(in_force(on), person=person).select_related("post")
    return any(Duty.EXPERT in each.post.duty_set for each in held)


def _seen(kind: str, object_id: int, actor: ActorLike) -> QuerySet[Any]:
    """The object as its app shows it to the actor; where the app says nothing, by region."""
    declared = declared_subjects().get(kind)
    if declared is None:
        return Assignment.objects.none()
    if declared.visible_to is not None:
        return declared.visible_to(actor).filter(pk=object_id)
    return scoped(declared.model._default_manager.filter(pk=object_id), actor)


@official_act
def end_assignment(*, actor: ActorLike, now: datetime, assignment: Assignment, last_day: date) -> Assignment:
    """The expert no longer sees the object after that day."""
    require(actor, "accounts.end_assignment")
    if not _seen(assignment.kind, assignment.object_id, actor).exists():
        raise AccountRefused.because("accounts.nothing_there")
    days_in_order(assignment.from_on, last_day)
    old = {"to_on": day_of(assignment.to_on)}
    change(assignment, to_on=last_day)
    told = {"name": assignment.person.full_name, "to_on": last_day.isoformat()}
    record(act="accounts.end_assignment", actor=actor, now=now, subjects=[assignment], old=old, new=told)
    return assignment
