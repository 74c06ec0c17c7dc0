"""Are batches and single sites found by title, number and site, by whoever may see them and by nobody else?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from qingshan.finding.tests.plans import plan, reads_every_row
from qingshan.finding.words import sought
from qingshan.office.batches import actions
from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.search import MOST_SITES, holding_sites
from qingshan.office.batches.tests.factories import (
    NOW,
    World,
    a_batch,
    a_single,
    a_world,
    some_sites,
    square,
)
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.mines.access import branches_for
from qingshan.office.mines.models import Site
from qingshan.office.mines.search import Hit, find, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, Matter, Matter]]:
    """One batch of two pits and one single site, for the tests that only read; undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = a_world()
        pits = [
            world.site(square(122.2), name="卧牛岗采坑", key="HIST-WNG-7"),
            world.site(square(122.3), name="鹰嘴崖采坑", key="HIST-YZY-8"),
        ]
        batch = a_batch(world, *pits, title="秋季第一批")
        single = a_single(world, world.site(square(122.4), name="磨盘沟渣堆"))
        yield world, batch, single
        transaction.set_rollback(True)


def hits(world: World, text: str, who: str = "county_clerk") -> dict[str, Hit]:
    """What is found of batches and items, by address."""
    groups = find(text, actor=world.actor(who))
    return {
        hit.address: hit for group in groups if group.code in ("batches", "singles") for hit in group.hits
    }


def said(parts: list[tuple[str, bool]] | None) -> str:
    return "".join(text for text, _found in parts or [])


def test_by_title_and_number_as_every_matter(ground: tuple[World, Matter, Matter]) -> None:
    world, batch, single = ground
    for typed in ("秋季第", "qiuji", batch.number):
        assert hits(world, typed).keys() == {f"/batches/{batch.pk}/"}, typed
    assert hits(world, single.number).keys() == {f"/batches/{single.pk}/"}


@pytest.mark.parametrize("typed", ["鹰嘴崖", "yingzui", "HIST-YZY"])
def test_by_name_number_and_pinyin_of_a_site_with_the_site_beside_it(
    ground: tuple[World, Matter, Matter], typed: str
) -> None:
    world, batch, _single = ground
    [hit] = hits(world, typed).values()
    assert (hit.address, said(hit.name)) == (f"/batches/{batch.pk}/", "秋季第一批")
    assert "鹰嘴崖采坑" in said(hit.through)
    assert [each.address for each in suggest(typed, actor=world.actor("county_clerk"))].count(
        hit.address
    ) == 1


def test_a_batch_that_is_called_so_itself_names_no_site(ground: tuple[World, Matter, Matter]) -> None:
    world, *_others = ground
    assert {said(hit.through) for hit in hits(world, "秋季第").values()} == {""}


def test_the_ledger_finds_by_site_as_well_and_the_page_says_which(
    ground: tuple[World, Matter, Matter],
) -> None:
    world, batch, single = ground
    clerk = world.people.enter("county_clerk")
    with time_machine.travel(NOW, tick=False):
        found = clerk.get("/batches/?q=鹰嘴崖").content.decode()
        assert batch.title in found
        assert "含点位 鹰嘴崖采坑" in found
        assert single.title in clerk.get("/singles/?q=磨盘沟").content.decode()
        assert batch.title not in clerk.get("/batches/?q=磨盘沟").content.decode()
        page = clerk.get("/search/?q=鹰嘴崖").content.decode()
    assert "含点位" in page
    assert f'href="/batches/{batch.pk}/"' in page


@pytest.mark.parametrize("who", ["other_county_clerk", "expert", "system_admin"])
def test_to_others_neither_title_nor_site_gives_anything(
    ground: tuple[World, Matter, Matter], who: str
) -> None:
    world, batch, _single = ground
    for typed in ("秋季第", "鹰嘴崖", "HIST-YZY", batch.number):
        assert hits(world, typed, who) == {}, typed


def test_a_city_and_the_enterprise_that_works_there_find_it(ground: tuple[World, Matter, Matter]) -> None:
    world, batch, _single = ground
    assert hits(world, "鹰嘴崖", "city_reviewer").keys() == {f"/batches/{batch.pk}/"}


def test_a_site_that_was_taken_out_leads_to_the_batch_no_more(
    ground: tuple[World, Matter, Matter],
) -> None:
    world, *_others = ground
    pits = some_sites(world, 2)
    batch = a_batch(world, *pits)
    row = BatchSite.objects.get(site=pits[1])
    because = Brought(grounds="与另一处重复")
    actions.take_out_site(batch, row, because, **world.by("county_clerk"))
    assert hits(world, pits[0].name).keys() == {f"/batches/{batch.pk}/"}
    assert hits(world, pits[1].name) == {}


def test_a_search_asks_no_more_for_more_batches(
    ground: tuple[World, Matter, Matter],
) -> None:
    world, *_others = ground
    actor, counts = world.actor("county_clerk"), []
    for _round in range(2):
        a_batch(world, *some_sites(world, 2))
        find("废弃采坑", actor=actor)
        with CaptureQueriesContext(connection) as asked:
            find("废弃采坑", actor=actor)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_however_many_sites_are_called_so_no_more_than_some_are_read(
    ground: tuple[World, Matter, Matter],
) -> None:
    world, *_others = ground
    region = world.people.regions["990101"]
    Site.objects.bulk_create(
        [Site(key=f"M-{n}", name=f"同名坑{n}", region=region, kind="legacy") for n in range(2_000)]
    )
    batch = a_batch(world, *some_sites(world, 1))
    kept = BatchSite.objects.get(batch__matter=batch)
    BatchSite.objects.bulk_create(
        BatchSite(
            batch=kept.batch,
            site=site,
            mode=kept.mode,
            standing=kept.standing,
            added_on=kept.added_on,
        )
        for site in Site.objects.filter(name__startswith="同名坑")[: MOST_SITES * 2]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        assert holding_sites(sought("同名坑"), world.actor("county_clerk")).keys() == {batch.pk}
    assert len(asked) < 8
    [branch, *_more] = branches_for(
        Site.objects.filter(pk__in=BatchSite.objects.values("site_id")), world.actor("county_clerk")
    )
    assert not reads_every_row(plan(branch.order_by("region_id", "-id")[:50]), "mines_site")
