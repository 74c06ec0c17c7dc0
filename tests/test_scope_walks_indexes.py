"""Does each branch of what an actor may see walk its index, on either database?

Twenty thousand sites of 200 counties; what is asked is the query that a list page or an object's page asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from qingshan.office.accounts.access import branches, scoped, seen_one
from qingshan.office.accounts.actors import operator_of_this_machine, public
from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotFound
from qingshan.office.mines.models import Site
from qingshan.office.mines.queries import LEDGER
from qingshan.office.regions.models import Region

PATHS: dict[str, Any] = {
    "enterprise": "enterprise_id",
    "recorded_by": "recorded_by_id",
    "assigned_kind": "mines.site",
}
ROWS = 20_000
COUNTIES = 200
ASSIGNED = 30
FIRST_COUNTY = 500_101_000_000
COUNTY_STEP = 1_000_000


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    """Once for all tests of this file, in a transaction that is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield nine_people()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sites(people: People) -> int:
    """Rows all over a large province, a few in the clerk's county, some of the enterprise, some assigned."""
    far = [FIRST_COUNTY + step * COUNTY_STEP for step in range(COUNTIES)]
    Region.objects.bulk_create(Region(pk=pk, code=str(pk)[:6], name=f"县{pk}", level="county") for pk in far)
    enterprise = people.organisations["enterprise"].pk
    recorder = people.organisations["county_bureau"].pk
    Site.objects.bulk_create(
        [
            *(Site(key=f"far{n}", region_id=far[n % COUNTIES]) for n in range(ROWS)),
            *(Site(key=f"own{n}", region_id=990_101_000_000) for n in range(50)),
            *(Site(key=f"firm{n}", region_id=990_102_000_000, enterprise_id=enterprise) for n in range(20)),
            *(Site(key=f"abroad{n}", region_id=0, recorded_by_id=recorder) for n in range(10)),
        ],
        batch_size=2_000,
    )
    far_pks = list(Site.objects.filter(key__startswith="far").values_list("pk", flat=True))
    of_others = [people["auditor"].pk] * (len(far_pks) - ASSIGNED)
    Assignment.objects.bulk_create(
        Assignment(person_id=person, kind="mines.site", object_id=pk, from_on=date(2026, 1, 1))
        for pk, person in zip(far_pks, [people["expert"].pk] * ASSIGNED + of_others, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ROWS


def plan(rows: QuerySet[Any]) -> str:
    return rows.explain(format="JSON") if connection.vendor == "postgresql" else rows.explain()


def scans_the_table(text: str) -> bool:
    if connection.vendor == "postgresql":
        return any(node.get("Relation Name") == "mines_site" for node in scans_of(json.loads(text)))
    return any(
        "SCAN " in line and "SCAN (" not in line for line in text.splitlines()
    )  # ( is a subquery's result


def scans_of(part: Any) -> Iterator[dict[str, Any]]:
    """Every sequential scan of a PostgreSQL plan."""
    if isinstance(part, list):
        for each in part:
            yield from scans_of(each)
    elif isinstance(part, dict):
        if "Seq Scan" in part.get("Node Type", ""):
            yield part
        for each in part.values():
            yield from scans_of(each)


def test_a_scan_would_be_noticed(people, sites):
    assert scans_the_table(plan(Site.objects.filter(note="x")))
    assert scans_the_table(plan(Site.objects.filter(pk__in=Site.objects.filter(note="x").values("pk"))))


SEEN = {
    "county_clerk": 60,  # its county and what it recorded abroad
    "county_leader": 50,
    "other_county_clerk": 20,
    "city_reviewer": 70,
    "provincial_dispatcher": 70,
    "enterprise_manager": 20,
    "expert": ASSIGNED,
    "auditor": 70,
    "system_admin": 0,
    "security_admin": 0,
    "anonymous": 0,
}


def test_each_sees_exactly_their_rows_and_no_query_reads_the_whole_table(people, sites):
    for name, count in SEEN.items():
        actor = people.actor(name)
        assert scoped(Site.objects.all(), actor, **PATHS).count() == count, name
        asked = [
            branch.order_by(*LEDGER.fields)[:50] for branch in branches(Site.objects.all(), actor, **PATHS)
        ]
        asked.append(scoped(Site.objects.filter(key="own1"), actor, **PATHS))
        for shown in (plan(rows) for rows in asked if count):
            assert not scans_the_table(shown), (name, shown)


@pytest.mark.parametrize("name", ["county_leader", "enterprise_manager", "expert"])
def test_one_branch_is_a_plain_filter(people, name):
    if name == "county_leader":
        sql = str(scoped(Site.objects.all(), people.actor(name), enterprise="enterprise_id").query)
        assert "BETWEEN" in sql or ">=" in sql
    else:
        paths = {key: PATHS[key] for key in ("enterprise", "assigned_kind")}
        sql = str(scoped(Site.objects.all(), people.actor(name), **paths).query)
    assert "UNION" not in sql
    assert "EXISTS" not in sql
    assert " OR " not in sql.split("accounts_assignment")[0]


def test_several_branches_are_one_union_without_or_and_exists(people):
    sql = str(scoped(Site.objects.all(), people.actor("county_clerk"), **PATHS).query)
    assert sql.count("UNION") == 1
    assert "EXISTS" not in sql
    assert " OR " not in sql


def test_a_key_that_was_filtered_first_stands_inside_every_branch(people):
    sql = str(scoped(Site.objects.filter(pk=7), people.actor("county_clerk"), **PATHS).query)
    assert sql.count('"id" = 7') == 3  # outside, and in both branches


def test_what_may_not_be_seen_does_not_exist(people, sites):
    own = Site.objects.get(key="own1")
    assert seen_one(Site.objects.all(), people.actor("county_clerk"), pk=own.pk, **PATHS) == own
    for name in ("other_county_clerk", "enterprise_manager", "expert", "system_admin", "anonymous"):
        with pytest.raises(NotFound):
            seen_one(Site.objects.all(), people.actor(name), pk=own.pk, **PATHS)


def test_an_assignment_shows_its_object_only_while_it_lasts(people, sites):
    with transaction.atomic():
        Assignment.objects.update(to_on=date(2026, 3, 1))
        seen = [seen_by_the_expert(people, on) for on in (date(2026, 3, 1), date(2026, 3, 2))]
        transaction.set_rollback(True)
    assert seen == [ASSIGNED, 0]


def seen_by_the_expert(people: People, on: date) -> int:
    return scoped(Site.objects.all(), people.actor("expert", on=on), **PATHS).count()


def test_a_row_abroad_is_seen_by_the_organisation_that_recorded_it(people, sites):
    abroad = Site.objects.filter(region_id=0)
    assert scoped(abroad, people.actor("county_clerk"), **PATHS).count() == 10
    assert scoped(abroad, people.actor("provincial_dispatcher"), **PATHS).count() == 0
    assert scoped(abroad, operator_of_this_machine(), **PATHS).count() == 10


def test_the_operator_sees_all_in_one_branch_and_the_public_nothing(people, sites):
    (everything,) = branches(Site.objects.all(), operator_of_this_machine(), **PATHS)
    assert "WHERE" not in str(everything.query)
    assert scoped(Site.objects.all(), operator_of_this_machine(), **PATHS).count() == ROWS + 80
    assert not scoped(Site.objects.all(), public(), **PATHS).exists()
