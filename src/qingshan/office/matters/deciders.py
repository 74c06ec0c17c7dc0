"""Who may have decided on paper, so that somebody else records it (代录)?"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS
from qingshan.office.accounts.models import Holding
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.models import Matter
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import path_of
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import ADMINISTRATORS, Duty
from qingshan.rules.flow import Transition
from qingshan.rules.register import RegionLevel

MOST_DECIDERS = 200
RECORDERS = (Duty.REVIEW, *sorted(RECORDS_FOR_OTHERS))
"""Who may approve, or enter what others approved."""


def may_record(actor: ActorLike, matter: Matter) -> bool:
    """Whether the actor may record what others decided on paper about it."""
    return may_record_in(actor, matter.region_id)


def may_record_in(actor: ActorLike, region_id: int) -> bool:
    """The same of what is no act on a matter, by where it lies."""
    return bool(actor.duties & RECORDS_FOR_OTHERS) and inside(region_id, actor.region_ranges)


def deciders(matter: Matter, line: Transition) -> list[Holding]:
    """Who may have taken this step on paper: by the duty and level that the line asks for, or by their part in the
    matter. Whether they held the post on the day of the paper is asked when it is recorded.
    """
    found = _holders_by_part(matter, line) if line.by else _holders_at(matter.region, line.level)
    return _fitting(found, {line.duty.value} if line.duty else set())


def holders(region: Region, duty: str, level: RegionLevel | None = None) -> list[Holding]:
    """Who has a duty in a region or above it, at a level where one is asked for: of what is no act on a matter."""
    return _fitting(_holders_at(region, level), {duty})


def _fitting(found: QuerySet[Holding], wanted: set[str]) -> list[Holding]:
    rows = found.select_related("person", "post__organisation__unit").order_by(
        "-post__organisation__region_id", "id"
    )
    fitting = (
        each for each in rows if wanted <= each.post.duty_set and not each.post.duty_set & ADMINISTRATORS
    )
    return [each for each, _n in zip(fitting, range(MOST_DECIDERS), strict=False)]


def _holders_by_part(matter: Matter, line: Transition) -> QuerySet[Holding]:
    held = [
        each.organisation_id
        for each in matter_parties(matter)
        if each.role in line.by and each.organisation_id
    ]
    return Holding.objects.filter(Q(post__organisation__in=held) | Q(post__organisation__unit__in=held))


def _holders_at(region: Region, level: RegionLevel | None) -> QuerySet[Holding]:
    found = Holding.objects.filter(post__organisation__region__in=path_of(region))
    if level is None:
        return found
    own = Q(post__organisation__level=level.value) | Q(post__organisation__unit__level=level.value)
    return found.filter(own)


def _may_do(actor: ActorLike, act: Act, region_id: int) -> bool:
    return act.duty in actor.duties and inside(region_id, actor.region_ranges)


def may_approve(actor: ActorLike, act: Act, region_id: int) -> bool:
    """Whether the actor may approve, or enter what others approved on paper."""
    return _may_do(actor, act, region_id) or may_record_in(actor, region_id)


def deciders_of(actor: ActorLike, act: Act, region: Region) -> list[Holding] | None:
    """None where the actor decides, else whoever may have decided on paper; NotAllowed where neither is possible."""
    if _may_do(actor, act, region.pk):
        return None
    if act.duty is None or not may_record_in(actor, region.pk):
        require(actor, act.code, region_id=region.pk)
    assert act.duty is not None
    return holders(region, act.duty)
