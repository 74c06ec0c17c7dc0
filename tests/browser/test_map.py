"""Can a thing be found on the map by eye, by keyboard and without a map at all?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from shapely.geometry import Point, box

from qingshan.geo.area import area_m2
from qingshan.office.accounts.tests.people import People
from qingshan.office.cases.actions import register_case
from qingshan.office.cases.actions.registering import NewCase
from qingshan.office.matters.actions import Opening
from qingshan.office.mines.models import Site
from qingshan.office.places.tests.map_servers import map_server
from qingshan.rules.areas import area_text
from qingshan.rules.matters import ProblemKind, Route, SourceKind

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


def test_without_webgl_the_servers_picture_is_moved_by_links(
    browser_without_maps: Any, page_for: OpenPage, people: People, axe_findings: Any
) -> None:
    page = page_for(people["county_clerk"], on=browser_without_maps)
    page.goto("/map/")
    picture = page.locator("#map-picture")
    expect(picture.get_by_role("img")).to_contain_text("青石县")
    listed = picture.get_by_role("link", name="老虎沟 1 号")
    listed.click()
    expect(page.locator("#map-object").get_by_text("DW-1")).to_be_visible()
    before = picture.locator("svg title").first.text_content()
    picture.get_by_role("link", name="向东").click()
    expect(picture.locator("svg title").first).not_to_have_text(before or "")
    picture.get_by_role("link", name="向东").click()
    expect(listed).to_have_count(0)
    page.get_by_label("县区界").uncheck()
    expect(picture.locator("[data-layer=regions]")).to_have_count(0)
    assert axe_findings(page) == []


def _click(page: Any, *, right: float = 0.5, down: float = 0.5) -> None:
    place = page.locator("[data-map]").bounding_box()
    page.mouse.click(place["x"] + place["width"] * right, place["y"] + place["height"] * down)


def test_a_click_lists_everything_that_lies_there(page_for: OpenPage, people: People) -> None:
    page = page_for(people["county_clerk"])
    page.goto("/map/?layers=sites,patches#at=15/33.1005/122.1105")  # DW-1 and its patch lie in the middle
    _drawn(page)
    _click(page)
    panel = page.locator("#map-object")
    expect(panel.get_by_text("这里有 2 个对象")).to_be_visible()
    panel.get_by_role("link", name="TB-1").click()
    expect(panel.get_by_text("查看与控制线的套合")).to_be_visible()
    expect(page).to_have_url(re.compile(r"object=patches%3A\d+"))


def test_a_problem_is_a_sign_on_the_map_that_opens_its_card(
    page_for: OpenPage, people: People, axe_findings: Any
) -> None:
    place = {"region": people.regions["990101"], "geom": Point(122.3, 33.3)}
    opening = Opening("", "", "采坑未回填", source=SourceKind.SELF_CHECK, **place)
    new = NewCase(opening, Route.BY_DATE, ProblemKind.UNRESTORED)
    case = register_case(new, actor=people.actor("county_clerk"), now=timezone.now())
    page = page_for(people["county_clerk"])
    page.goto("/map/?layers=regions,cases#at=15/33.3/122.3")
    _drawn(page)
    expect(page.locator("[data-in-view] a")).to_have_text(["◆ 采坑未回填"])
    _click(page)
    panel = page.locator("#map-object")
    expect(panel.locator(".st")).to_have_text("○未定时限")
    assert axe_findings(page) == []
    panel.get_by_role("link", name="打开办理页").click()
    expect(page).to_have_url(re.compile(rf"/cases/{case.pk}/$"))


def test_an_area_is_measured_by_clicks_and_by_typed_points(the_map: Any) -> None:
    measured = the_map.locator("#map-measured")
    the_map.get_by_role("radio", name="面积").check()
    the_map.get_by_role("button", name="在图上取点").click()
    for right, down in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        _click(the_map, right=right, down=down)
    expect(measured.get_by_text("亩")).to_be_visible()
    the_map.get_by_role("button", name="清除量测").click()
    expect(measured).to_be_empty()
    points = the_map.get_by_label("经度,纬度")
    points.fill("122,33\n122.1,33\n122.1,33.1\n122,33.1")
    the_map.get_by_role("button", name="计算").click()
    expect(measured.get_by_text(area_text(area_m2(box(122.0, 33.0, 122.1, 33.1))))).to_be_visible()


def test_a_filter_narrows_what_is_drawn_and_listed(the_map: Any) -> None:
    the_map.get_by_label("名称、编号或拼音").fill("2 号")
    the_map.get_by_role("button", name="筛选地图").click()
    _drawn(the_map)
    expect(the_map.locator("[data-in-view] a")).to_have_count(1)
    expect(the_map.get_by_role("link", name="老虎沟 2 号")).to_be_visible()


def test_a_link_opens_the_same_layers_and_view(the_map: Any) -> None:
    the_map.get_by_label("矿山", exact=True).uncheck()
    the_map.get_by_label("图斑", exact=True).check()
    expect(the_map).to_have_url(re.compile("layers=patches%2Csites%2Cregions"))
    the_map.reload()
    _drawn(the_map)
    expect(the_map.get_by_label("矿山", exact=True)).not_to_be_checked()
    expect(the_map.get_by_role("link", name="TB-1")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_sheet_is_printed_as_it_is_shown(
    page_for: OpenPage, people: People, axe_findings: Any, language: str
) -> None:
    page = page_for(people["county_clerk"], language=language)
    page.goto("/map/print/?paper=a3&title=A-1")
    assert axe_findings(page) == []
    size = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert size is not None
    width_mm, height_mm = (float(edge) / 72 * 25.4 for edge in size.groups())
    assert (width_mm, height_mm) == (pytest.approx(420, abs=1), pytest.approx(297, abs=1))


def test_a_base_map_comes_from_our_own_server_with_its_number_beside_it(
    page_for: OpenPage, people: People, settings: Any
) -> None:
    with map_server() as server:
        declared = f'''[[service]]
code = "vec"
title = "天地图矢量"
type = "wmts"
role = "base"
url = "{server.url}/wmts"
layer = "vec"
matrix_set = "w"
openness = "public"
attribution = "天地图"
approval_no = "GS（2024）0001号"
'''
        (Path(settings.HOME) / "maps.toml").write_text(declared, encoding="utf-8")
        page = page_for(people["county_clerk"])
        page.goto("/map/")
        _drawn(page)
        expect(page.get_by_text("GS（2024）0001号")).to_be_hidden()
        assert server.asked == []
        with page.expect_response(re.compile("/services/vec/")):
            page.get_by_label("天地图矢量").check()
        expect(page.get_by_text("GS（2024）0001号")).to_be_visible()
        page.get_by_role("link", name="打印地图").click()
        expect(page.get_by_role("img").first).to_contain_text("审图号：GS（2024）0001号")
        assert server.asked
        page.close()  # the sheet goes on asking for tiles: it must not outlive the server that answers them


def test_the_map_is_drawn_by_a_browser_of_2021(page_for: OpenPage, people: People) -> None:
    page = page_for(people["county_clerk"])
    page.add_init_script(AS_IN_2021)
    page.goto("/map/")
    _drawn(page)
    expect(page.locator("[data-in-view] a")).to_have_count(4)
    assert page.evaluate("[1, 2].at(-1) + Number(Object.hasOwn({a: 1}, 'a'))") == 3
