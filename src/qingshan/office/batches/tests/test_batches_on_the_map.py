"""Do the sites of batches lie on the one map by how they stand: for whom, small enough, and along an index?"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from mapbox_vector_tile import decode
from shapely.geometry import box

from qingshan.finding.tests.plans import plan, reads_every_row
from qingshan.geo.tiles import MAX_BYTES
from qingshan.geo.tiles.place import Place
from qingshan.office.batches import actions
from qingshan.office.batches.ledgers import BATCHES
from qingshan.office.batches.listing import OF_BATCHES
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.batches.on_map import CODE, map_of_batch
from qingshan.office.batches.tests.factories import (
    NOW,
    World,
    a_batch,
    a_world,
    led_to,
    rows,
    some_sites,
)
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.ledgers import look_at
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.places.layers import layer_for
from qingshan.office.regions.models import Region
from qingshan.rules.batches import Standing

pytestmark = pytest.mark.django_db

LON, LAT = 122.25, 33.105
PEOPLE = ("county_clerk", "city_reviewer", "other_county_clerk", "expert", "system_admin")


def tile_at(zoom: int, lon: float = LON, lat: float = LAT) -> dict[str, int]:
    n = 1 << zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return {"z": zoom, "x": int((lon + 180) / 360 * n), "y": int(y * n)}


def tile(world: World, who: str, zoom: int, **query: str) -> bytes:
    """What a browser is given of a tile."""
    at = tile_at(zoom)
    with time_machine.travel(NOW, tick=False):
        answer = world.people.enter(who).get(f"/tiles/{CODE}/{at['z']}/{at['x']}/{at['y']}.mvt", query)
    return bytes(answer.content)


def tiled(world: World, who: str = "county_clerk", **query: str) -> dict[int, str]:
    """The look of each site in a tile, by key."""
    body = tile(world, who, 7, **query)
    layers = decode(body) if body else {}
    return {each["id"]: each["properties"]["look"] for each in layers.get(CODE, {}).get("features", ())}


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, Matter]]:
    """A batch of five sites that waits for its sample, one of them taken out, and one of two that is put together."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = a_world()
        first = a_batch(world)
        gone = Brought(grounds="面积重复")
        actions.take_out_site(first, rows(first)[-1], gone, **world.by("county_clerk"))
        first = led_to(world, world.fresh(first), "applied")
        a_batch(world, *some_sites(world, 2), title="第二批")
        yield world, first
        transaction.set_rollback(True)


def test_each_site_has_the_colour_of_how_it_stands(ground: tuple[World, Matter]) -> None:
    world, first = ground
    looks = tiled(world)
    assert sorted(looks.values()) == ["due"] * 4 + ["note"] * 2
    *kept, gone = rows(first)
    assert {looks[row.site_id] for row in kept} == {"due"}
    assert gone.site_id not in looks


def test_the_layer_is_narrowed_by_standing_batch_county_and_words(ground: tuple[World, Matter]) -> None:
    world, first = ground
    *kept, gone = rows(first)
    waiting = {row.site_id for row in kept}
    assert tiled(world, category="waiting").keys() == waiting
    assert tiled(world, category="taken_out") == {gone.site_id: "none"}
    assert tiled(world, category="accepted") == {}
    assert tiled(world, batch=str(first.pk)).keys() == waiting
    assert len(tiled(world, batch="nonsense")) == 6
    assert tiled(world, region="990102000000") == {}
    assert tiled(world, q=kept[0].site.name).keys() == {kept[0].site_id}


def test_nobody_sees_more_of_it_than_of_the_batches(ground: tuple[World, Matter]) -> None:
    world, _first = ground
    assert {who: len(tiled(world, who)) for who in PEOPLE} == {
        "county_clerk": 6,
        "city_reviewer": 6,
        "other_county_clerk": 0,
        "expert": 0,
        "system_admin": 0,
    }


