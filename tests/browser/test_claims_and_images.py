"""Can a claim be tested against images in a browser: applied, tested, doubted, answered in writing, accepted?

`QINGSHAN_PICTURES` names a folder that takes a picture of every step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.cases.tests.factories import NOW, World, a_case, a_world, brought_to
from qingshan.office.matters.models import Matter
from qingshan.office.observations.tests.factories import (
    Simulated,
    a_scene_set,
    a_site,
    as_recorded,
    simulated,
    the_claim,
)

OpenPage = Callable[..., Any]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
PICTURES = os.environ.get("QINGSHAN_PICTURES")
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def land(tmp_path: Path, settings: Any) -> Simulated:
    """Two sites with images; the folder for images is theirs."""
    settings.SCENES_ROOT = tmp_path / "images"
    settings.OBSERVATIONS_ROOT = tmp_path / "observations"
    return simulated(tmp_path / "images" / "sim")


@pytest.fixture
def world(server: str, clock: Any) -> World:
    return a_world()


@pytest.fixture
def matter(world: World, land: Simulated) -> Matter:
    """A case about land that was never restored, ready for its application."""
    county = world.people.regions["990101"]
    site = a_site(land.wrong, region=county, mine=world.mine, enterprise=world.mine.enterprise, name="东采坑")
    return brought_to(world, "self_checked", a_case(world, site=site))


def taken(page: Any, name: str, *, on_phone: bool = False) -> None:
    """For people to look at; none unless somebody asks for them."""
    if not PICTURES:
        return
    for suffix, viewport in (("", DESK), *((("-phone", PHONE),) if on_phone else ())):
        page.set_viewport_size(viewport)
        page.screenshot(path=Path(PICTURES) / f"{name}{suffix}.png", full_page=True)
    page.set_viewport_size(DESK)


def test_what_images_do_not_support_is_answered_before_it_is_accepted(
    world: World,
    matter: Matter,
    land: Simulated,
    page_for: OpenPage,
    watch: Any,
    axe_findings: Callable[[Any], list[str]],
) -> None:
    people = world.people
    enterprise, clerk, dispatcher, reviewer, city = (
        page_for(people[name])
        for name in (
            "enterprise_manager",
            "county_clerk",
            "county_dispatcher",
            "county_reviewer",
            "city_reviewer",
        )
    )

    # the enterprise says what it made of the land, and since when
    enterprise.goto(f"/cases/{matter.pk}/apply_for_acceptance/")
    enterprise.get_by_label("治理去向").select_option(label="林草")
    enterprise.get_by_label("修复完成日期").fill(land.wrong.told["restored_since"])
    enterprise.get_by_label("损毁起始日期").fill(land.wrong.told["disturbed_since"])
    taken(enterprise, "apply", on_phone=True)
    enterprise.get_by_role("button", name="申请验收", exact=True).click()
    expect(enterprise.get_by_text("已办理，写入全过程记录：申请验收。")).to_be_visible()
    expect(enterprise.get_by_text("待核查")).to_be_visible()

    # the clerk registers images, the dispatcher sees what a run costs, and starts it
    clerk.goto("/observations/scenes/new/")
    clerk.get_by_label("影像目录名称").fill("模拟影像")
    watch.expect("422")  # a path that leads out of the folder for images
    clerk.get_by_label("路径").fill("../../etc")
    clerk.get_by_label("公开程度").select_option(label="公开")
    clerk.get_by_label("我已核对：影像不涉密").check()
    clerk.get_by_role("button", name="登记影像目录").click()
    expect(clerk.get_by_text("之下。请把影像放进该目录")).to_be_visible()
    clerk.get_by_label("路径").fill("sim/scenes")
    clerk.get_by_role("button", name="登记影像目录").click()
    expect(clerk.get_by_role("cell", name="模拟影像")).to_be_visible()
    taken(clerk, "scenes")
    dispatcher.goto("/observations/runs/new/")
    dispatcher.get_by_role("button", name="预估核验任务").click()
    expect(dispatcher.get_by_text("预计用时")).to_be_visible()
    taken(dispatcher, "run-planned")
    dispatcher.get_by_role("button", name="开始核验").click()
    expect(dispatcher.get_by_role("status")).to_contain_text("等待")
    work_off_the_queue()
    expect(dispatcher.locator("progress")).to_have_count(0)
    doubted = dispatcher.get_by_role("row").filter(has_text="影像不支持（待核实）")
    expect(doubted.get_by_role("cell").nth(1)).to_have_text("1")
    taken(dispatcher, "run-done")

    # the city does not see it yet, the county does, and cannot accept
    claim = the_claim()
    city.goto(f"/observations/{claim.pk}/")
    expect(city.get_by_role("heading", level=1)).to_contain_text("县级核实中")
    expect(city.get_by_text("影像不支持")).to_have_count(0)
    reviewer.goto(f"/cases/{matter.pk}/")
    expect(reviewer.get_by_text("影像不支持（待核实）").first).to_be_visible()
    taken(reviewer, "case-doubted")
    reviewer.goto(f"/cases/{matter.pk}/accept_at_county/")
    expect(reviewer.get_by_text("还没有书面回应。请先书面回应，再办理").first).to_be_visible()
    taken(reviewer, "accept-refused")

    # the enterprise reads the sheet and answers
    enterprise.goto("/observations/?verdict=asked")
    taken(enterprise, "claims")
    enterprise.get_by_role("link", name="东采坑").click()
    expect(enterprise.locator(".sheet-q .curve svg").first).to_be_visible()
    expect(enterprise.locator(".sheet-q figure svg").first).to_be_visible()
    assert not axe_findings(enterprise)
    taken(enterprise, "claim-asked", on_phone=True)
    enterprise.get_by_role("link", name="书面回应核查结论").click()
    enterprise.get_by_label("回应内容").fill("2021 年春已覆土补植，附现场照片和苗木单据。")
    enterprise.get_by_role("button", name="书面回应核查结论").click()
    expect(enterprise.get_by_text("2021 年春已覆土补植")).to_be_visible()

    # now the city sees it, a reviewer decides, and acceptance goes on
    city.goto(f"/observations/{claim.pk}/")
    expect(city.get_by_role("heading", level=1)).to_contain_text("影像不支持（待核实）")
    reviewer.goto(f"/observations/{claim.pk}/")
    reviewer.get_by_role("link", name="核定书面回应").click()
    reviewer.get_by_label("说明成立").check()
    reviewer.get_by_label("核定说明").fill("现场核实，苗木成活")
    taken(reviewer, "decide")
    reviewer.get_by_role("button", name="核定书面回应").click()
    expect(reviewer.get_by_role("heading", level=1)).to_contain_text("说明成立")
    taken(reviewer, "claim-decided", on_phone=True)
    reviewer.goto(f"/cases/{matter.pk}/accept_at_county/")
    reviewer.get_by_label("到场人员").fill("韩验、专家周专")
    reviewer.get_by_label("到场日期").fill(world.today.isoformat())
    reviewer.get_by_role("button", name="县级初验", exact=True).click()
    expect(reviewer.locator(".head .sub")).to_contain_text("县级初验通过")
    assert as_recorded()


def test_a_relapse_seen_from_the_sky_reopens_a_closed_case_once_a_person_confirms_it(
    world: World, land: Simulated, page_for: OpenPage, clock: Any
) -> None:
    people, county = world.people, world.people.regions["990101"]
    site = a_site(land.wrong, region=county, mine=world.mine, enterprise=world.mine.enterprise, name="东采坑")
    matter = brought_to(world, "closed", a_case(world, site=site))
    clock.move_to(world.now)  # a notice ran before it was closed
    a_scene_set(world.actor("county_clerk"))
    clerk, dispatcher, reviewer = (
        page_for(people[name]) for name in ("county_clerk", "county_dispatcher", "county_reviewer")
    )

    # the clerk completes what an older ledger left open, and the dispatcher has it tested
    claim = the_claim()
    clerk.goto(f"/observations/{claim.pk}/complete/")
    clerk.get_by_label("治理去向").select_option(label="林草")
    clerk.get_by_label("损毁起始").fill(land.wrong.told["disturbed_since"])
    clerk.get_by_label("修复完成").fill(land.wrong.told["restored_since"])
    clerk.get_by_role("button", name="补充申报要素").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("东采坑")
    dispatcher.goto("/observations/runs/new/")
    dispatcher.get_by_role("button", name="预估核验任务").click()
    dispatcher.get_by_role("button", name="开始核验").click()
    expect(dispatcher.get_by_role("status")).to_contain_text("等待")
    work_off_the_queue()
    expect(dispatcher.locator("progress")).to_have_count(0)

    # nothing is reopened by a machine: the case stays closed, and its page says that somebody has to look
    reviewer.goto(f"/cases/{matter.pk}/")
    expect(reviewer.locator(".head .sub")).to_contain_text("已销号")
    expect(reviewer.get_by_text("回头看待核实").first).to_be_visible()
    taken(reviewer, "closed-and-doubted", on_phone=True)
    reviewer.goto("/observations/?verdict=traced")
    reviewer.get_by_role("link", name="东采坑").click()
    expect(reviewer.get_by_text("请到现场核实").first).to_be_visible()
    taken(reviewer, "trace-back")

    # a person who was there confirms it
    dispatcher.goto(f"/cases/{matter.pk}/")
    dispatcher.get_by_role("link", name="反弹重新挂账").click()
    dispatcher.get_by_label("新的完成时限").fill((world.today + timedelta(days=60)).isoformat())
    dispatcher.get_by_label("理由").fill("现场核实，平台已重新堆料")
    taken(dispatcher, "reopen")
    dispatcher.get_by_role("button", name="反弹重新挂账", exact=True).click()
    expect(dispatcher.locator(".head .sub")).to_contain_text("重新挂账待编方案")
    reviewer.goto(f"/observations/{claim.pk}/")
    expect(reviewer.get_by_text("现场核实，平台已重新堆料").first).to_be_visible()
    taken(reviewer, "confirmed")
    assert as_recorded()


def test_an_english_reader_gets_the_sheet_in_english(
    world: World,
    matter: Matter,
    land: Simulated,
    page_for: OpenPage,
    axe_findings: Callable[[Any], list[str]],
) -> None:
    from qingshan.office.cases import actions
    from qingshan.office.cases.claims import Restored
    from qingshan.office.matters.actions import Brought
    from qingshan.office.observations.tests.factories import a_run, a_scene_set, looked
    from qingshan.rules.verification import TargetUse

    restored = Restored(TargetUse.VEGETATION, land.wrong.day("restored_since"))
    actions.apply_for_acceptance(
        matter, Brought(), restored=restored, actor=world.actor("enterprise_manager"), now=world.now
    )
    dispatcher = world.actor("county_dispatcher")
    looked(a_run(a_scene_set(world.actor("county_clerk")), dispatcher), dispatcher)
    page = page_for(world.people["county_reviewer"], language="en")
    page.goto(f"/observations/{the_claim().pk}/")
    expect(page.locator(".sheet-q").get_by_text("What the images say")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("not supported by images")
    assert not axe_findings(page)
    taken(page, "claim-english")
    page.get_by_role("link", name="Sheet (to print)").click()
    expect(page.get_by_role("heading", name="What the images say")).to_be_visible()
    page.goto("/observations/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("woods and grass")
    taken(page, "claims-english")


def test_the_line_between_two_pictures_is_moved_by_keyboard_and_mouse_on_page_and_map(
    world: World,
    land: Simulated,
    page_for: OpenPage,
    axe_findings: Callable[[Any], list[str]],
) -> None:
    from qingshan.office.observations.tests.factories import a_claim, a_run, a_scene_set, looked

    a_claim(land.wrong, region=world.people.regions["990101"])
    dispatcher = world.actor("county_dispatcher")
    looked(a_run(a_scene_set(world.actor("county_clerk")), dispatcher), dispatcher)
    claim = the_claim()
    page = page_for(world.people["county_reviewer"])
    page.goto(claim.get_absolute_url())
    moved_by_keys_and_mouse(page.locator("main .compare"))
    taken(page, "claim-compared", on_phone=True)
    page.emulate_media(media="print")
    expect(page.locator("main .compare-view").first).to_be_visible()
    page.emulate_media(media="screen")
    middle = claim.geom.representative_point()
    page.goto(f"/map/?layers=regions,claims&object=claims:{claim.pk}#at=14/{middle.y:.5f}/{middle.x:.5f}")
    panel = page.locator("#map-object")
    expect(panel.locator(".panel-curve svg")).to_be_visible()
    moved_by_keys_and_mouse(panel.locator(".compare"))
    expect(page.locator(".legend.looks:visible")).to_contain_text("影像不支持（待核实）")
    assert axe_findings(page) == []
    taken(page, "map-claim", on_phone=True)
    english = page_for(world.people["county_reviewer"], language="en", viewport=PHONE)
    english.goto(claim.get_absolute_url())
    line = english.locator(".compare").get_by_role("slider")
    expect(line).to_have_attribute("aria-valuetext", re.compile("^the left 50% shows Before"))
    taken(english, "claim-compared-english")


def moved_by_keys_and_mouse(place: Any) -> None:
    """What is clipped away follows the line; a screen reader hears where it stands."""
    line, after = place.get_by_role("slider"), place.locator(".compare-view").nth(1)
    clip = "one => getComputedStyle(one).clipPath"
    line.focus()
    line.press("Home")
    assert after.evaluate(clip) == "inset(0px 0px 0px 0%)"
    for _ in range(3):
        line.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuetext", re.compile("^左侧 3% 显示之前"))
    assert after.evaluate(clip) == "inset(0px 0px 0px 3%)"
    line.press("End")
    assert after.evaluate(clip) == "inset(0px 0px 0px 100%)"
    box = line.bounding_box()
    line.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    assert 45 <= int(line.input_value()) <= 55
