"""What does each person see in the lists, how fast, and do the totals agree?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.accounts.models import Assignment, Organisation
from qingshan.office.accounts.tests.people import a_person
from qingshan.office.errors import NotFound
from qingshan.office.mines import queries, search
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.forms.narrowing import NarrowForm
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.mines.tests.factories import (
    EAST,
    LONG_AGO,
    PROVINCE,
    WEST,
    clerk,
    geojson,
    imported,
    regions,
    site_row,
)
from qingshan.office.paging import PAGE_ROWS, mark
from qingshan.office.regions.models import Region
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db
SITES = 130


@pytest.fixture(autouse=True)
def _many_sites(tmp_path: Path) -> None:
    regions()
    kinds = ("露天采场", "尾矿库", "")
    rows = [
        site_row(f"S-{n:03d}", 122.01 + 0.0035 * n, 点位名称=f"点位 {n}", 点位类型=kinds[n % 3])
        for n in range(SITES)
    ]
    imported(geojson(tmp_path, *rows), clerk(PROVINCE))
    imported(geojson(tmp_path, site_row("E-1", 122.9), name="east.geojson"), clerk(EAST))
    imported(
        geojson(tmp_path, site_row("X-1", -60, -5), name="x.geojson"), clerk(PROVINCE), allow_abroad=True
    )


EVERYTHING = Filters()


def walked(actor: Any, filters: Filters = EVERYTHING, *, rows: int = PAGE_ROWS) -> list[str]:
    """All keys, page after page."""
    keys: list[str] = []
    after = ""
    while True:
        page = queries.listed(Site, actor=actor, filters=filters, after=after, rows=rows)
        keys += [site.key for site in page.rows]
        if page.next_mark is None:
            return keys
        after = page.next_mark


def test_every_site_is_listed_once_page_after_page() -> None:
    keys = walked(clerk(WEST))
    assert sorted(keys) == sorted(set(keys))
    assert len(keys) == SITES


def test_going_back_shows_the_same_pages() -> None:
    first = queries.listed(Site, actor=clerk(WEST), filters=Filters())
    second = queries.listed(Site, actor=clerk(WEST), filters=Filters(), after=first.next_mark)
    back = queries.listed(Site, actor=clerk(WEST), filters=Filters(), before=second.previous_mark)
    assert [s.key for s in back.rows] == [s.key for s in first.rows]
    assert first.previous_mark is None
    assert back.previous_mark is None


def test_a_county_sees_its_own_sites_only() -> None:
    assert walked(clerk(EAST)) == ["E-1"]
    assert "E-1" not in walked(clerk(WEST))


def test_a_site_abroad_is_seen_by_the_organisation_that_entered_it() -> None:
    assert "X-1" in walked(clerk(PROVINCE))
    assert "X-1" not in walked(clerk(WEST))


@pytest.mark.parametrize("region", [WEST, EAST, PROVINCE])
def test_the_total_is_what_a_walk_through_the_list_counts(region: int) -> None:
    actor = clerk(region)
    counted = queries.total(Site, actor=actor, filters=Filters())
    assert counted.rows == len(walked(actor))
    area = sum(
        queries.one(Site, s.pk, actor=actor).area_m2 for s in Site.objects.filter(key__in=walked(actor))
    )
    assert counted.area_m2 == pytest.approx(area, rel=1e-6)


def test_chips_count_the_categories_of_what_is_seen() -> None:
    actor = clerk(WEST)
    found = dict(queries.by_category(Site, actor=actor, filters=Filters()))
    assert sum(found.values()) == SITES
    for category, rows in found.items():
        if category:
            assert len(walked(actor, Filters(category=category))) == rows


def test_filters_narrow_by_county_category_and_word() -> None:
    actor = clerk(PROVINCE)
    assert walked(actor, Filters(region_id=EAST)) == ["E-1"]
    assert walked(actor, Filters(text="E-1")) == ["E-1"]
    assert walked(actor, Filters(text="点位 12")) != []


def test_another_countys_site_does_not_exist() -> None:
    other = Site.objects.get(key="E-1")
    with pytest.raises(NotFound):
        queries.one(Site, other.pk, actor=clerk(WEST))
    assert search.find("E-1", actor=clerk(WEST)) == []


@pytest.mark.parametrize("region", [WEST, PROVINCE])
def test_a_page_costs_one_query_for_each_branch_and_one_for_its_regions(region: int) -> None:
    actor = clerk(region)
    with CaptureQueriesContext(connection) as caught:
        page = queries.listed(Site, actor=actor, filters=Filters())
        shown = [(row.region.name, row.key, row.kind, row.mine, row.area_m2, row.source) for row in page.rows]
    assert len(shown) == PAGE_ROWS
    assert len(caught) == 2 + 1


def test_no_list_is_joined_with_regions_or_reads_shapes() -> None:
    with CaptureQueriesContext(connection) as caught:
        for model in (Mine, Site, Patch):
            queries.listed(model, actor=clerk(PROVINCE), filters=Filters())
    lists = [one["sql"] for one in caught if '"id" DESC' in one["sql"]]
    assert len(lists) == 5
    assert not [sql for sql in lists if '"regions_region"' in sql or '"geom"' in sql]


def test_the_county_that_a_list_is_narrowed_to_is_chosen_in_the_form() -> None:
    east = Region.objects.get(pk=EAST)
    east.name = "白水<县>"
    form = NarrowForm.over([Region(pk=WEST, name="青石县"), east], Filters(region_id=EAST))
    drawn = form["region"].as_widget(attrs={"class": "form-select"})
    assert f'<option value="{EAST}" selected>白水&lt;县&gt;</option>' in drawn
    assert drawn.count(" selected") == 1
    assert drawn.startswith('<select class="form-select" id="narrow_region" name="region">')


def test_a_total_costs_one_query_and_one_for_each_other_branch() -> None:
    actor = clerk(WEST)
    with CaptureQueriesContext(connection) as caught:
        queries.total(Site, actor=actor, filters=Filters())
    assert len(caught) == 2


def test_an_empty_register_lists_nothing() -> None:
    assert queries.listed(Mine, actor=clerk(WEST), filters=Filters()).rows == []
    assert queries.total(Mine, actor=clerk(WEST), filters=Filters()).rows == 0


def in_order() -> list[str]:
    return list(Site.objects.order_by("region_id", "-id").values_list("key", flat=True))


@pytest.mark.parametrize("rows", [1, 7, 50])
def test_pages_go_on_from_region_to_region(rows: int) -> None:
    assert walked(clerk(PROVINCE), rows=rows) == in_order()


def test_pages_go_back_from_region_to_region() -> None:
    last = queries.listed(Site, actor=clerk(PROVINCE), filters=EVERYTHING, rows=9, before=mark([EAST, 0]))
    assert [site.key for site in last.rows] == in_order()[-9:]
    assert last.previous_mark is not None


def test_the_walk_to_a_page_begins_at_its_mark() -> None:
    """SQLite begins at the first bound that it reads, so the mark's must stand before the actor's."""
    with CaptureQueriesContext(connection) as caught:
        queries.listed(Site, actor=clerk(PROVINCE), filters=Filters(region_id=EAST), after=mark([EAST, 1]))
    for one in caught:
        bounds = re.findall(r'"region_id" >= (\d+)', one["sql"])
        assert bounds[:1] in ([], [str(EAST)])


def test_an_expert_walks_through_what_was_assigned_in_many_counties() -> None:
    """Here SQLite 3.40 showed rows twice: see paging."""
    counties = [990_200_000_000 + 1_000_000 * n for n in range(1, 100)]
    Region.objects.bulk_create(Region(pk=pk, code=str(pk)[:6], name="县", level="county") for pk in counties)
    rows = Site.objects.bulk_create(Site(key=f"W-{n}", region_id=counties[n % 97]) for n in range(1500))
    expert = clerk(PROVINCE, Duty.EXPERT)
    person = a_person(Organisation.objects.get(pk=expert.decider.organisation_id), "周专")
    Assignment.objects.bulk_create(
        Assignment(person=person, kind="mines.site", object_id=row.pk, from_on=LONG_AGO) for row in rows[::9]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = sorted(rows[::9], key=lambda row: (row.region_id, -row.pk))
    actor = replace(expert, person_id=person.pk, region_ranges=(), organisation_ids=frozenset())
    assert walked(actor, rows=7) == [row.key for row in asked]
