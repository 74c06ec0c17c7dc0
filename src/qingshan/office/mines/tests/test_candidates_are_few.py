"""Is a mine compared with few others, found along indexes, however many are registered?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import Point, box

from qingshan.office.mines.candidates import candidates, matches
from qingshan.office.mines.describing import Told, told
from qingshan.office.mines.models import Mine
from qingshan.office.mines.tests.factories import EAST, WEST, a_mine, an_enterprise, regions
from qingshan.rules.likeness import distance_m

pytestmark = pytest.mark.django_db
ROWS = 5_000
LICENCE = "C9901012019057120112648"


@pytest.fixture(autouse=True)
def ground() -> None:
    regions()


def told_of(*mines: Mine) -> list[Told]:
    return told(Mine.objects.filter(pk__in=[mine.pk for mine in mines]))


def found_with(mine: Mine) -> set[str]:
    ids = {mine_id for _place, mine_id in candidates(told_of(mine))}
    return set(Mine.objects.filter(pk__in=ids).values_list("key", flat=True))


def test_each_way_leads_to_its_candidates_and_no_further() -> None:
    firm = an_enterprise()
    mine = a_mine("K", name="老虎沟铁矿", licence_no=LICENCE, enterprise=firm, geom=Point(122.1, 33.1))
    a_mine("licence", EAST, name="甲", licence_no=LICENCE)
    a_mine("firm", EAST, name="乙", enterprise=firm)
    a_mine("word", name="青石县老虎沟采石场")
    a_mine("word elsewhere", EAST, name="老虎沟采石场")
    a_mine("near", EAST, name="丙", geom=box(122.1035, 33.1, 122.1045, 33.101))
    a_mine("far", name="丁", geom=Point(122.11, 33.1))
    a_mine("merged", name="老虎沟铁矿", licence_no=LICENCE, merged_into=mine)
    assert found_with(mine) == {"licence", "firm", "word", "near"}


@pytest.mark.parametrize("lat", [18.2, 33.1, 53.4])
def test_what_lies_within_half_a_kilometre_is_found_on_every_side(lat: float) -> None:
    mine = a_mine("K", name="甲", geom=Point(122.1, lat))
    offsets = [(dx, dy) for dx in (-0.0045, 0, 0.0045) for dy in (-0.0043, 0, 0.0043) if (dx, dy) != (0, 0)]
    for dx, dy in offsets:
        a_mine(f"{dx} {dy}", name="乙", geom=Point(122.1 + dx, lat + dy))
    [one] = told_of(mine)
    near = {
        other.key
        for other in told(Mine.objects.exclude(pk=mine.pk))
        if (distance_m(one.description, other.description) or 0) < 480
    }
    assert near
    assert near <= found_with(mine)


def test_of_thousands_only_few_are_weighed_and_no_query_reads_the_table() -> None:
    kinds = ("石灰岩矿", "采石场", "页岩砖厂")
    Mine.objects.bulk_create(
        Mine(
            key=f"M{n}",
            name=f"地名{n // 3}{kinds[n % 3]}",
            region_id=(WEST, EAST)[n % 2],
            licence_no=f"C{n:022d}",
            geom=Point(122 + n % 100 / 100, 33 + n // 100 / 100),
        )
        for n in range(ROWS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    wanted = told(Mine.objects.order_by("pk")[:200])
    with CaptureQueriesContext(connection) as caught:
        pairs = candidates(wanted)
    assert len(pairs) < 2 * len(wanted)
    asked = [one["sql"] for one in caught if '"mines_mine"' in one["sql"]]
    assert len(asked) == 4  # licences, words in two counties, places; no enterprises
    for sql in asked:
        assert not scans_the_table(sql), sql


def scans_the_table(sql: str) -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            return "Seq Scan" in json.dumps(cursor.fetchone()[0])
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return any("SCAN mines_mine" in str(row[-1]) for row in cursor.fetchall())


def test_a_scan_would_be_noticed() -> None:
    assert scans_the_table("SELECT id FROM mines_mine WHERE note = 'x'")


def test_the_queries_do_not_grow_with_the_rows() -> None:
    def asked(count: int) -> int:
        rows: list[Any] = [
            a_mine(f"{count}-{n}", name=f"地名{count}{n}矿", licence_no=f"C{count}{n:018d}")
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as caught:
            matches(told_of(*rows))
        return len(caught)

    assert asked(40) == asked(4)
