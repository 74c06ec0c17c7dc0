"""Who is named for which part in a matter? A new name ends the old one; both stay readable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from qingshan.exchange.writing import IN_ORDER, change, insert
from qingshan.office.accounts.models import Organisation, Person
from qingshan.office.compiled import compiled
from qingshan.office.matters.models import Matter, MatterParty
from qingshan.rules.roles import Role


@dataclass(frozen=True)
class Named:
    """A part, and on whom it lies."""

    role: Role
    organisation: Organisation | None = None
    unit_name: str = ""
    """where the unit is not registered here"""
    post: str = ""
    person: Person | None = None
    person_name: str = ""


def name_parties(matter: Matter, named: Iterable[Named], *, on: date) -> list[MatterParty]:
    """Write these parts; whoever held one of their roles before, holds it no longer. To be called inside an act."""
    named = list(named)
    ended = _ended(matter, {each.role for each in named}, on)
    made = [new_party(matter, each, on=on) for each in named]
    insert(made, key=IN_ORDER)
    _know(matter, [*ended, *made])
    return [*ended, *made]


def new_party(matter: Matter, named: Named, *, on: date) -> MatterParty:
    """A part, not yet written."""
    return MatterParty(
        matter_id=matter.pk,
        role=named.role.value,
        organisation_id=named.organisation.pk if named.organisation else None,
        unit_name=named.organisation.full_name if named.organisation else named.unit_name.strip(),
        post=named.post.strip(),
        person_id=named.person.pk if named.person else None,
        person_name=named.person.full_name if named.person else named.person_name.strip(),
        from_on=on,
    )


def _ended(matter: Matter, roles: set[Role], on: date) -> list[MatterParty]:
    held = [party for party in _held(matter.pk) if party.role in roles]
    for party in held:
        party.to_on = max(party.from_on, on - timedelta(days=1))
        change(party, "to_on")
    return held


@compiled
def _held(matter_id: int) -> QuerySet[MatterParty]:
    return MatterParty.objects.filter(matter_id=matter_id, to_on=None).order_by("pk")


def _know(matter: Matter, written: Iterable[MatterParty]) -> None:
    """Parts that were read together with the matter are from now on these."""
    known = getattr(matter, "_prefetched_objects_cache", {}).get("parties")
    if known is not None:
        parties = {party.pk: party for party in [*known, *written]}
        known._result_cache = [parties[pk] for pk in sorted(parties)]
