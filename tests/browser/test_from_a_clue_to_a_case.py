"""Does a doubt that images raised become a case in a browser, and does each of both lead to the other?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from qingshan.office.cases.tests.factories import NOW, World, a_world
from qingshan.office.observations.actions import record_clues
from qingshan.office.observations.models import Clue, Screening
from qingshan.office.observations.tests.factories import a_screening, as_recorded, seen
from qingshan.rules.dates import shanghai_date

OpenPage = Callable[..., Any]


@pytest.fixture
def world(server: str) -> Iterator[World]:
    with time_machine.travel(NOW, tick=True):
        yield a_world()


@pytest.fixture
def screening(world: World) -> Screening:
    """It saw one piece of new disturbance; no engine had to look."""
    made = a_screening()
    record_clues(made, [seen()], now=NOW)
    told = {"found": 1, "clues": 1, "persistent": 0}
    areas = {"area_m2": 41_000.0, "land_m2": 1e8, "seen_m2": 1e8, "barren_m2": 0.0}
    Screening.objects.filter(pk=made.pk).update(state="done", counts=told | areas)
    return made


def test_a_clue_becomes_a_case_and_both_name_each_other(
    world: World, screening: Screening, page_for: OpenPage, axe_findings: Callable[[Any], list[str]]
) -> None:
    clerk = page_for(world.people["county_clerk"])
    clerk.goto(screening.get_absolute_url())
    clerk.get_by_role("link", name="本次看见的图斑").click()
    clue = Clue.objects.get()
    clerk.get_by_role("link", name=clue.number, exact=True).click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(f"疑似图斑 {clue.number}")
    expect(clerk.locator(".note").first).to_contain_text("采矿权范围外")
    assert not axe_findings(clerk)

    # a clue becomes a problem only after somebody was there
    expect(clerk.get_by_role("link", name="登记为问题")).to_have_count(0)
    clerk.get_by_role("link", name="现场核实属实").click()
    clerk.get_by_label("到场日期").fill(shanghai_date(NOW).isoformat())
    clerk.get_by_label("核实情况").fill("到场看过：新挖采坑，未见批准文件")
    assert not axe_findings(clerk)
    clerk.get_by_role("button", name="图斑现场核实属实").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("已核实")

    clerk.get_by_role("link", name="登记为问题").click()
    expect(clerk.get_by_label("来源文号")).to_have_value(clue.number)
    clerk.get_by_label("问题类型").select_option(label="无证开采")
    assert not axe_findings(clerk)
    clerk.get_by_role("button", name="图斑登记为问题").click()

    # the case names the clue, the clue the case
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(clue.number)
    clue.refresh_from_db()
    assert clue.matter is not None
    expect(clerk).to_have_url(re.compile(rf"{clue.matter.get_absolute_url()}$"))
    clerk.get_by_role("link", name=clue.number, exact=True).click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("已立案")
    expect(clerk.get_by_role("link", name="登记为问题", exact=True)).to_have_count(0)
    clerk.locator(".note").get_by_role("link", name=clue.matter.number).click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(clue.matter.title)
    assert as_recorded()
