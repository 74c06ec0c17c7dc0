"""Do problems and petitions lie on the one map: where, for whom, with which colour and shape, and small enough?"""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from mapbox_vector_tile import decode
from shapely.geometry import Point, box

from qingshan.geo.tiles import MAX_BYTES
from qingshan.office.cases import actions
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_world, brought_to, said
from qingshan.office.desk import one_map
from qingshan.office.desk.map_address import read_address
from qingshan.office.errors import NotFound
from qingshan.office.matters import queries
from qingshan.office.matters.ledgers import Ledger, look_at
from qingshan.office.matters.models import Matter
from qingshan.office.matters.on_map import LONGEST_NAME, map_of
from qingshan.office.mines.models import Mine, Site
from qingshan.office.places.picture import picture_of
from qingshan.rules.matters import DueStanding, Route, SourceKind

pytestmark = pytest.mark.django_db

LON, LAT = 122.105, 33.105
AROUND = (122.0, 33.0, 122.3, 33.3)


@pytest.fixture
def world() -> World:
    return a_world()


def tile_at(zoom: int) -> dict[str, int]:
    n = 1 << zoom
    y = (1 - math.asinh(math.tan(math.radians(LAT))) / math.pi) / 2
    return {"z": zoom, "x": int((LON + 180) / 360 * n), "y": int(y * n)}


def tiled(
    world: World, who: str = "county_clerk", *, ledger: Ledger = CASES, on: date | None = None, **query: str
) -> dict[int, dict[str, Any]]:
    """What a tile tells of each matter, by key."""
    with time_machine.travel((on or world.today).isoformat() + "T12:00:00+08:00", tick=False):
        body = one_map.tile_of(ledger.code, actor=world.actor(who), query=query, **tile_at(7))
    layers = decode(body) if body else {}
    return {each["id"]: each["properties"] for each in layers.get(ledger.code, {}).get("features", ())}


def test_a_matter_lies_at_its_own_place_else_at_that_of_its_site_else_of_its_mine(world: World) -> None:
    site = Site.objects.create(
        key="S-1", region=world.mine.region, mine=world.mine, geom=box(122.2, 33.2, 122.21, 33.21)
    )
    own = a_case(world, geom=Point(122.25, 33.25))
    at_site = a_case(world, site=site)
    at_mine = a_case(world)
    nowhere = a_case(world, mine=None, title="没有位置的")
    assert tiled(world).keys() == {own.pk, at_site.pk, at_mine.pk}
    where = {row.pk: (row.geom.x, row.geom.y) for row in Matter.objects.exclude(pk=nowhere.pk)}
    assert where[own.pk] == pytest.approx((122.25, 33.25))
    assert where[at_site.pk] == pytest.approx((122.205, 33.205))
    assert where[at_mine.pk] == pytest.approx((LON, LAT))


def test_colour_and_shape_follow_the_deadline(world: World) -> None:
    dated = brought_to(world, "assigned", title="有时限的")
    undated = a_case(world, title="没有时限的")
    ended = a_case(world, title="不立项的")
    actions.dismiss(ended, said("不属于采矿"), actor=world.actor("county_leader"), now=world.now)
    due = dated.due_on
    assert due is not None
    looks = {days: tiled(world, on=due - timedelta(days=days))[dated.pk]["look"] for days in (-1, 0, 15, 16)}
    assert looks == {-1: "late", 0: "due", 15: "due", 16: "good"}
    told = tiled(world)
    assert (told[undated.pk]["look"], told[ended.pk]["look"]) == ("note", "none")


def test_a_map_is_narrowed_by_view_county_and_words_as_the_ledger_is(world: World) -> None:
    dated = brought_to(world, "assigned", title="弃渣")
    undated = a_case(world, title="采坑")
    ended = a_case(world, title="不立项的")
    actions.dismiss(ended, said("不属于采矿"), actor=world.actor("county_leader"), now=world.now)
    assert dated.due_on is not None
    late = dated.due_on + timedelta(days=1)
    wanted = {
        "": {dated.pk, undated.pk, ended.pk},
        "open": {dated.pk, undated.pk},
        "overdue": {dated.pk},
        "soon": set(),
        "in_time": set(),
        "undated": {undated.pk},
        "ended": {ended.pk},
        "nonsense": {dated.pk, undated.pk, ended.pk},
    }
    assert wanted.keys() >= set(DueStanding.values())
    assert {view: set(tiled(world, on=late, category=view)) for view in wanted} == wanted
    assert tiled(world, q="caik").keys() == {undated.pk}
    assert tiled(world, q="弃渣").keys() == {dated.pk}
    assert tiled(world, region="990102000000") == {}


