"""Does each way to look at a ledger, and each question of the workbench, walk an index on either database?

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

from qingshan.finding.tests.plans import plan, reads_every_row
from qingshan.finding.walk import Gathered, Walk
from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.people import SINCE
from qingshan.office.cases.ledgers import CASES, VIEWS, look_at
from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.matters import queries
from qingshan.office.matters.models import Matter
from qingshan.office.regions.models import Region

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
