"""Which registered mines may be the same as these? By what they share, never by comparing all with all.

Four ways lead to a candidate, each along one index: the same licence, the same enterprise, the same particular
word of the name in the same county, and a place within half a kilometre. Only these few pairs are then weighed
by `rules.likeness`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely
from django.db.models import Q, QuerySet

from qingshan.geo.cells import SIDE, columns_and_rows, tile_range
from qingshan.office.mines.describing import Told, told
from qingshan.office.mines.models import Mine
from qingshan.office.regions.ranges import region_range
from qingshan.rules.areas import METRES_PER_DEGREE
from qingshan.rules.identifiers import compact
from qingshan.rules.likeness import Likeness, likeness

Scope: TypeAlias = Callable[[QuerySet[Mine]], QuerySet[Mine]]
"""Narrows mines to those that may be named: what an actor sees, or all."""

AT_ONCE = 500
NEAR_M = 500
"""Farther apart than this, a place is no evidence by itself; licence, enterprise and name find the rest."""
TILE_ZOOM = 13
"""Tiles about four kilometres wide: a place and its surroundings touch four of them at most."""
COUNTY, PREFECTURE, PROVINCE = 10**6, 10**8, 10**10


@dataclass(frozen=True)
class Match:
    """Two mines that a person should look at."""

    one: Told
    other: Told
    likeness: Likeness


def everything(mines: QuerySet[Mine]) -> QuerySet[Mine]:
    return mines


def matches(wanted: Sequence[Told], *, scope: Scope = everything) -> list[Match]:
    """What is the same as these, or likely so, among the standing mines of the scope; each pair once."""
    pairs = sorted(candidates(wanted, scope=scope))
    held = {one.ref: one for one in _told_of({mine_id for _place, mine_id in pairs})}
    found, seen = [], set[tuple[Any, Any]]()
    for place, mine_id in pairs:
        one, other = wanted[place], held.get(mine_id)
        if other is None or (mine_id, one.ref) in seen:
            continue
        seen.add((one.ref, mine_id))
        weighed = likeness(one.description, other.description)
        if weighed.is_offered:
            found.append(Match(one, other, weighed))
    return sorted(found, key=lambda match: -match.likeness.score)


def _told_of(ids: set[int]) -> Iterator[Told]:
    for part in _parts(sorted(ids)):
        yield from told(Mine.objects.filter(pk__in=part))


def candidates(wanted: Sequence[Told], *, scope: Scope = everything) -> set[tuple[int, int]]:
    """Pairs of a place in `wanted` and the id of a mine that shares something with it."""
    ways = (_same_licence, _same_enterprise, _same_word, _near)
    pairs = {pair for way in ways for pair in way(wanted, scope)}
    return {(place, mine_id) for place, mine_id in pairs if wanted[place].ref != mine_id}


def _standing(condition: Q) -> QuerySet[Mine]:
    return Mine.objects.filter(condition, merged_into=None).order_by()


def _same_licence(wanted: Sequence[Told], scope: Scope) -> Iterator[tuple[int, int]]:
    by_number = defaultdict[str, list[int]](list)
    for place, one in enumerate(wanted):
        if one.description.licence:
            for written in {one.description.licence_no, compact(one.description.licence_no)}:
                by_number[written].append(place)
    for part in _parts(sorted(by_number)):
        rows = scope(_standing(Q(licence_no__in=part)))
        for number, mine_id in rows.values_list("licence_no", "pk"):
            yield from ((place, mine_id) for place in by_number[number])


def _same_enterprise(wanted: Sequence[Told], scope: Scope) -> Iterator[tuple[int, int]]:
    by_firm = defaultdict[int, list[int]](list)
    for place, one in enumerate(wanted):
        if one.enterprise_id is not None:
            by_firm[one.enterprise_id].append(place)
    for part in _parts(sorted(by_firm)):
        rows = scope(_standing(Q(enterprise_id__in=part)))
        for firm_id, mine_id in rows.values_list("enterprise_id", "pk"):
            yield from ((place, mine_id) for place in by_firm[firm_id])


def _same_word(wanted: Sequence[Told], scope: Scope) -> Iterator[tuple[int, int]]:
    """In the same county, or where one of the two says no county: one valley name alone proves nothing farther off."""
    by_region = defaultdict[int, dict[str, list[int]]](lambda: defaultdict(list))
    for place, one in enumerate(wanted):
        if one.token and one.region_id:
            by_region[_county(one.region_id)][one.token].append(place)
    for region_id, words in sorted(by_region.items()):
        for part in _parts(sorted(words)):
            rows = scope(_standing(Q(name_token__in=part) & _in_or_above(region_id)))
            for word, mine_id in rows.values_list("name_token", "pk"):
                yield from ((place, mine_id) for place in words[word])


def _county(region_id: int) -> int:
    return region_id // COUNTY * COUNTY


def _in_or_above(region_id: int) -> Q:
    low, high = region_range(region_id)
    above = [region_id // below * below for below in (PREFECTURE, PROVINCE)]
    return Q(region_id__gte=low, region_id__lte=high) | Q(region_id__in=above)


def _near(wanted: Sequence[Told], scope: Scope) -> Iterator[tuple[int, int]]:
    """By map cells alone: they are precise to ten metres, and no shape is read."""
    placed = [place for place, one in enumerate(wanted) if one.cell is not None]
    if not placed:
        return
    boxes = [_around(wanted[place]) for place in placed]
    found = [row for part in _parts(_tiles(boxes), at_once=100) for row in _in_tiles(part, scope)]
    if not found:
        return
    ids, cells = zip(*found, strict=True)
    tree = shapely.STRtree(shapely.points(_degrees(cells)))
    for box, point in tree.query(shapely.box(*np.array(boxes).T)).T.tolist():
        yield placed[box], ids[point]


def _around(one: Told) -> tuple[float, float, float, float]:
    [(lon, lat)] = _degrees([one.cell]).tolist()
    north = NEAR_M / METRES_PER_DEGREE
    east = north / max(0.1, math.cos(math.radians(lat)))
    return lon - east, lat - north, lon + east, lat + north


def _degrees(cells: Iterable[Any]) -> Any:
    """Longitudes and latitudes of the middles of cells."""
    columns, rows = columns_and_rows(list(cells))
    lon = (columns + 0.5) / SIDE * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(math.pi * (1 - 2 * (rows + 0.5) / SIDE))))
    return np.stack([lon, lat], axis=1)


def _tiles(boxes: Sequence[tuple[float, float, float, float]]) -> list[tuple[int, int]]:
    """The tiles that the boxes touch, as ranges of cells; neighbours are joined."""
    tiles = {tile for box in boxes for tile in _touched(box)}
    ranges = sorted(tile_range(TILE_ZOOM, x, y) for x, y in tiles)
    joined: list[tuple[int, int]] = []
    for first, last in ranges:
        if joined and joined[-1][1] + 1 == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _touched(box: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
    west, south, east, north = box
    left, top = _tile(west, north)
    right, bottom = _tile(east, south)
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            yield x, y


def _tile(lon: float, lat: float) -> tuple[int, int]:
    across = 1 << TILE_ZOOM
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return (
        min(across - 1, max(0, math.floor((lon + 180) / 360 * across))),
        min(across - 1, max(0, math.floor(y * across))),
    )


def _in_tiles(ranges: Sequence[tuple[int, int]], scope: Scope) -> list[tuple[int, int]]:
    inside = Q(pk__in=[])
    for first, last in ranges:
        inside |= Q(cell__gte=first, cell__lte=last)
    rows = scope(_standing(inside)).values_list("pk", "cell")
    return [(pk, cell) for pk, cell in rows if cell is not None]


def _parts(rows: Sequence[Any], *, at_once: int = AT_ONCE) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), at_once):
        yield rows[start : start + at_once]
