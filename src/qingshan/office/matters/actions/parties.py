"""Who is named for which part in a matter? A new name ends the old one; both stay readable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qingshan.office.accounts.models import Organisation, Person
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
    made = [
        MatterParty(
            matter=matter,
            role=each.role.value,
            organisation=each.organisation,
            unit_name=each.organisation.full_name if each.organisation else each.unit_name.strip(),
            post=each.post.strip(),
            person=each.person,
            person_name=each.person.full_name if each.person else each.person_name.strip(),
            from_on=on,
        )
        for each in named
    ]
    MatterParty.objects.bulk_create(made)
    _forget(matter)
    return [*ended, *made]


def _ended(matter: Matter, roles: set[Role], on: date) -> list[MatterParty]:
    held = list(matter.parties.filter(role__in=[role.value for role in roles], to_on=None))
    for party in held:
        party.to_on = max(party.from_on, on - timedelta(days=1))
        party.save(update_fields=["to_on"])
    return held


def _forget(matter: Matter) -> None:
    """Parts that were read together with the matter are read anew."""
    getattr(matter, "_prefetched_objects_cache", {}).pop("parties", None)
