"""Can somebody find a mine from the box at the top of every page, with the keyboard alone?"""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.office.accounts.models import Person
from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.mines.models import Mine

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
BOX, LIST = "[data-suggests]", "#suggestions"


@pytest.fixture
def clerk(server: str) -> Person:
    """A clerk in whose county there are two mines."""
    people = nine_people()
    where = people.regions["990101"]
    Mine.objects.create(key="K-2", name="白石采石场", region=where)
    Mine.objects.create(key="K-1", name="老虎沟铁矿", region=where)
    return people.persons["county_clerk"]


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_arrows_choose_and_enter_opens(clerk: Person, page_for: Any, viewport: dict[str, int]) -> None:
    page = page_for(clerk, viewport=viewport)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("lhg")
    page.wait_for_selector(f"{LIST}:not([hidden]) [role=option]")
    assert page.locator(f"{LIST} mark").inner_text() == "老虎沟"
    page.keyboard.press("ArrowDown")
    assert page.locator(BOX).get_attribute("aria-activedescendant") == "suggestion-1"
    assert page.locator(BOX).get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/mines/{Mine.objects.get(key='K-1').pk}/")


def test_enter_without_a_choice_searches_and_escape_closes(clerk: Person, page_for: Any) -> None:
    page = page_for(clerk)
    page.goto("/")
    page.locator(BOX).click()
    page.keyboard.type("石")
    page.wait_for_selector(f"{LIST}:not([hidden]) [role=option]")
    page.keyboard.press("Escape")
    assert page.locator(LIST).is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator("main mark").first.inner_text() == "石"


def test_columns_are_put_in_order_and_remembered(clerk: Person, page_for: Any) -> None:
    page = page_for(clerk)
    page.goto("/mines/")
    page.locator("summary", has_text="选择列").click()
    page.locator(".columns li", has_text="矿种").locator("[data-up]").click()
    page.locator(".columns li", has_text="开采方式").locator("input").uncheck()
    page.locator("button", has_text="使用这些列").click()
    page.wait_for_load_state()
    titles = page.locator("thead th").all_inner_texts()
    assert titles[:4] == ["矿山", "县区", "矿种", "矿山企业"]
    assert "开采方式" not in titles