PEOPLE = (
    "county_clerk",
    "other_county_clerk",
    "city_reviewer",
    "provincial_dispatcher",
    "enterprise_manager",
    "expert",
    "auditor",
    "system_admin",
)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_tile_holds_what_the_ledger_of_the_same_person_holds(world: World, who: str) -> None:
    a_case(world)
    a_case(world, mine=None, geom=Point(LON, LAT), title="别的企业不该看到的")
    a_petition(world)
    for ledger in (CASES, PETITIONS):
        listed = queries.ledger(ledger.kinds, actor=world.actor(who), narrowing=queries.Narrowing())
        placed = {row.pk for row in listed.rows if row.geom is not None}
        assert tiled(world, who, ledger=ledger).keys() == placed


def test_another_countys_matters_are_in_no_tile_no_click_no_panel_and_no_picture(world: World) -> None:
    matter = a_case(world, title="老虎沟采坑")
    other = world.actor("other_county_clerk")
    for zoom in (0, 5, 9, 14):
        assert one_map.tile_of("cases", actor=other, query={}, **tile_at(zoom)) == b""
    read = read_address({"layers": "cases"}, actor=other)
    layers = [(layer, read.query_of(layer)) for layer in read.shown]
    assert one_map.under((LON, LAT), layers, actor=other, within_degrees=0.01) == []
    assert world.people.enter("other_county_clerk").get(f"/map/cases/{matter.pk}/").status_code == 404
    drawn = picture_of(AROUND, actor=other, width_px=600, height_px=400, layers=["cases"])
    assert '<g data-layer="cases"/>' in drawn


def test_a_click_opens_a_card_with_title_number_deadline_and_the_way_to_the_case(world: World) -> None:
    matter = brought_to(world, "assigned", title="<b>采坑</b>未回填")
    client = world.people.enter("county_clerk")
    page = client.get("/map/here/", {"at": f"{LON},{LAT}", "layers": "cases"}).content.decode()
    assert f'data-chosen="cases:{matter.pk}"' in page
    assert "&lt;b&gt;采坑&lt;/b&gt;未回填" in page
    assert matter.number in page
    assert re.search(r'class="st \w">.*(余|逾期) ?\d+ 天', page)
    assert f'href="/cases/{matter.pk}/"' in page
    assert f'href="/overlaps/matters.matter/{matter.pk}/"' in page
    assert client.get(f"/overlaps/matters.matter/{matter.pk}/").status_code == 200


def test_a_petition_is_no_problem_of_the_other_layer(world: World) -> None:
    petition = a_petition(world)
    assert tiled(world, ledger=PETITIONS).keys() == {petition.pk}
    assert tiled(world) == {}
    clerk = world.actor("county_clerk")
    with pytest.raises(NotFound):
        read_address({"object": f"cases:{petition.pk}"}, actor=clerk)


def test_a_tile_full_of_long_titles_stays_below_its_limit_and_loses_none(world: World) -> None:
    Matter.objects.bulk_create(
        Matter(kind="rectification", number=f"N-{n}", title=f"第 {n} 处" + "采坑未回填" * 38, region=world.mine.region,
               state_id="rectification.registered", severity="ordinary", source="self_check",
               opened_on=world.today, geom=Point(LON + n / 1e5, LAT + n % 60 / 1e4))
        for n in range(4000)
    )  # fmt: skip
    with time_machine.travel(world.now, tick=False):
        body = one_map.tile_of("cases", actor=world.actor("county_clerk"), query={}, **tile_at(7))
    features = decode(body)["cases"]["features"]
    assert len(body) <= MAX_BYTES
    assert len(features) == 4000
    assert {len(each["properties"]["name"]) for each in features} == {LONGEST_NAME}


def test_too_many_to_draw_are_counted_and_the_counts_are_scoped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qingshan.geo.tiles.making.MOST_SHAPES", 2)
    for n in range(5):
        a_case(world, title=f"问题 {n}")
    where = {"geom": Point(LON, LAT), "region": world.people.regions["990102"]}
    a_case(world, by="other_county_clerk", mine=None, title="外县的", **where)
    for who, count in {"county_clerk": 5, "provincial_dispatcher": 6}.items():
        body = one_map.tile_of("cases", actor=world.actor(who), query={}, **tile_at(7))
        assert sum(each["properties"]["count"] for each in decode(body)["cases"]["features"]) == count


