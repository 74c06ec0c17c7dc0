"""Whom and what can a project name: units and regions?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from qingshan.office.accounts.models import Organisation, in_force
from qingshan.office.mines.models import Site
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import below
from qingshan.office.regions.ranges import ids_above
from qingshan.office.trail.parties import ActorLike


def organisations(actor: ActorLike, *, on: date) -> QuerySet[Organisation]:
    """The units of the actor's area, and of the regions above it."""
    near = Q(pk__in=[])
    for low, high in actor.region_ranges:
        near |= Q(region_id__gte=low, region_id__lte=high) | Q(region_id__in=ids_above(low))
    return Organisation.objects.filter(near, in_force(on), is_division=False).order_by(
        "-region_id", "kind", "id"
    )


def regions(actor: ActorLike) -> QuerySet[Region]:
    """Where a project can be answered for."""
    return below(actor.region_ranges).exclude(level="abroad")


def lowest_around(sites: list[Site]) -> int:
    """The lowest region that contains all sites: their own where it is one, else the first one above both."""
    own = {site.region_id for site in sites}
    if len(own) == 1:
        return own.pop()
    chains = [[pk, *ids_above(pk)] for pk in sorted(own)]
    return next(pk for pk in chains[0] if all(pk in chain for chain in chains))
