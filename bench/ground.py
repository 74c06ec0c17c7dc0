"""On what ground does everything measure? A fictitious province at sea: 12 cities, 120 counties, sites by lot.

The rows are written straight to the tables, as nobody does in the product: here the lists and maps are
measured, not the acts. The same seed gives the same rows on both databases.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.db import connection
from django.utils import timezone

from qingshan.geo.area import areas_m2
from qingshan.geo.blobs import encode, encode_ewkb_hex
from qingshan.geo.cells import cell_of_box
from qingshan.office.accounts.actors import Actor, actor_of
from qingshan.office.accounts.models import Assignment, Organisation, Person
from qingshan.office.accounts.tests.people import a_holding, a_person, a_post
from qingshan.office.mines.models import Mine, Site, Tally
from qingshan.office.regions.models import Region
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
CHUNK_ROWS = 50_000
METRES_PER_DEGREE = 111_320.0
MINES = 3000
ENTERPRISES = 300
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
    """Regions with outlines, one bureau for each, enterprises and mines."""
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
    _found_mines()


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


def _found_mines() -> None:
    chance = np.random.default_rng(SEED + 1)
    enterprises = Organisation.objects.bulk_create(
        Organisation(
            kind=OrganisationKind.ENTERPRISE.value,
            name=f"测试矿业{n}有限公司",
            region_id=int(region),
            from_on=SINCE,
        )
        for n, region in enumerate(chance.choice(county_ids(), ENTERPRISES))
    )
    Mine.objects.bulk_create(
        Mine(
            key=f"CSK{n:05}",
            name=f"测试{n}号石灰岩矿",
            region_id=int(region),
            enterprise=enterprises[n % ENTERPRISES],
        )
        for n, region in enumerate(chance.choice(county_ids(), MINES))
    )


def readers(rows: int) -> list[Reader]:
    """A clerk of a middling county, a reviewer of its city, the province's dispatcher, and an expert."""
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
    found = [
        Reader(name, _at_work(n, kind, region, duty)) for n, (name, kind, region, duty) in enumerate(people)
    ]
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


# --- sites ------------------------------------------------------------------------------------------------


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


COLUMNS = (
    *("id", "key", "name", "region_id", "mine_id", "enterprise_id", "recorded_by_id", "kind", "geom", "cell"),
    *("area_m2", "reported_area_m2", "found_on", "source", "note", "version"),
)


def site_rows(rows: int, *, postgresql: bool) -> Iterator[list[tuple]]:
    """All rows in the order of COLUMNS, some thousand at a time."""
    chance = np.random.default_rng(SEED)
    mines = list(Mine.objects.order_by("id").values_list("id", "enterprise_id"))
    kinds = [kind.value for kind in SiteKind]
    stored = encode_ewkb_hex if postgresql else encode
    region_ids, places = middles(chance, rows)
    for start in range(0, rows, CHUNK_ROWS):
        part = slice(start, min(start + CHUNK_ROWS, rows))
        drawn = shapes(chance, places[part])
        areas, boxes = areas_m2(drawn), shapely.bounds(drawn).tolist()
        found = chance.integers(0, 2000, len(drawn))
        lots = zip(
            range(part.start + 1, part.stop + 1),
            region_ids[part].tolist(),
            drawn,
            areas.tolist(),
            boxes,
            chance.integers(0, 2 * len(mines), len(drawn)).tolist(),
            chance.integers(0, len(kinds), len(drawn)).tolist(),
            found.tolist(),
            strict=True,
        )
        yield [
            (
                *(pk, f"CS{pk:08}", f"测试点位 {pk}", region_id),
                *(mines[mine] if mine < len(mines) else (None, None)),
                *(None, kinds[kind], stored(shape), cell_of_box(box), area, area),
                *(date.fromordinal(737_000 + day).isoformat(), "卫星线索", "", 1),
            )
            for pk, region_id, shape, area, box, mine, kind, day in lots
        ]


def fill(rows: int) -> None:
    """The province with so many sites, their tallies, and fresh statistics for the planner."""
    found_province()
    postgresql = connection.vendor == "postgresql"
    for chunk in site_rows(rows, postgresql=postgresql):
        (_copy if postgresql else _insert)(chunk)
    _tally()
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{TABLE}', 'id'), {rows})")
        cursor.execute("VACUUM ANALYZE" if postgresql else "ANALYZE")
        if not postgresql:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


TABLE = Site._meta.db_table


def _insert(chunk: list[tuple]) -> None:
    names, marks = ", ".join(COLUMNS), ", ".join("?" * len(COLUMNS))
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO {TABLE} ({names}) VALUES ({marks})", chunk)
    raw.execute("COMMIT")


def _copy(chunk: list[tuple]) -> None:
    text = io.StringIO()
    for row in chunk:
        text.write("\t".join("\\N" if value is None else str(value) for value in row) + "\n")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        copy.write(text.getvalue())


def _tally() -> None:
    area = "CAST(round((coalesce(area_m2, 0) * 10000)::numeric) AS bigint)"
    if connection.vendor != "postgresql":
        area = "CAST(round(coalesce(area_m2, 0) * 10000) AS integer)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Tally._meta.db_table} (what, region_id, category, rows, area_cm2)"
            f" SELECT 'site', region_id, kind, count(*), sum({area}) FROM {TABLE} GROUP BY region_id, kind"
        )
