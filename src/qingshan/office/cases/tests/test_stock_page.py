"""Does the page of stock and flow add up, and does every number open the list that it counts?"""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.http import HttpResponse

from qingshan.office.cases import actions
from qingshan.office.cases.stock import Asked, asked_by, periods, sheet_of
from qingshan.office.cases.tests.factories import World, a_case, a_world, brought_to, said
from qingshan.rules.matters import Route

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """One closed, one dismissed, one handed to the next county, one of last year, two lasting."""
    made = a_world()
    a_case(made, title="去年的")
    made.later(100)
    brought_to(made, "closed")
    gone = a_case(made)
    actions.dismiss(gone, said("不属于采矿"), actor=made.actor("county_leader"), now=made.now)
    moved = brought_to(made, "verified", title="移交的")
    actions.transfer(
        moved,
        said("图斑在白沙县"),
        region=made.people.regions["990102"],
        actor=made.actor("provincial_dispatcher"),
        now=made.now,
    )
    a_case(made, route=Route.LASTING)
    return made


def asked(world: World, **changes: object) -> Asked:
    usual = {"kind": "rectification", "from_on": world.today - timedelta(days=30), "to_on": world.today}
    return Asked(**{**usual, **changes})  # type: ignore[arg-type]


def opened(world: World, who: str, path: str) -> HttpResponse:
    with time_machine.travel(world.now, tick=False):
        return world.people.enter(who).get(path)


def test_the_total_is_the_sum_of_its_terms_and_of_the_regions_below(world: World) -> None:
    for who, lines in (("provincial_dispatcher", 2), ("city_reviewer", 2)):
        sheet = sheet_of(asked(world), actor=world.actor(who), everywhere="合计")
        flow = sheet.total.opening.number
        for term in sheet.sum:
            flow += term.cell.number if term.sign == "+" else -term.cell.number
        assert flow == sheet.total.closing.number
        assert len(sheet.lines) == lines
        assert sum(line.closing.number for line in sheet.lines) == sheet.total.closing.number


def test_every_number_opens_a_list_of_as_many(world: World) -> None:
    for who in ("provincial_dispatcher", "county_clerk", "other_county_clerk"):
        page = opened(world, who, asked(world).address())
        links = re.findall(r'<a href="(/stock/items/[^"]+)">([\d,]+)</a>', page.content.decode())
        assert links
        for path, number in links:
            items = opened(world, who, html.unescape(path)).content.decode()
            rows = re.findall(r"<tr><td>", items)
            assert len(rows) == int(number), (who, path)


def test_what_was_handed_to_another_county_is_listed_by_number_but_does_not_open(world: World) -> None:
    page = opened(world, "county_clerk", asked(world).items("transferred_out"))
    text = page.content.decode()
    assert "移交的" in text
    assert "已移交其他地区" in text
    assert not re.search(r'<a data-open href="/cases/\d+/">移交的', text)


def test_lasting_tasks_stand_in_a_column_of_their_own_and_in_no_sum(world: World) -> None:
    sheet = sheet_of(asked(world), actor=world.actor("county_clerk"), everywhere="合计")
    assert sheet.total.lasting is not None
    assert sheet.total.lasting.number == 1
    assert parse_qs(urlsplit(sheet.total.lasting.url).query)["kind"] == ["lasting"]
    assert sheet.total.closing.number == 1


def test_a_period_that_ended_shows_the_stock_of_that_day(world: World) -> None:
    long_ago = asked(world, from_on=world.today - timedelta(days=200), to_on=world.today - timedelta(days=50))
    sheet = sheet_of(long_ago, actor=world.actor("county_clerk"), everywhere="合计")
    assert (sheet.total.opening.number, sheet.total.closing.number) == (0, 1)


def test_an_address_that_cannot_be_read_asks_for_this_year_and_everything(world: World) -> None:
    found = asked_by({"kind": "x", "from": "昨天", "to": "", "region": "abc"}, on=world.today)
    assert found == Asked("rectification", world.today.replace(month=1, day=1), world.today)
    turned = asked_by({"from": "2026-03-01", "to": "2026-02-01"}, on=world.today)
    assert turned.from_on < turned.to_on


def test_an_enterprise_is_told_that_it_has_no_region(world: World) -> None:
    page = opened(world, "enterprise_manager", "/stock/").content.decode()
    assert "您当前岗位没有管辖地区" in page


def test_month_quarter_and_year_begin_on_their_first_days(world: World) -> None:
    on = date(2026, 11, 21)
    shown = periods(asked_by({}, on=on), on=on)
    days = [parse_qs(urlsplit(url).query)["from"][0] for _title, url, _current in shown]
    assert days == ["2026-11-01", "2026-10-01", "2026-01-01"]
    assert [current for _title, _url, current in shown] == [False, False, True]
