"""Filters, order, columns, saved filters and exports: does the list do what its address and its reader say?"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client

from qingshan.office.accounts.lists import choose_columns, save_filter, saved_filters
from qingshan.office.accounts.models import Holding, SavedFilter
from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.mines import listing, queries, showing
from qingshan.office.mines.columns import KIND_OF
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.models import Mine, MiningRight, Patch, Site
from qingshan.office.mines.tests.factories import (
    EAST,
    PROVINCE,
    WEST,
    a_mine,
    an_enterprise,
    clerk,
    regions,
    square,
)
from qingshan.office.paging import PAGE_ROWS
from qingshan.rules.validity import Clock

pytestmark = pytest.mark.django_db
MODELS = tuple(KIND_OF)


def site(key: str, **values: Any) -> Site:
    return Site.objects.create(key=key, **{"region_id": WEST, **values})


def listed(model: Any, query: str, region: int = PROVINCE) -> list[str]:
    """Keys, as the page at this address shows them, page after page."""
    actor = clerk(region)
    look = listing.look_at(model, QueryDict(query), actor=actor)
    keys, after = [], ""
    while True:
        page = queries.listed(model, actor=actor, filters=look.filters, order=look.order, after=after, rows=2)
        keys += [row.key for row in page.rows]
        if page.next_mark is None:
            break
        after = page.next_mark
    total = queries.total(model, actor=actor, filters=look.filters)
    if look.filters.more or look.filters.text:
        assert total.rows == len(keys)
    exported = queries.all_listed(model, actor=actor, filters=look.filters, order=look.order)
    assert [row.key for row in exported] == keys
    return keys


@pytest.fixture
def three_sites() -> None:
    regions()
    holder = an_enterprise()
    mine = a_mine(enterprise=holder)
    site(
        "A",
        name="乙沟",
        area_m2=5_000.0,
        found_on=date(2020, 1, 1),
        kind="open_pit",
        geom=square(122.1, 33.1),
    )
    site("B", name="甲沟", area_m2=50_000.0, found_on=date(2024, 5, 1), mine=mine, enterprise=holder)
    site("C", name="丙山", region_id=EAST)


@pytest.mark.usefixtures("three_sites")
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("area_from=1", ["B"]),
        ("area_to=1", ["A"]),
        ("area_from=0.4&area_to=6", ["B", "A"]),
        ("found_from=2024-05-01", ["B"]),
        ("found_until=2024-04-30", ["A"]),
        ("shape=yes", ["A"]),
        ("shape=no", ["B", "C"]),
        ("enterprise=青石矿业", ["B"]),
        ("enterprise=qsky", ["B"]),
        ("enterprise=没有", []),
        ("q=沟", ["B", "A"]),
        ("q=沟&area_from=1", ["B"]),
        ("q=jg&sort=name", ["B"]),
        (f"region={EAST}", ["C"]),
        ("category=open_pit", ["A"]),
        ("area_from=x&found_from=2020-13-01&shape=perhaps", ["B", "A", "C"]),
        ("sort=area", ["B", "A"]),
        ("sort=unknown", ["B", "A", "C"]),
    ],
)
def test_sites_are_narrowed_and_ordered_by_the_address(query: str, keys: list[str]) -> None:
    assert listed(Site, query) == keys


@pytest.mark.usefixtures("three_sites")
def test_sites_by_name_stand_in_the_order_of_the_database() -> None:
    names = list(Site.objects.order_by("name", "id").values_list("key", flat=True))
    assert listed(Site, "sort=name") == names


def test_mines_are_narrowed_by_mineral_method_and_scale() -> None:
    regions()
    a_mine("K-1", mineral="建筑石料用灰岩", method="open_pit", scale="large")
    a_mine("K-2", mineral="铁矿", method="underground")
    assert listed(Mine, "mineral=灰岩") == ["K-1"]
    assert listed(Mine, "method=underground") == ["K-2"]
    assert listed(Mine, "scale=large&method=underground") == []


def test_rights_are_ordered_by_their_last_day_and_say_how_long_they_last() -> None:
    regions()
    today = date(2026, 11, 21)
    for key, days in (("C1", 400), ("C2", -3), ("C3", 20), ("C4", None)):
        ends = None if days is None else today + timedelta(days=days)
        MiningRight.objects.create(key=key, region_id=WEST, to_on=ends)
    assert listed(MiningRight, "sort=ends") == ["C2", "C3", "C1"]
    assert listed(MiningRight, "to_until=2026-12-31") == ["C3", "C2"]
    days = [Clock(today + timedelta(days=n), today) for n in (-3, 0, 20, 400)]
    over, last, soon, far = (showing.clock_of(clock, "zh-hans") for clock in days)
    assert "●" in over
    assert "已过期 3 天" in over
    assert "今天到期" in last
    assert "▲" in soon
    assert far == "余 400 天"


def test_a_right_that_was_cancelled_is_not_late() -> None:
    regions()
    for key, state in (("C1", "cancelled"), ("C2", "in_force")):
        MiningRight.objects.create(key=key, region_id=WEST, to_on=date(2020, 1, 1), state=state)
    cell = showing.columns_of(MiningRight)["to_on"].cell
    said = {right.key: cell(right, "zh-hans") for right in MiningRight.objects.all()}
    assert "已过期" not in said["C1"]
    assert "已过期" in said["C2"]


def test_a_total_says_the_area_of_what_is_narrowed_to() -> None:
    regions()
    site("A", name="沟", area_m2=5_000.0)
    site("B", name="沟沟", area_m2=7_500.0)
    site("C", name="山", area_m2=1.0)
    total = queries.total(Site, actor=clerk(WEST), filters=Filters(text="沟"))
    assert (total.rows, total.area_m2) == (2, 12_500.0)


@pytest.mark.parametrize("model", MODELS)
def test_every_column_of_every_list_can_be_shown_and_exported(model: Any) -> None:
    regions()
    holder = an_enterprise()
    mine = a_mine(enterprise=holder)
    of_a_mine = {"mine": mine, "enterprise": holder}
    where = site("S", **of_a_mine)
    made = {Site: lambda: where, Mine: lambda: mine, Patch: lambda: a_patch(where)}
    made.get(model, lambda: model.objects.create(key="X", region_id=WEST, **of_a_mine))()
    columns = list(showing.columns_of(model).values())
    page = queries.listed(model, actor=clerk(WEST), filters=Filters(), shows=showing.shows(model, columns))
    look = replace(listing.look_at(model, QueryDict(""), actor=clerk(WEST)), columns=columns)
    html = listing.table_of(look, page.rows)
    assert html.count("<td") == len(columns) + 1
    kind, paths = showing.exported_as(model, columns)
    assert {column.name for column in KIND_OF[model].columns} <= {column.name for column in kind.columns}
    assert set(paths) == {column.name for column in kind.columns}


def a_patch(where: Site) -> Patch:
    return Patch.objects.create(key="P", site=where, region_id=WEST, area_m2=1.0, geom=square(122.1, 33.1))


def test_html_in_a_name_is_text() -> None:
    regions()
    a_mine("<b>K</b>", name="<script>x</script>", mineral='"><i>')
    look = listing.look_at(Mine, QueryDict(""), actor=clerk(WEST))
    html = listing.table_of(look, queries.listed(Mine, actor=clerk(WEST), filters=look.filters).rows)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


# --- as a person does it ----------------------------------------------------------------------------------


@pytest.fixture
def people() -> Any:
    found = nine_people()
    where = found.regions["990101"]
    Mine.objects.create(key="K-1", name="老虎沟铁矿", region=where, mineral="铁矿")
    Mine.objects.create(key="K-2", name="白石采石场", region=where)
    return found


def at_work(people: Any, name: str) -> Client:
    client = Client()
    client.force_login(people.persons[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def sheet_of(response: Any) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_the_export_has_the_rows_columns_and_order_of_the_screen(people: Any) -> None:
    client = at_work(people, "county_clerk")
    assert len(sheet_of(client.get("/mines/export.xlsx"))) == 3
    client.post("/lists/mines/columns/", {"column": ["mineral", "region", "nonsense"]})
    shown = client.get("/mines/").content.decode()
    assert shown.index(">矿种</th>") < shown.index(">县区</th>")
    assert ">开采方式</th>" not in shown
    head, *rows = sheet_of(client.get("/mines/export.xlsx?q=lhg"))
    assert head[:5] == ["矿山编号", "矿山名称", "矿种", "行政区划代码", "县区"]
    assert [row[:5] for row in rows] == [["K-1", "老虎沟铁矿", "铁矿", "990101", "青石县"]]
    client.post("/lists/mines/columns/", {"usual": "1"})
    assert ">开采方式</th>" in client.get("/mines/").content.decode()


def test_columns_are_the_persons_own(people: Any) -> None:
    at_work(people, "county_clerk").post("/lists/mines/columns/", {"column": ["mineral"]})
    assert ">开采方式</th>" in at_work(people, "county_leader").get("/mines/").content.decode()


def test_a_saved_filter_is_shared_with_the_own_unit_only(people: Any) -> None:
    clerk_ = at_work(people, "county_clerk")
    clerk_.post("/lists/mines/saved/", {"name": "我的", "query": "q=铁&after=xyz"})
    clerk_.post("/lists/mines/saved/", {"name": "大家的", "query": "q=石", "shared": "on"})
    assert names_seen(people, "county_clerk") == ["大家的", "我的"]
    unit = people.actor("county_clerk").decider.organisation_id
    for name in ("county_leader", "other_county_clerk", "expert"):
        same = people.actor(name).decider.organisation_id == unit
        assert names_seen(people, name) == (["大家的"] if same else []), name
    assert SavedFilter.objects.get(name="我的").query == "q=%E9%93%81"


def names_seen(people: Any, name: str) -> list[str]:
    return sorted((one.name for one in saved_filters("mines", actor=people.actor(name))), reverse=False)


def test_only_ones_own_filter_can_be_forgotten(people: Any) -> None:
    saved = save_filter("mines", name="甲", query="q=1", shared=True, actor=people.actor("county_clerk"))
    assert at_work(people, "county_leader").post(f"/lists/saved/{saved.pk}/forget/").status_code == 404
    assert at_work(people, "county_clerk").post(f"/lists/saved/{saved.pk}/forget/").status_code == 302
    assert not SavedFilter.objects.exists()


def test_the_same_name_again_replaces_and_too_many_are_refused(people: Any) -> None:
    actor = people.actor("county_clerk")
    for n in range(30):
        save_filter("mines", name=f"筛选{n % 25}", query=f"q={n}", shared=False, actor=actor)
    assert SavedFilter.objects.count() == 20
    assert SavedFilter.objects.get(name="筛选0").query == "q=25"


def test_a_person_without_a_post_has_no_unit_to_share_with(people: Any) -> None:
    Holding.objects.filter(person=people.persons["county_clerk"]).update(to_on=date(2021, 1, 1))
    actor = replace(people.actor("county_leader"), person_id=people.persons["county_clerk"].pk)
    lonely = replace(actor, decider=replace(actor.decider, organisation_id=None))
    assert save_filter("mines", name="甲", query="q=1", shared=True, actor=lonely).shared_with_id is None
    choose_columns("mines", [], actor=lonely)


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_nobody_is_led_away_after_saving(people: Any, back: str) -> None:
    done = at_work(people, "county_clerk").post("/lists/mines/columns/", {"column": ["kind"], "next": back})
    assert done["Location"] == "/mines/"


QUERIES_OF_A_PAGE = 16
"""The first page of a list after an act."""
QUERIES_OF_THE_NEXT = 10
"""Session, person, head, columns, rows, saved filters, what waits; of enterprises also what each runs."""


@pytest.mark.parametrize("kind", [kind.code for kind in KIND_OF.values()] + ["enterprises"])
def test_a_page_costs_the_same_queries_however_many_rows_it_has(
    people: Any, kind: str, django_assert_max_num_queries: Any
) -> None:
    where, holder = people.regions["990101"], people.organisations["enterprise"]
    mines = [Mine(key=f"V-{n}", name=f"矿{n}", region=where, enterprise=holder) for n in range(PAGE_ROWS + 5)]
    Mine.objects.bulk_create(mines)
    for model in MODELS[1:]:
        with_site = {"site": Site.objects.first()} if model is Patch else {"mine": mines[0]}
        shape = {"geom": square(122.1, 33.1), "area_m2": 1.0}
        model.objects.bulk_create(
            model(key=f"V-{n}", region=where, **with_site, **shape) for n in range(PAGE_ROWS + 5)
        )
    client = at_work(people, "county_clerk")
    client.get("/mines/")
    with django_assert_max_num_queries(QUERIES_OF_A_PAGE):
        assert client.get(f"/{kind}/").status_code == 200
    with django_assert_max_num_queries(QUERIES_OF_THE_NEXT):
        assert client.get(f"/{kind}/").status_code == 200
