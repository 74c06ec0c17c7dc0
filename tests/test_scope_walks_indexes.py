"""Does each branch of what an actor may see walk its index, on either database?

Twenty thousand sites of 200 counties; what is asked is the query that a list page or an object's page asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.http import QueryDict

from qingshan.finding.tests.plans import plan, reads_every_row, scans_the_table
from qingshan.finding.walk import Gathered, Walk
from qingshan.office.accounts.access import branches, scoped, seen_one
from qingshan.office.accounts.actors import operator_of_this_machine, public
from qingshan.office.accounts.models import Assignment
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotFound
from qingshan.office.mines import listing
from qingshan.office.mines.columns import KIND_OF
from qingshan.office.mines.filters import branches_found
from qingshan.office.mines.models import Site
from qingshan.office.mines.narrowing import NARROWS
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


def test_a_scan_would_be_noticed(people, sites):
    assert scans_the_table(plan(Site.objects.filter(note="x")))
    assert reads_every_row(plan(Site.objects.filter(words__contains="x")))
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


# --- every list, filter and order -------------------------------------------------------------------------

WORDS_TYPED = ("矿", "虎沟", "lhg", "laohugou", "far1", "f", "老虎 far")
VALUES = {"area_from": "1", "area_to": "9", "found_from": "2020-01-01", "found_until": "2026-01-01"}
VALUES |= {"shape": "yes", "enterprise": "1", "mineral": "铁", "method": "open_pit", "scale": "large"}
VALUES |= {"state": "in_use", "to_from": "2020-01-01", "to_until": "2026-01-01"}
VALUES |= {"from_from": "2020-01-01", "from_until": "2026-01-01", "returned": "no"}
READERS = ("county_clerk", "city_reviewer", "provincial_dispatcher", "enterprise_manager", "expert")


def addresses(model: type[Model]) -> Iterator[str]:
    """A list in every way in which it can be narrowed or ordered."""
    yield ""
    yield from (f"q={word}" for word in WORDS_TYPED)
    yield from (f"{narrow.name}={VALUES[narrow.name]}" for narrow in NARROWS[model])
    yield from (f"sort={name}" for name in listing.ORDERS.get(model, {}))
    yield f"q=矿&region={FIRST_COUNTY}"


def asked_by(model: type[Model], address: str, actor: Any) -> Iterator[QuerySet[Any]]:
    """The queries of the first page."""
    look = listing.look_at(model, QueryDict(address), actor=actor)
    for branch in branches_found(model._default_manager.all(), actor, look.filters):
        if isinstance(branch, Walk):
            yield branch.whole().extra(order_by=[f"-{model._meta.db_table}_words.rowid"])[:50]
        elif isinstance(branch, Gathered):
            # how they are gathered, the planner decides by how common the word is
            yield from [branch.whole()] if branch.places else []
        else:
            yield branch.order_by(*look.order.fields)[:50]


@pytest.mark.parametrize("name", READERS)
def test_every_way_to_look_at_the_sites_walks_an_index(people, sites, name):
    actor, looked = people.actor(name), 0
    for address in addresses(Site):
        for rows in asked_by(Site, address, actor):
            shown = plan(rows)
            assert not reads_every_row(shown), (address, shown)
            looked += 1
    assert looked > len(WORDS_TYPED)


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL reads small tables as a whole")
@pytest.mark.parametrize("model", [model for model in KIND_OF if model is not Site])
def test_every_way_to_look_at_the_other_lists_walks_an_index(people, sites, model):
    for name in READERS:
        for address in addresses(model):
            for rows in asked_by(model, address, people.actor(name)):
                shown = plan(rows)
                assert not reads_every_row(shown), (address, shown)


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="of FTS5")
def test_words_of_a_region_are_one_walk_without_sorting(people, sites):
    (rows, *_others) = asked_by(Site, "q=矿", people.actor("provincial_dispatcher"))
    shown = plan(rows)
    assert "VIRTUAL TABLE INDEX" in shown
    assert "TEMP B-TREE" not in shown
