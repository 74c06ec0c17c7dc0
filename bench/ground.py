"""On what ground does everything measure? A fictitious province at sea: 12 cities, 120 counties, places by lot.

The same seed gives the same places, shapes and readers on both databases; `objects` stand on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.utils import timezone

from qingshan.office.accounts.actors import Actor, actor_of
from qingshan.office.accounts.models import Assignment, Organisation, Person
from qingshan.office.accounts.tests.people import a_holding, a_person, a_post
from qingshan.office.mines.models import Tally
from qingshan.office.regions.models import Region
from qingshan.rules.areas import METRES_PER_DEGREE
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.register import OrganisationKind, RegionLevel, SiteKind

SEED = 20261121
SINCE = date(2020, 1, 1)
WEST, SOUTH = 122.5, 28.0
CITIES, COUNTIES = 12, 10
WIDTH, HEIGHT = 1 / 3, 0.5
"""Degrees of one county: a city is a column of counties from south to north."""
PROVINCE = 99 * 10**10
ASSIGNED = 200


@dataclass(frozen=True)
class Reader:
    """Somebody whose list is measured."""

    name: str
    person: Person

    def actor(self) -> Actor:
        return actor_of(self.person, on=shanghai_date(timezone.now()))


def county_ids() -> np.ndarray:
    """The ids of all counties, city by city."""
    return np.array(
        [PROVINCE + c * 10**8 + k * 10**6 for c in range(1, CITIES + 1) for k in range(1, COUNTIES + 1)]
    )


def found_province() -> None:
    """Regions with outlines."""
    rows = [
        Region(id=0, code="境外", name="境外", level=RegionLevel.ABROAD.value),
        _region(PROVINCE, "测试省", RegionLevel.PROVINCE, None),
    ]
    for c in range(1, CITIES + 1):
        city = PROVINCE + c * 10**8
        rows.append(_region(city, f"测试{c}市", RegionLevel.PREFECTURE, PROVINCE))
        for k in range(1, COUNTIES + 1):
            lon, lat = WEST + (c - 1) * WIDTH, SOUTH + (k - 1) * HEIGHT
            outline = shapely.box(lon, lat, lon + WIDTH, lat + HEIGHT)
            rows.append(_region(city + k * 10**6, f"测试{c}市{k}县", RegionLevel.COUNTY, city, outline))
    Region.objects.bulk_create(rows)


def _region(pk: int, name: str, level: RegionLevel, parent: int | None, geom=None) -> Region:
    return Region(
        id=pk,
        code=str(pk)[:6],
        name=name,
        level=level.value,
        parent_id=parent,
        geom=geom,
        is_local=True,
        simulated=True,
    )


def readers(rows: int) -> list[Reader]:
    """A clerk of a middling county, a reviewer of its city, the province's dispatcher, and an expert; once."""
    counted = dict(
        Tally.objects.filter(what="site", category=SiteKind.OPEN_PIT.value).values_list("region_id", "rows")
    )
    county = sorted(counted, key=lambda pk: (counted[pk], pk))[len(counted) // 2]
    city = county - county % 10**8
    people = [
        ("县 county", OrganisationKind.AUTHORITY, county, Duty.REGISTRY),
        ("市 city", OrganisationKind.AUTHORITY, city, Duty.REVIEW),
        ("省 province", OrganisationKind.AUTHORITY, PROVINCE, Duty.DISPATCH),
        ("专家 expert", OrganisationKind.AGENCY, city, Duty.EXPERT),
    ]
    there = Person.objects.in_bulk([f"bench-{n}" for n in range(len(people))], field_name="login_name")
    found = [
        Reader(name, there.get(f"bench-{n}") or _at_work(n, kind, region, duty))
        for n, (name, kind, region, duty) in enumerate(people)
    ]
    if not there:
        _assign(found[-1].person, rows)
    return found


def _at_work(number: int, kind: OrganisationKind, region_id: int, duty: Duty) -> Person:
    organisation = Organisation.objects.create(
        kind=kind.value, name=f"测试单位{number}", region_id=region_id, from_on=SINCE
    )
    person = a_person(organisation, f"测试人{number}", login_name=f"bench-{number}")
    a_holding(person, a_post(organisation, duty.zh, duty))
    return person


def _assign(person: Person, rows: int) -> None:
    asked = np.random.default_rng(SEED + 2).choice(rows, min(ASSIGNED, rows // 4), replace=False)
    Assignment.objects.bulk_create(
        Assignment(person=person, kind="mines.site", object_id=int(pk) + 1, from_on=SINCE) for pk in asked
    )


# --- places ---------------------------------------------------------------------------------------------


def middles(chance: np.random.Generator, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Places inside counties: seven of ten in mining belts, the others anywhere; counties are unequal."""
    ids = county_ids()
    weights = chance.permutation(1 / np.arange(1, len(ids) + 1) ** 0.6)
    county = chance.choice(len(ids), rows, p=weights / weights.sum())
    belts = chance.uniform(0.15, 0.85, (len(ids), 4, 2))
    belt = belts[county, chance.integers(0, 4, rows)]
    spot = np.where(
        (chance.random(rows) < 0.7)[:, None],
        belt + chance.normal(0, 0.05, (rows, 2)),
        chance.uniform(0, 1, (rows, 2)),
    )
    spot = np.clip(spot, 0.01, 0.99)
    lon = WEST + (county // COUNTIES + spot[:, 0]) * WIDTH
    lat = SOUTH + (county % COUNTIES + spot[:, 1]) * HEIGHT
    return ids[county], np.column_stack([lon, lat])


def shapes(chance: np.random.Generator, places: np.ndarray) -> np.ndarray:
    """Ragged rings of 8 to 31 corners, some tens to hundreds of metres wide, drawn all at once."""
    rows = len(places)
    corners = chance.integers(8, 32, rows)
    first = np.concatenate([[0], np.cumsum(corners)[:-1]])
    owner = np.repeat(np.arange(rows), corners)
    angle = 2 * np.pi * (np.arange(corners.sum()) - first[owner]) / corners[owner]
    reach_m = np.clip(chance.lognormal(4.0, 0.8, rows), 8, 1500)[owner] * chance.uniform(0.7, 1.3, len(owner))
    shrink = np.cos(np.radians(places[owner, 1]))
    east = reach_m * np.cos(angle) / METRES_PER_DEGREE / shrink
    north = reach_m * np.sin(angle) / METRES_PER_DEGREE
    points = np.round(places[owner] + np.column_stack([east, north]), 7)
    closed = np.insert(points, np.append(first[1:], len(points)), points[first], axis=0)
    rings = shapely.linearrings(closed, indices=np.repeat(np.arange(rows), corners + 1))
    return shapely.polygons(rings)
