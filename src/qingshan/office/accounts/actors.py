"""Who is acting, at which post, with which duties, over which area?

An actor stands for one person at one post on one day. What a person may do at another post is asked of
another actor; duties of two posts never add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from qingshan.office.accounts.models import Holding, Organisation, Person, Post, in_force
from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.compiled import compiled
from qingshan.office.errors import NotAllowed
from qingshan.office.regions.ranges import EVERYWHERE, WHOLE_COUNTRY, region_range
from qingshan.office.trail.parties import OPERATOR, PERSON, PUBLIC, SYSTEM, PaperDecision, Party
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.duties import ADMINISTRATORS, Duty
from qingshan.rules.register import OrganisationKind

Ranges = tuple[tuple[int, int], ...]

ALL_WORK = frozenset(duty.value for duty in Duty) - ADMINISTRATORS
"""Every duty that is no administrator's."""
READS_ITS_REGION = frozenset({Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD, Duty.AUDIT})
RECORDS_FOR_OTHERS = frozenset({Duty.REGISTRY, Duty.DISPATCH})
"""Who may enter a decision that another took on paper (代录)."""
HAS_A_REGION = frozenset({OrganisationKind.AUTHORITY, OrganisationKind.GOVERNMENT, OrganisationKind.VILLAGE})


@dataclass(frozen=True)
class Actor:
    """经办人: see `trail.parties.ActorLike`."""

    decider: Party
    recorder: Party
    duties: frozenset[str] = frozenset()
    region_ranges: Ranges = ()
    """where the actor sees the business"""
    admin_ranges: Ranges = ()
    """where a system or security administrator administers, without seeing the business"""
    organisation_ids: frozenset[int] = frozenset()
    """own organisation with its divisions and, for an enterprise, its subsidiaries"""
    person_id: int | None = None
    """who sits at the keyboard"""
    on: date | None = None
    holding_id: int | None = None
    paper: PaperDecision | None = None


def public() -> Actor:
    """Anybody who has not logged in."""
    return Actor(decider=PUBLIC, recorder=PUBLIC)


def operator_of_this_machine() -> Actor:
    """Whoever runs the command line here: all work, no administrator's powers, the country and abroad."""
    return Actor(decider=OPERATOR, recorder=OPERATOR, duties=ALL_WORK, region_ranges=(EVERYWHERE,))


def system() -> Actor:
    """The program itself: timetable, set-up of registers. It never touches people or posts."""
    duties, everywhere = ALL_WORK | {Duty.SYSTEM_ADMIN.value}, (EVERYWHERE,)
    return Actor(
        decider=SYSTEM, recorder=SYSTEM, duties=duties, region_ranges=everywhere, admin_ranges=everywhere
    )


def setting_up() -> Actor:
    """The operator who appoints the first administrators; refused as soon as there is one who can log in."""
    holders = Holding.objects.filter(person__login_name__isnull=False).select_related("post")
    if any(holding.post.duty_set & ADMINISTRATORS for holding in holders):
        raise NotAllowed.because("accounts.already_set_up")
    duties = frozenset({Duty.SYSTEM_ADMIN.value, Duty.SECURITY_ADMIN.value})
    return Actor(decider=OPERATOR, recorder=OPERATOR, duties=duties, admin_ranges=(WHOLE_COUNTRY,))


def holdings_of(person: Person, *, on: date) -> list[Holding]:
    """What the person holds on that day: own posts first, then those held for others."""
    return list(_held(person.pk, on))


@holds_until_next_act
def _held(person_id: int, on: date) -> tuple[Holding, ...]:
    rows = _holdings(person_id, on.isoformat())
    return tuple(sorted(rows, key=lambda each: each.acting_for_id is not None))


@compiled
def _holdings(person_id: int, on: Any) -> QuerySet[Holding]:
    held = Holding.objects.filter(
        in_force(on), in_force(on, "post__"), in_force(on, "post__organisation__"), person_id=person_id
    )
    return held.select_related("post__organisation__unit").order_by("id")


def actor_of(person: Person, post: Post | None = None, *, on: date) -> Actor:
    """The person at one post, the first one when none is named; NotAllowed when the post is not theirs."""
    held = holdings_of(person, on=on)
    if post is not None:
        held = [each for each in held if each.post_id == post.pk]
        if not held:
            raise NotAllowed.because("accounts.not_your_post", name=person.full_name, post=post.title)
    return actor_at(person, held[0] if held else None, on=on)


