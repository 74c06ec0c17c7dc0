"""Are experts drawn for a case and asked in a browser, and do the pages stand up in both languages and sizes?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from qingshan.office.cases.tests.factories import World, a_case, a_world
from qingshan.office.experts import actions
from qingshan.office.experts.about import about
from qingshan.office.experts.actions import ExpertFacts, TieFacts
from qingshan.office.experts.actions.drawing import Announcement
from qingshan.office.experts.drawing import LEAVE
from qingshan.office.experts.models import Expert, ExpertDraw
from qingshan.office.matters.models import Matter
from qingshan.rules.draw import ANY
from qingshan.rules.experts import Speciality, TieGrounds, TieKind

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
DAY = timedelta(days=1)
OpenPage = Callable[..., Any]


@pytest.fixture
def world(server: str) -> World:
    """A case, a pool of nine with a tie among them, and a draw that was held yesterday."""
    made = a_world()
    made.now = datetime.now(UTC) - 2 * DAY
    matter = a_case(made)
    for number, field in enumerate([*list(Speciality)[:8], Speciality.SOIL]):
        _entered(made, number, field)
    tied = TieFacts(TieKind.MINE, "M-1", TieGrounds.WORKED, made.today, note="承担过该矿方案编制")
    actions.add_tie(Expert.objects.get(key="ZJ-3"), tied, actor=made.actor("registry_officer"), now=made.now)
    _draw(made, matter)
    return made


def _entered(world: World, number: int, field: Speciality) -> None:
    facts = ExpertFacts(
        f"专家{number}",
        (field.value, Speciality.SOIL.value),
        "青山农林科学院",
        title="教授",
        person=world.people["expert"] if number == 0 else None,
    )
    pool = world.people.regions["990000"]
    actor = world.actor("registry_officer")
    actions.enter(facts, key=f"ZJ-{number}", pool=pool, entered_by="名单", actor=actor, now=world.now)


def _draw(world: World, matter: Matter) -> None:
    actor = world.actor("county_reviewer")
    wanted_for = about("matters.matter", matter.pk, actor=actor)
    facts = Announcement(
        "验收专家组", world.people.regions["990000"], {"soil": 2, ANY: 1}, world.today, "某公开号码第 7 期",
        world.today + DAY,
    )  # fmt: skip
    held = actions.announce_draw(
        facts, region=wanted_for.region, about=wanted_for, actor=actor, now=world.now
    )
    actions.close_list(held, about=wanted_for, version=1, actor=actor, now=world.now)
    actions.draw(held, number="07 11 16", version=2, actor=actor, now=world.now + DAY)
    gone = held.drawn.earliest("rank").expert
    actions.excuse(held, gone, why=LEAVE, reason="出差", version=3, actor=actor, now=world.now + DAY)
    own = Expert.objects.get(key="ZJ-0")
    actions.invite_opinion(own, wanted_for, question="边坡是否稳定？", actor=actor, now=world.now + DAY)


def _paths() -> list[str]:
    expert, tied = (Expert.objects.get(key=key).pk for key in ("ZJ-0", "ZJ-3"))
    draw, matter = ExpertDraw.objects.get(), Matter.objects.get()
    objects = f"/experts/about/matters.matter/{matter.pk}/"
    return [
        *(
            "/experts/",
            f"/experts/{expert}/",
            f"/experts/{tied}/",
            "/experts/draws/",
            draw.get_absolute_url(),
        ),
        *("/experts/draws/new/", f"/experts/draws/new/?kind=matters.matter&object={matter.pk}"),
        *(
            f"{draw.get_absolute_url()}{below}/"
            for below in ("cancel", f"excuse/{draw.drawn.latest('rank').expert_id}")
        ),
        *("/experts/opinions/", "/experts/opinions/1/", objects, f"{objects}assign/", f"{objects}invite/"),
        f"/cases/{matter.pk}/",
    ]


def _faults(page: Any, axe_findings: Callable[[Any], list[str]]) -> list[str]:
    page.set_viewport_size(DESK)
    found = axe_findings(page)
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{beyond} px wider than {viewport['width']} px"] if beyond > 0 else []
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["county_reviewer", "registry_officer", "expert"])
def test_every_page_of_experts_stands_up(
    page_for: OpenPage, world: World, axe_findings: Callable[[Any], list[str]], who: str, language: str
) -> None:
    page = page_for(world.people[who], language=language)
    keeper = ["/experts/new/", f"/experts/{Expert.objects.get(key='ZJ-3').pk}/correct/"]
    own = [f"/experts/{Expert.objects.get(key='ZJ-0').pk}/{below}" for below in ("", "ties/new/")]
    of_expert = ["/experts/", *own, "/experts/opinions/", "/experts/opinions/1/", "/experts/opinions/1/give/"]
    paths = {"county_reviewer": _paths(), "registry_officer": [*keeper, *own], "expert": of_expert}[who]
    faults = []
    for path in paths:
        answer = page.goto(path)
        faults += [f"{path}: status {answer.status}"] * (answer.status != 200)
        faults += [f"{path}: {fault}" for fault in _faults(page, axe_findings)]
    assert not faults, "\n".join(faults)


def test_the_card_of_a_case_leads_to_drawing_assigning_and_asking(page_for: OpenPage, world: World) -> None:
    page = page_for(world.people["county_reviewer"])
    page.goto(f"/cases/{Matter.objects.get().pk}/")
    expect(page.get_by_text("验收专家组")).to_be_visible()
    page.get_by_role("link", name="抽取、指派、意见").click()
    page.get_by_role("link", name="指派专家").first.click()
    page.locator("select[name=expert]").select_option(
        label=page.locator("option", has_text="ZJ-0").inner_text()
    )
    page.get_by_label("截止日期").fill((world.today + 30 * DAY).isoformat())
    page.get_by_role("button", name="指派这位专家").click()
    expect(page.get_by_text("已指派").first).to_be_visible()
