"""Which open problems at this mine, or close to this place, may be the one that somebody is about to register?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import QuerySet
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import length_m
from qingshan.office.matters.access import visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Mine, Site
from qingshan.office.trail.parties import ActorLike

KINDS = ("rectification", "lasting")
ALL_KINDS = (*KINDS, "petition")
"""信访转办 may be about a problem that stands in the ledger already."""
NEAR_M = 500
"""Within this distance of the place a problem may be the same one."""
SHOWN = 20
_LOOKED_AT = 200
"""So many candidates of the index are measured; a place with more has shown enough."""
_DEGREE_M = 110_500.0
"""No degree of latitude is shorter, so a box of this scale holds everything that is near."""


@dataclass(frozen=True)
class Similar:
    """An open problem, and why it is shown."""

    matter: Matter
    at_mine: bool
    """of the same mine or site"""
    distance_m: int | None
    """from the place; None where one of the two has none"""


def similar(
    *,
    actor: ActorLike,
    mine: Mine | None = None,
    site: Site | None = None,
    geom: BaseGeometry | None = None,
    apart_from: int | None = None,
    kinds: Sequence[str] = KINDS,
    rows: int = SHOWN,
) -> list[Similar]:
    """Open matters of these kinds that the actor may see: those of the mine or site first, then by distance.

    At most three queries, each along an index: the mine's, the site's, and the box around the place.
    """
    place = geom or next((each.geom for each in (site, mine) if each and each.geom is not None), None)
    found: dict[int, Similar] = {}
    for matter in _at(actor, kinds, mine=mine, site=site):
        found[matter.pk] = Similar(matter, at_mine=True, distance_m=_distance_m(matter.geom, place))
    for matter in _around(actor, kinds, place):
        metres = _distance_m(matter.geom, place)
        if metres is not None and metres <= NEAR_M:
            found.setdefault(matter.pk, Similar(matter, at_mine=False, distance_m=metres))
    found.pop(apart_from or 0, None)
    return sorted(found.values(), key=_nearest)[:rows]


def similar_to(matter: Matter, *, actor: ActorLike) -> list[Similar]:
    """Other open matters near it, the same mine first."""
    return similar(
        actor=actor,
        mine=matter.mine,
        site=matter.site,
        geom=matter.geom,
        apart_from=matter.pk,
        kinds=ALL_KINDS,
    )


def _nearest(each: Similar) -> tuple[bool, float, int]:
    return not each.at_mine, math.inf if each.distance_m is None else each.distance_m, -each.matter.pk


def _open(actor: ActorLike, kinds: Sequence[str], **narrowed: Any) -> QuerySet[Matter]:
    open_ones = Matter.objects.filter(kind__in=kinds, state__is_final=False, **narrowed)
    seen = visible_to(open_ones, actor)
    return seen.select_related("region", "mine", "state").order_by("-id")[:_LOOKED_AT]


def _at(actor: ActorLike, kinds: Sequence[str], *, mine: Mine | None, site: Site | None) -> list[Matter]:
    by_mine = list(_open(actor, kinds, mine=mine)) if mine is not None else []
    by_site = list(_open(actor, kinds, site=site)) if site is not None else []
    return [*by_mine, *by_site]


def _around(actor: ActorLike, kinds: Sequence[str], place: BaseGeometry | None) -> list[Matter]:
    if place is None or place.is_empty:
        return []
    return list(_open(actor, kinds, geom__bbox=_box_around(place)))


def _box_around(place: BaseGeometry) -> tuple[float, float, float, float]:
    """A box in degrees that holds every point within NEAR_M."""
    west, south, east, north = place.bounds
    up = NEAR_M / _DEGREE_M
    aside = up / max(math.cos(math.radians(max(abs(south), abs(north)) + up)), 0.01)
    return west - aside, south - up, east + aside, north + up


def _distance_m(one: BaseGeometry | None, other: BaseGeometry | None) -> int | None:
    """Along the ellipsoid between the points that lie nearest; 0 where one lies in the other."""
    if one is None or other is None or one.is_empty or other.is_empty:
        return None
    shrink = math.cos(math.radians(other.centroid.y))
    line = shapely.shortest_line(_flat(one, shrink), _flat(other, shrink))
    return round(length_m([(x / shrink, y) for x, y in line.coords]))


def _flat(shape: BaseGeometry, shrink: float) -> BaseGeometry:
    """Degrees of equal length both ways, so that the nearest points are the nearest on the ground."""
    flat: BaseGeometry = shapely.transform(shape, lambda points: points * (shrink, 1.0))
    return flat


__all__ = ["ALL_KINDS", "NEAR_M", "Similar", "similar", "similar_to"]