def actor_at(person: Person, holding: Holding | None, *, on: date) -> Actor:
    """The person at a post that they are known to hold; without one they may only mind their account."""
    if holding is None:
        nobody = Party(PERSON, person.pk, person.full_name)
        return Actor(decider=nobody, recorder=nobody, person_id=person.pk, on=on)
    organisation, duties = holding.post.organisation, holding.post.duty_set
    party = _party(person, holding)
    return Actor(
        decider=party,
        recorder=party,
        duties=duties,
        region_ranges=_ranges(organisation) if duties & READS_ITS_REGION else (),
        admin_ranges=_ranges(organisation) if duties & (ADMINISTRATORS - {Duty.AUDIT}) else (),
        organisation_ids=_own_organisations(organisation),
        person_id=person.pk,
        on=on,
        holding_id=holding.pk,
    )


def remembered(actor: Actor, *, on: date) -> dict[str, Any]:
    """Who asks for background work, as a part of its payload."""
    return {"person_id": actor.person_id, "holding_id": actor.holding_id, "on": on.isoformat()}


def recalled(payload: Mapping[str, Any]) -> Actor:
    """Whoever asked for background work, at the post and on the day of the asking."""
    if payload["person_id"] is None:
        return operator_of_this_machine()
    person = Person.objects.get(pk=payload["person_id"])
    held = Holding.objects.select_related("post__organisation__unit").filter(pk=payload["holding_id"]).first()
    return actor_at(person, held, on=date.fromisoformat(payload["on"]))


def on_behalf(actor: Actor, *, decider: Person, paper: PaperDecision, post: Post | None = None) -> Actor:
    """The actor who enters what `decider` decided on paper (代录): duties and area are the decider's.

    Refused: a recorder without a recording duty, a decider who held no post that day or an administrator's,
    a post that is not named although there were several, an area that the recorder does not see.
    """
    if not actor.duties & RECORDS_FOR_OTHERS:
        raise NotAllowed.because("accounts.may_not_record", name=actor.recorder.name)
    holding = _deciding(decider, post=post, on=paper.decided_on)
    deciding = actor_at(decider, holding, on=paper.decided_on)
    area = tuple(_overlaps(deciding.region_ranges, actor.region_ranges))
    if deciding.region_ranges and not area:
        raise NotAllowed.because(
            "accounts.decider_elsewhere", name=decider.full_name, post=holding.post.title
        )
    return replace(
        deciding,
        recorder=actor.recorder,
        person_id=actor.person_id,
        region_ranges=area,
        paper=paper,
        admin_ranges=(),
        holding_id=actor.holding_id,
    )


def _deciding(decider: Person, *, post: Post | None, on: date) -> Holding:
    held = [each for each in holdings_of(decider, on=on) if not each.post.duty_set & ADMINISTRATORS]
    if post is not None:
        held = [each for each in held if each.post_id == post.pk]
    names = {"name": decider.full_name, "day": on.isoformat()}
    if not held:
        raise NotAllowed.because("accounts.decider_without_post", **names)
    if len(held) > 1:
        titles = "、".join(each.post.title for each in held)
        raise AccountRefused.because("accounts.decider_post_unclear", **names, posts=titles)
    return held[0]


def _party(person: Person, holding: Holding) -> Party:
    organisation = holding.post.organisation
    return Party(
        kind=PERSON,
        id=person.pk,
        name=person.full_name,
        post=holding.post.title + ("（B 岗）" if holding.acting_for_id else ""),
        organisation=organisation.full_name,
        organisation_id=organisation.pk,
        region_id=organisation.region_id,
    )


def _ranges(organisation: Organisation) -> Ranges:
    return (region_range(organisation.region_id),) if organisation.kind in HAS_A_REGION else ()


def _own_organisations(organisation: Organisation) -> frozenset[int]:
    """A clerk of one division works for the whole unit; a group of enterprises for its subsidiaries too."""
    is_enterprise = organisation.kind == OrganisationKind.ENTERPRISE
    return _with_its_own(organisation.unit_id or organisation.pk, with_subsidiaries=is_enterprise)


@holds_until_next_act
def _with_its_own(unit: int, *, with_subsidiaries: bool) -> frozenset[int]:
    own = Q(unit=unit) | Q(parent=unit) if with_subsidiaries else Q(unit=unit)
    return frozenset([unit, *Organisation.objects.filter(own).values_list("pk", flat=True)])


def _overlaps(ranges: Ranges, others: Ranges) -> Iterable[tuple[int, int]]:
    for low, high in ranges:
        for other_low, other_high in others:
            if max(low, other_low) <= min(high, other_high):
                yield max(low, other_low), min(high, other_high)
