"""Does each way to look at a ledger, each of its tiles, and each question of the workbench walk an index?

Twenty thousand matters of 200 counties; what is asked is what the pages ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from shapely.geometry import Point

from qingshan.finding.tests.plans import plan, reads_every_row
from qingshan.finding.walk import Gathered, Walk
from qingshan.geo.tiles.grid import Grid
from qingshan.geo.tiles.place import Place
from qingshan.geo.tiles.walk import counts_by_walking
from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.people import SINCE
from qingshan.office.cases.ledgers import CASES
from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.matters import queries
from qingshan.office.matters.ledgers import VIEWS, look_at
from qingshan.office.matters.models import Matter
from qingshan.office.places.layers import layer_for
from qingshan.office.regions.models import Region
from qingshan.rules.matters import DueStanding

ROWS, COUNTIES, STEP, ASSIGNED = 20_000, 200, 1_000_000, 30
FIRST_COUNTY = 990_201_000_000 + STEP
ON = date(2026, 3, 2)
TABLE = "matters_matter"
READERS = (
    "county_clerk",
    "county_leader",
    "city_reviewer",
    "provincial_dispatcher",
    "enterprise_manager",
    "expert",
)
ADDRESSES = (
    "",
    *(f"view={view}" for view in VIEWS if view),
    "state=registered",
    "kind=lasting",
    "source=self_check",
    "q=采坑",
    "q=ck",
    "q=采坑&region=990101000000",
    "region=990101000000&view=overdue",
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Once for all tests of this file, in a transaction that is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = a_world()
        _fill(made)
        yield made
        transaction.set_rollback(True)


def _fill(made: World) -> None:
    far = [FIRST_COUNTY + step * STEP for step in range(COUNTIES)]
    Region.objects.bulk_create(Region(pk=pk, code=str(pk)[:6], name=f"县{pk}", level="county") for pk in far)
    own, enterprise = made.people.regions["990101"].pk, made.people.organisations["enterprise"].pk
    states = ("registered", "verified", "assigned", "rectifying", "closed")
    rows = [
        Matter(
            kind="lasting" if n % 10 == 0 else "rectification",
            number=f"N-{n}",
            title=f"第 {n} 处{'采坑' if n % 7 == 0 else '弃渣'}",
            region_id=own if n % 400 == 0 else far[n % COUNTIES],
            enterprise_id=enterprise if n % 1000 == 0 else None,
            state_id=f"rectification.{states[n % 5]}" if n % 10 else "lasting.registered",
            severity="ordinary",
            source="self_check",
            due_on=ON + timedelta(days=n % 90 - 30) if n % 3 else None,
            opened_on=ON - timedelta(days=200),
            closed_on=ON if n % 5 == 4 else None,
            awaits_duty=("registry", "dispatch", "", "", "")[n % 5],
            awaits_organisation_id=enterprise if n % 1000 == 3 else None,
            geom=Point(122 + n % 140 / 50, 33 + n // 140 / 100),
        )
        for n in range(ROWS)
    ]
    Matter.objects.bulk_create(rows, batch_size=2_000)
    pks = list(Matter.objects.values_list("pk", flat=True))
    of_others = [made.people["auditor"].pk] * (len(pks) - ASSIGNED)
    Assignment.objects.bulk_create(
        Assignment(person_id=person, kind="matters.matter", object_id=pk, from_on=SINCE)
        for pk, person in zip(pks, [made.people["expert"].pk] * ASSIGNED + of_others, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked_by(world: World, address: str, who: str) -> Iterator[QuerySet[Any]]:
    """The queries of the first page of the ledger."""
    look, actor = look_at(CASES, QueryDict(address), on=ON), world.actor(who)
    for branch in queries.branches_of(look.kinds, actor=actor, narrowing=look.narrowing):
        if isinstance(branch, Walk):
            yield branch.whole().extra(order_by=[f"-{TABLE}_words.rowid"])[:50]
        elif isinstance(branch, Gathered):
            yield from [branch.whole()] if branch.places else []
        else:
            yield branch.order_by(*queries.LEDGER.fields)[:50]


def test_a_scan_would_be_noticed(world: World) -> None:
    assert reads_every_row(plan(Matter.objects.filter(source_number="x")), TABLE)


@pytest.mark.parametrize("who", READERS)
def test_every_way_to_look_at_the_ledger_walks_an_index(world: World, who: str) -> None:
    looked = 0
    for address in ADDRESSES:
        for rows in asked_by(world, address, who):
            shown = plan(rows)
            assert not reads_every_row(shown, TABLE), (address, shown)
            looked += 1
    assert looked >= len(ADDRESSES)


@pytest.mark.parametrize("who", READERS)
def test_whose_turn_it_is_walks_an_index(world: World, who: str) -> None:
    for branch in queries.turn_branches(world.actor(who)):
        shown = plan(branch.order_by("due_on", "id")[:50])
        assert not reads_every_row(shown, TABLE), shown


TILES = {8: (215, 103), 10: (860, 412)}
"""One over everything, and one with a few hundred."""


@pytest.mark.parametrize("who", READERS)
def test_every_tile_of_matters_walks_an_index(world: World, who: str) -> None:
    for standing in ("", *DueStanding.values()):
        for z, (x, y) in TILES.items():
            place = Place(z, x, y)
            for part in layer_for("cases", world.actor(who)).rows(world.actor(who), {"category": standing}):
                for asked in ({"cell__range": place.cells()}, {"geom__bbox": place.lonlat_box()}):
                    shown = plan(part.filter(**asked).order_by().values("pk")[:4001])
                    assert not reads_every_row(shown, TABLE), (standing, shown)


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL groups along the index by itself")
@pytest.mark.parametrize("standing", ["", *DueStanding.values()])
def test_a_crowded_tile_is_counted_by_walking_from_cell_to_cell(world: World, standing: str) -> None:
    actor = world.actor("provincial_dispatcher")
    (part, *_others) = layer_for("cases", actor).rows(actor, {"category": standing})
    place = Place(8, *TILES[8])
    walked = counts_by_walking(
        part.order_by(), cell="cell", cells=place.cells(), shift=Grid(place).shift, sum_of=""
    )
    assert walked is not None
    assert sum(rows for _cell, rows, _sum in walked) == part.filter(cell__range=place.cells()).count()
