"""How is a leading group (领导小组) or a task force (专班) convened, and when does it end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change, day_of, days_in_order, given
from qingshan.office.accounts.models import BodyKind, Organisation, Person, TemporaryBody, TemporaryMember
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date


@dataclass(frozen=True)
class Member:
    """Somebody in a temporary body; `part` says as what: 组长, 副组长, 成员."""

    person: Person
    part: str


@official_act
def convene_temporary_body(
    *,
    actor: ActorLike,
    now: datetime,
    kind: BodyKind,
    name: str,
    organisation: Organisation,
    document: str,
    members: Sequence[Member],
    from_on: date | None = None,
    to_on: date | None = None,
) -> TemporaryBody:
    """Convene a body under an organisation. Refused: no document, no name, no member."""
    region_id = organisation.region_id
    require(actor, "accounts.convene_temporary_body", region_id=region_id)
    if not members:
        raise AccountRefused.because("accounts.no_members")
    first = from_on or shanghai_date(now)
    days_in_order(first, to_on)
    body = TemporaryBody.objects.create(
        kind=kind.value,
        name=given(name, "accounts.name_missing"),
        region_id=region_id,
        organisation=organisation,
        document=given(document, "accounts.document_missing"),
        from_on=first,
        to_on=to_on,
    )
    rows = [
        TemporaryMember(body=body, person=each.person, part=each.part.strip(), from_on=first, to_on=to_on)
        for each in members
    ]
    TemporaryMember.objects.bulk_create(rows)
    told = {"name": body.name, "word": kind.zh, "members": len(rows), "document": body.document}
    record(
        act="accounts.convene_temporary_body",
        actor=actor,
        now=now,
        subjects=[body, *rows],
        new={**told, "from_on": day_of(first), "to_on": day_of(to_on)},
        region_id=region_id,
    )
    return body


@official_act
def dissolve_temporary_body(
    *, actor: ActorLike, now: datetime, body: TemporaryBody, last_day: date, document: str
) -> TemporaryBody:
    """The body and all its members end after that day. Refused without a document."""
    require(actor, "accounts.dissolve_temporary_body", region_id=body.region_id)
    document = given(document, "accounts.document_missing")
    days_in_order(body.from_on, last_day)
    change(body, to_on=last_day)
    members = list(body.members.all())
    for member in members:
        if member.to_on is None or member.to_on > last_day:
            member.to_on = max(last_day, member.from_on)
    TemporaryMember.objects.bulk_update(members, ["to_on"])
    told = {"name": body.name, "to_on": last_day.isoformat(), "document": document}
    record(
        act="accounts.dissolve_temporary_body",
        actor=actor,
        now=now,
        subjects=[body, *members],
        new=told,
        region_id=body.region_id,
    )
    return body
