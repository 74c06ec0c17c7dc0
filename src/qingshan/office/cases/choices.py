"""Whom and what can an act on a matter name: units, deciders, regions, other matters?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from qingshan.office.accounts.models import Holding, Organisation, in_force
from qingshan.office.matters.access import branches_for, matter_parties
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.mines.filters import between
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import below, path_of
from qingshan.office.regions.ranges import county_of, region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import ADMINISTRATORS, Duty
from qingshan.rules.flow import Transition
from qingshan.rules.register import RegionLevel

MOST_DECIDERS = 200


def organisations(region: Region, *, on: date) -> QuerySet[Organisation]:
    """The units that can answer for something in a region: of its county and below, and of the regions above it."""
    near = between("region_id", region_range(county_of(region.pk))) | Q(region__in=path_of(region))
    return Organisation.objects.filter(near, in_force(on), is_division=False).order_by(
        "-region_id", "kind", "id"
    )


def deciders(matter: Matter, line: Transition) -> list[Holding]:
    """Who may have taken this step on paper: by the duty and level that the line asks for, or by their part in the
    matter. Whether they held the post on the day of the paper is asked when it is recorded.
    """
    found = _holders_by_part(matter, line) if line.by else _holders_at(matter.region, line.level)
    return _fitting(found, {line.duty.value} if line.duty else set())


def leaders(region: Region, level: RegionLevel) -> list[Holding]:
    """Who leads at a level, in a region or above it: of orders that are no act on a matter."""
    return _fitting(_holders_at(region, level), {Duty.LEAD.value})


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


def regions(actor: ActorLike) -> QuerySet[Region]:
    """Where a matter can be handed to: the counties and townships of the actor's area."""
    return below(actor.region_ranges).exclude(level__in=("province", "abroad"))


def places(actor: ActorLike) -> QuerySet[Region]:
    """Every region of the actor's area, the highest too."""
    return below(actor.region_ranges).exclude(level="abroad")


def others(matter: Matter, actor: ActorLike) -> list[Matter]:
    """Matters of the same kind that are still open, into which this one can go: at the same mine first."""
    final = kind_named(matter.kind).flow.final
    near = between("region_id", region_range(county_of(matter.region_id)))
    rows = Matter.objects.filter(near, kind=matter.kind, closed_on=None).exclude(pk=matter.pk)
    found = {
        row.pk: row for part in branches_for(rows, actor) for row in part.order_by("-id")[:MOST_DECIDERS]
    }
    open_ones = [row for row in found.values() if row.state_name not in final]
    return sorted(
        open_ones, key=lambda each: (each.mine_id != matter.mine_id or not matter.mine_id, -each.pk)
    )
