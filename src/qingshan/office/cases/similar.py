"""Which open cases at the same mine or within 500 m look like this one? Shown before anybody registers another."""

from __future__ import annotations

import math
from typing import Any

from django.db.models import QuerySet
from shapely.geometry.base import BaseGeometry

from qingshan.office.matters.access import branches_for
from qingshan.office.matters.models import Matter
from qingshan.office.trail.parties import ActorLike

NEAR_M = 500
SHOWN = 5
M_OF_A_DEGREE = 111_320
"""Of latitude; of longitude times the cosine of the latitude."""


def similar_to(matter: Matter, *, actor: ActorLike) -> list[Matter]:
    """Other open matters near it that the actor may see, the same mine first."""
    return open_near(
        actor=actor, mine_id=matter.mine_id, place=matter.geom, region_id=matter.region_id, but=matter.pk
    )


def open_near(
    *,
    actor: ActorLike,
    mine_id: int | None = None,
    place: BaseGeometry | None = None,
    region_id: int | None = None,
    but: int | None = None,
) -> list[Matter]:
    """Open matters at the mine, or around the place."""
    rows = Matter.objects.filter(closed_on=None).exclude(pk__in=[but] if but else []).defer("words", "cell")
    found: dict[int, Matter] = {}
    if mine_id is not None:
        found |= _some(rows.filter(mine_id=mine_id), actor)
    if place is not None and not place.is_empty and len(found) < SHOWN:
        found |= _some(rows.filter(geom__bbox=_around(place)), actor)
    return [each for each in found.values() if _is_near(each, mine_id, place)][:SHOWN]


def _some(rows: QuerySet[Matter], actor: ActorLike) -> dict[int, Matter]:
    shown = (
        part.select_related("state", "region").order_by("-id")[:SHOWN] for part in branches_for(rows, actor)
    )
    return {row.pk: row for part in shown for row in part}


def _around(place: BaseGeometry) -> tuple[float, float, float, float]:
    west, south, east, north = place.bounds
    up = NEAR_M / M_OF_A_DEGREE
    aside = up / max(0.1, math.cos(math.radians(north)))
    return west - aside, south - up, east + aside, north + up


def _is_near(other: Matter, mine_id: int | None, place: Any) -> bool:
    if mine_id is not None and other.mine_id == mine_id:
        return True
    if place is None or other.geom is None:
        return False
    one, two = place.centroid, other.geom.centroid
    up = (one.y - two.y) * M_OF_A_DEGREE
    aside = (one.x - two.x) * M_OF_A_DEGREE * math.cos(math.radians(one.y))
    return math.hypot(up, aside) <= NEAR_M