def test_legend_panel_and_the_words_of_what_it_is_narrowed_to(ground: tuple[World, Matter]) -> None:
    world, first = ground
    layer = layer_for(CODE, world.actor("county_clerk"))
    assert [said.zh for _look, said in layer.legend] == [each.zh for each in Standing]
    assert len({look for look, _said in layer.legend}) == len(Standing)
    site = rows(first)[0].site
    clerk, stranger = (world.people.enter(who) for who in ("county_clerk", "other_county_clerk"))
    with time_machine.travel(NOW, tick=False):
        panel = clerk.get(f"/map/{CODE}/{site.pk}/").content.decode()
        page = clerk.get(map_of_batch(first))
        assert stranger.get(f"/map/{CODE}/{site.pk}/").status_code == 404
        assert first.title not in stranger.get(map_of_batch(first)).content.decode()
    assert f'href="/batches/{first.pk}/"' in panel
    assert "已完工待结论" in panel
    assert page.status_code == 200
    assert first.title in page.content.decode()


def test_page_and_ledger_lead_to_it(ground: tuple[World, Matter]) -> None:
    world, first = ground
    clerk = world.people.enter("county_clerk")
    with time_machine.travel(NOW, tick=False):
        page = clerk.get(f"/batches/{first.pk}/").content.decode()
    assert map_of_batch(first).replace("&", "&amp;") in page
    look = look_at(BATCHES, {"region": "990101000000"}, on=world.today)
    link = OF_BATCHES.buttons(world.actor("county_clerk"), look, "")[0]
    assert link.path == "/map/?layers=regions%2Cbatch_sites&region=990101000000"


ROWS, STEP, FIRST = 4_500, 1_000_000, 990_202_000_000


@pytest.fixture(scope="module")
def many(ground: tuple[World, Matter]) -> World:
    """Some thousand sites of a hundred counties, four fifths of them in one batch."""
    world, first = ground
    far = [FIRST + step * STEP for step in range(100)]
    Region.objects.bulk_create(Region(pk=pk, code=str(pk)[:6], name=f"县{pk}", level="county") for pk in far)
    chance = random.Random(7)
    Site.objects.bulk_create(
        [
            Site(key=f"F-{n}", name=f"远处采坑{n}", region_id=far[n % 100], geom=_a_square(chance))
            for n in range(ROWS)
        ],
        batch_size=1_000,
    )
    batch = Batch.objects.get(matter=first)
    Matter.objects.filter(pk=first.pk).update(region=world.people.regions["990101"])
    stand = [each.value for each in (Standing.UNFINISHED, Standing.WAITING, Standing.RETURNED)]
    BatchSite.objects.bulk_create(
        [
            BatchSite(
                batch=batch, site=site, mode="forest", standing=stand[site.pk % 3], added_on=date(2026, 3, 1)
            )
            for site in Site.objects.filter(key__startswith="F-").defer("geom")
            if site.pk % 5
        ],
        batch_size=1_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def _a_square(chance: random.Random) -> Any:
    lon, lat = chance.uniform(122.0, 124.8), chance.uniform(32.0, 33.5)
    return box(lon, lat, lon + 0.001, lat + 0.001)


def test_a_crowded_tile_stays_below_the_limit(many: World) -> None:
    for zoom in (6, 8, 10):
        body = tile(many, "provincial_dispatcher", zoom)
        assert 0 < len(body) < MAX_BYTES, zoom


@pytest.mark.parametrize("who", ["county_clerk", "provincial_dispatcher", "enterprise_manager", "expert"])
def test_every_tile_walks_an_index(many: World, who: str) -> None:
    actor = many.actor(who)
    for category in ("", "waiting", "taken_out"):
        for part in layer_for(CODE, actor).rows(actor, {"category": category}):
            for zoom in (8, 12):
                place = Place(*tile_at(zoom).values())
                for asked in ({"cell__range": place.cells()}, {"geom__bbox": place.lonlat_box()}):
                    shown = plan(part.filter(**asked).order_by().values("pk")[:4001])
                    assert not reads_every_row(shown, "mines_site"), (category, shown)
