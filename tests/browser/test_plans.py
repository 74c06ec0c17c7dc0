"""Can a plan be dated back from its deadline in a browser, and do its pages stand up in both languages and sizes?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from qingshan.office.cases import actions
from qingshan.office.cases.actions.planning import NewCover
from qingshan.office.cases.tests.areas import LAND, an_area_case, area_plan, drawn_up, more_mines
from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.cases.tests.plans import approved, report, taken_on
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter, Plan

PHONE = {"width": 390, "height": 844}
OpenPage = Callable[..., Any]


@pytest.fixture
def world(server: str) -> World:
    made = a_world()
    made.now = datetime.now(UTC) - timedelta(days=30)
    return made


def an_approved_plan(world: World) -> Plan:
    """With two versions, and a stage that is late."""
    plan = approved(world)
    world.later(10)
    actions.adjust(
        world.fresh(plan.matter),
        Brought(grounds="面积核减", number="青自然资〔2026〕9号"),
        target="回填采坑并复绿 2.8 公顷",
        target_quantity=None,
        target_unit="",
        actor=world.actor("city_reviewer"),
        now=world.now,
    )
    newest = Plan.objects.get(matter=plan.matter, number=2)
    report(world, newest, (1, {"begun_on": world.today, "percent": 40}))
    return newest


def an_area(world: World) -> Matter:
    """With a mine that its plan does not cover yet."""
    more_mines(world, "东山石料场")
    matter = an_area_case(world)
    drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND))
    return matter


def beyond(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_plans_stand_up(
    world: World, page_for: OpenPage, axe_findings: Callable[[Any], list[str]], language: str
) -> None:
    plan, area, waiting = an_approved_plan(world), an_area(world), taken_on(world)
    mine, county = world.people.persons["enterprise_manager"], world.people.persons["county_clerk"]
    paths = [
        (mine, f"/cases/{plan.matter_id}/plan/?whole=1"),
        (mine, f"/cases/{plan.matter_id}/plan/1/"),
        (mine, f"/cases/{plan.matter_id}/report_progress/"),
        (mine, f"/cases/{waiting.pk}/plan/"),
        (mine, f"/cases/{waiting.pk}/plan/backward/"),
        (county, f"/cases/{area.pk}/plan/"),
        (county, f"/cases/{area.pk}/plan/area/"),
    ]
    faults = []
    for who in (mine, county):
        page = page_for(who, language=language)
        for path in [path for whose, path in paths if whose is who]:
            assert page.goto(path).status == 200
            faults += [f"{path}: {each}" for each in axe_findings(page)]
            page.set_viewport_size(PHONE)
            faults += [f"{path}: {beyond(page)} px too wide on a phone"] * (beyond(page) > 0)
            page.set_viewport_size({"width": 1366, "height": 768})
            faults += [f"{path}: {beyond(page)} px too wide"] * (beyond(page) > 0)
    assert not faults, "\n".join(faults)


def test_stages_are_dated_back_seen_and_saved(world: World, page_for: OpenPage) -> None:
    matter = taken_on(world)
    page = page_for(world.people.persons["enterprise_manager"])
    page.goto(f"/cases/{matter.pk}/plan/")
    page.get_by_role("link", name="倒排工期").click()
    page.get_by_label("完成时限").fill((world.today + timedelta(days=90)).isoformat())
    page.get_by_label("最早开工日期").fill("")
    page.get_by_label("第 1 行：节点名称").fill("清运弃渣")
    page.get_by_label("第 1 行：工期（天）").fill("10")
    page.get_by_label("第 2 行：节点名称").fill("回填采坑")
    page.get_by_label("第 2 行：工期（天）").fill("20")
    page.get_by_label("第 2 行：前置节点序号").fill("1")
    page.get_by_role("button", name="计算各节点日期").click()
    expect(page.get_by_role("heading", name=re.compile("建议日期"))).to_be_visible()
    expect(page.locator("svg.task-map").first).to_be_visible()
    assert not Plan.objects.exists()
    page.get_by_role("button", name="按建议日期保存方案草稿").click()
    expect(page.get_by_text("已保存为方案草稿")).to_be_visible()
    assert Plan.objects.get().stages.count() == 2


def test_a_plan_prints_on_sheets_lying_on_their_side(world: World, page_for: OpenPage) -> None:
    plan = an_approved_plan(world)
    page = page_for(world.people.persons["enterprise_manager"])
    page.goto(f"/cases/{plan.matter_id}/plan/")
    paper = page.pdf(prefer_css_page_size=True)
    boxes = {tuple(map(float, box)) for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)}
    assert boxes
    assert all(width > height for width, height in boxes)
    page.emulate_media(media="print")
    expect(page.locator(".gantt-print svg").first).to_be_visible()
    expect(page.locator(".gantt")).to_be_hidden()
    expect(page.locator(".print-head")).to_contain_text(plan.matter.number)
