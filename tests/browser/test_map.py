"""Can a thing be found on the map by eye, by keyboard and without a map at all?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from qingshan.office.accounts.tests.people import People
from qingshan.office.mines.models import Site

OpenPage = Callable[..., Any]
# what newer browsers brought and Chromium 90 has not
AS_IN_2021 = """
delete Object.hasOwn; delete window.structuredClone; delete Object.groupBy; delete Promise.withResolvers;
for (const kind of [Array, String, Object.getPrototypeOf(Int8Array)])
  for (const name of ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "with"]) delete kind.prototype[name];
"""
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"


@pytest.fixture
def the_map(page_for: OpenPage, people: People) -> Any:
    """The map as the county's clerk sees it, drawn."""
    page = page_for(people["county_clerk"])
    page.goto("/map/")
    _drawn(page)
    return page


def _drawn(page: Any) -> None:
    page.wait_for_selector("[data-map][data-drawn]")


def test_what_is_in_view_is_listed_and_opens_in_the_side_panel(the_map: Any) -> None:
    listed = the_map.locator("[data-in-view] a")
    expect(listed).to_have_count(4)
    the_map.get_by_role("link", name="老虎沟 1 号").click()
    panel = the_map.locator("#map-object")
    expect(panel.get_by_text("DW-1")).to_be_visible()
    expect(panel.get_by_role("link", name="打开点位")).to_be_visible()
    expect(the_map).to_have_url(re.compile(r"object=sites%3A\d+"))


def test_an_object_on_the_map_is_chosen_by_a_click(page_for: OpenPage, people: People) -> None:
    page = page_for(people["county_clerk"])
    page.goto("/map/#at=15/33.1005/122.1205")  # DW-2 lies in the middle
    _drawn(page)
    page.locator("[data-map]").click()
    expect(page.locator("#map-object").get_by_text("DW-2")).to_be_visible()


def test_the_keyboard_reaches_and_opens_what_is_in_view(the_map: Any) -> None:
    link = the_map.get_by_role("link", name="东沟铁矿")
    link.focus()
    the_map.keyboard.press("Enter")
    expect(the_map.locator("#map-object").get_by_text("KS-1")).to_be_visible()


def test_a_layer_that_is_switched_off_leaves_map_and_list(the_map: Any) -> None:
    the_map.get_by_label("矿山", exact=True).uncheck()
    expect(the_map.locator("[data-in-view] a")).to_have_count(3)


def test_another_county_sees_none_of_it(page_for: OpenPage, people: People) -> None:
    site = Site.objects.get(key="DW-1")
    page = page_for(people["other_county_clerk"])
    page.goto("/map/")
    _drawn(page)
    expect(page.locator("[data-in-view] a")).to_have_count(0)
    tile = page.request.get(f"/map/sites/{site.pk}/")
    assert tile.status == 404


def test_a_browser_that_draws_no_maps_is_told_so_and_led_to_the_list(
    page_for: OpenPage, people: People
) -> None:
    page = page_for(people["county_clerk"])
    page.add_init_script(NO_WEBGL)
    page.goto("/map/")
    expect(page.get_by_text("不能绘制地图")).to_be_visible()
    page.get_by_role("link", name="以列表查看点位").click()
    expect(page.get_by_role("heading", name="点位", exact=True)).to_be_visible()


def test_the_map_is_drawn_by_a_browser_of_2021(page_for: OpenPage, people: People) -> None:
    page = page_for(people["county_clerk"])
    page.add_init_script(AS_IN_2021)
    page.goto("/map/")
    _drawn(page)
    expect(page.locator("[data-in-view] a")).to_have_count(4)
    assert page.evaluate("[1, 2].at(-1) + Number(Object.hasOwn({a: 1}, 'a'))") == 3
