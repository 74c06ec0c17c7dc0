"""Which region is it: by code, by name, by place, on which day?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import shapely
from django.db.models import Q, QuerySet
from shapely.geometry.base import BaseGeometry

from qingshan.office.regions.models import Region, RegionName
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import region_code
from qingshan.rules.register import RegionLevel

DEPTH = {level.value: depth for depth, level in enumerate(RegionLevel)}


def valid_on(day: date) -> Q:
    """Regions, or names of regions, that were in force on that day."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def regions_by_code(codes: Iterable[str | int]) -> dict[str, Region]:
    """The regions of many codes, by the code as it was given; what is none is left out."""
    ids = {}
    for code in codes:
        try:
            ids[str(code)] = region_code(code).id
        except RuleError:
            continue
    found = Region.objects.defer("geom").in_bulk(set(ids.values()))
    return {code: found[key] for code, key in ids.items() if key in found}


def put_regions(rows: Iterable[Any]) -> None:
    """Give each row its region with what pages show of one: code, name, whether it is fictitious."""
    rows = list(rows)
    known = _known()
    if missing := {row.region_id for row in rows} - known.keys():
        known |= Region.objects.only("code", "name", "simulated").in_bulk(missing)
    for row in rows:
        row.region = known[row.region_id]


@holds_until_next_act
def _known() -> dict[int, Region]:
    """Those that pages have asked for, by id; `put_regions` and `region_shown` add to them. The one answer that
    grows: what is added holds until the next act as what was there did.
    """
    return {}


def region_shown(region_id: int) -> Region | None:
    """One region with what pages show of it."""
    known = _known()
    if region_id not in known:
        known |= Region.objects.only("code", "name", "simulated").in_bulk([region_id])
    return known.get(region_id)


def region_by_code(code: str | int) -> Region | None:
    """One region by its code of 6, 9 or 12 digits, or 境外."""
    return regions_by_code([code]).get(str(code))


def name_on(region: Region, day: date) -> str:
    """What the region was called on that day; its present name where the register does not reach."""
    named = RegionName.objects.filter(valid_on(day), region=region).order_by("-valid_from").first()
    return named.name if named else region.name


def below(region_ranges: Iterable[tuple[int, int]], *, on: date | None = None) -> QuerySet[Region]:
    """Regions inside the ranges that somebody can be asked about: no headings, none that has ended."""
    within = Q(pk__in=[])
    for low, high in region_ranges:
        within |= Q(id__range=(low, high))
    in_force = Q(valid_to__isnull=True) if on is None else valid_on(on)
    return Region.objects.filter(within, in_force, is_heading=False).defer("geom").order_by("id")


def path_of(region: Region) -> list[Region]:
    """The region and those above it, the highest first, without headings."""
    ids = [code.id for code in region_code(region.code).and_above]
    return list(Region.objects.filter(pk__in=ids, is_heading=False).defer("geom").order_by("id"))


def names_above(region_ids: Iterable[int]) -> dict[int, dict[RegionLevel, str]]:
    """What each region and those above it are called, by level; headings have no name of their own."""
    wanted = set(region_ids)
    chains = {
        region_id: [region_id - region_id % size for size in (1, 10**3, 10**6, 10**8, 10**10)]
        for region_id in wanted
    }
    ids = {each for chain in chains.values() for each in chain}
    rows = Region.objects.filter(pk__in=ids, is_heading=False).values_list("pk", "level", "name")
    known = {pk: (RegionLevel(level), name) for pk, level, name in rows}
    return {
        region_id: dict(known[each] for each in chain if each in known) for region_id, chain in chains.items()
    }


def region_at(point: BaseGeometry, *, on: date | None = None) -> Region | None:
    """The lowest region whose outline holds the point; None where no outline does."""
    return regions_at([point], on=on)[0]


def regions_at(points: Sequence[BaseGeometry] | Any, *, on: date | None = None) -> list[Region | None]:
    """The same for many points in one query. On a border the smaller code is taken."""
    found: list[Region | None] = [None] * len(points)
    if not len(points):
        return found
    outlined = _outlined(shapely.total_bounds(points), on)
    if not outlined:
        return found
    tree = shapely.STRtree([region.geom for region in outlined])
    places, hits = tree.query(points, predicate="intersects")
    for place, hit in sorted(zip(places.tolist(), hits.tolist(), strict=True), reverse=True):
        found[place] = _lower(outlined[hit], found[place])
    return found


def _outlined(box: Any, on: date | None) -> list[Region]:
    in_force = Q(valid_to__isnull=True) if on is None else valid_on(on)
    meeting = Region.objects.filter(in_force, is_heading=False, geom__bbox=tuple(map(float, box)))
    return list(meeting.order_by("id"))


def _lower(one: Region, other: Region | None) -> Region:
    if other is None or DEPTH[one.level] >= DEPTH[other.level]:
        return one
    return other