def test_a_picture_draws_each_look_in_its_own_shape_the_most_urgent_above(world: World) -> None:
    dated = brought_to(world, "assigned")
    a_case(world, title="没有时限的", geom=Point(122.2, 33.2))
    assert dated.due_on is not None
    with time_machine.travel((dated.due_on + timedelta(days=9)).isoformat(), tick=False):
        drawn = picture_of(
            AROUND, actor=world.actor("county_clerk"), width_px=800, height_px=500, layers=["cases"]
        )
    group = re.search(r'<g data-layer="cases">(.*?)</g>', drawn)
    assert group is not None
    assert re.findall(r'fill="(#\w+)"', group[1]) == ["#1559b7", "#c8201f"]
    assert all(word in drawn for word in ("整改问题", "逾期", "将到期", "在期限内", "未定时限", "已了结"))


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("", "layers=regions%2Ccases&cases=open"),
        ("view=overdue&q=采坑", "layers=regions%2Ccases&q=%E9%87%87%E5%9D%91&cases=overdue"),
        ("view=all", "layers=regions%2Ccases"),
        (
            "state=assigned&region=990101000000",
            "layers=regions%2Ccases&region=990101000000&cases.state=assigned",
        ),
        (
            "view=turn&kind=lasting&source=self_check",
            "layers=regions%2Ccases&cases.view=turn&cases.kind=lasting&cases.source=self_check",
        ),
        ("mine=7", "layers=regions%2Cmines%2Ccases&cases=open&cases.mine=7&object=mines%3A7"),
    ],
)
def test_the_way_from_the_ledger_to_the_map_keeps_all_that_narrows_it(
    world: World, address: str, wanted: str
) -> None:
    look = look_at(CASES, QueryDict(address), on=world.today)
    assert map_of(look) == f"/map/?{wanted}"


def test_the_ledger_leads_to_the_map(world: World) -> None:
    a_case(world)
    page = world.people.enter("county_clerk").get("/cases/?view=undated").content.decode()
    assert 'href="/map/?layers=regions%2Ccases&amp;cases=undated"' in page
    assert "在地图上看" in page


def test_a_layer_is_narrowed_by_all_that_narrows_its_ledger(world: World) -> None:
    mine = Mine.objects.create(
        key="M-9", name="石门采石场", region=world.mine.region, geom=box(122.1, 33.1, 122.11, 33.11)
    )
    assigned = brought_to(world, "assigned")
    there = a_case(world, mine=mine, source=SourceKind.SATELLITE)
    lasting = a_case(world, route=Route.LASTING, title="长期管护")
    everything = {assigned.pk, there.pk, lasting.pk}
    assert tiled(world).keys() == everything
    for query, wanted in (
        ({"state": "assigned"}, {assigned.pk}),
        ({"state": "assigned", "category": "undated"}, set()),
        ({"kind": "lasting"}, {lasting.pk}),
        ({"source": "satellite"}, {there.pk}),
        ({"mine": str(mine.pk)}, {there.pk}),
        ({"state": "nothing", "mine": "x"}, everything),
    ):
        assert set(tiled(world, **query)) == wanted, query
    for who in ("county_clerk", "county_dispatcher", "enterprise_manager"):
        turns = queries.ledger(
            CASES.kinds, actor=world.actor(who), narrowing=queries.Narrowing(turn=True)
        ).rows
        assert set(tiled(world, who, view="turn")) == {row.pk for row in turns}


def test_the_map_says_by_what_it_is_narrowed_and_each_can_be_taken_away(world: World) -> None:
    a_case(world)
    address = f"/map/?layers=cases&cases.state=assigned&cases.source=self_check&cases.mine={world.mine.pk}"
    page = world.people.enter("county_clerk").get(address).content.decode()
    for words in ("整改问题 · 已交办待认领", "整改问题 · 自查发现", f"整改问题 · {world.mine.name}"):
        assert words in page
    assert f'href="/map/?layers=cases&amp;cases.source=self_check&amp;cases.mine={world.mine.pk}"' in page
    assert '<input type="hidden" name="cases.state" value="assigned">' in page
    assert "state=assigned&amp;source=self_check" in page
    stranger = world.people.enter("other_county_clerk").get(address).content.decode()
    assert world.mine.name not in stranger
