"""Whom and what can an act on a problem name: units, regions, other matters?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from qingshan.office.accounts.models import Organisation, in_force
from qingshan.office.matters.access import branches_for
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.mines.filters import between
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import below, path_of
from qingshan.office.regions.ranges import county_of, region_range
from qingshan.office.trail.parties import ActorLike

MOST_OTHERS = 200


def organisations(region: Region, *, on: date) -> QuerySet[Organisation]:
    """The units that can answer for something in a region: of its county and below, and of the regions above it."""
    near = between("region_id", region_range(county_of(region.pk))) | Q(region__in=path_of(region))
    return Organisation.objects.filter(near, in_force(on), is_division=False).order_by(
        "-region_id", "kind", "id"
    )


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
    found = {row.pk: row for part in branches_for(rows, actor) for row in part.order_by("-id")[:MOST_OTHERS]}
    open_ones = [row for row in found.values() if row.state_name not in final]
    return sorted(
        open_ones, key=lambda each: (each.mine_id != matter.mine_id or not matter.mine_id, -each.pk)
    )
