from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from qingshan.office.cases import actions
from qingshan.office.cases.forms.table import DOINGS
from qingshan.office.cases.tests.factories import (
    World,
    a_case,
    a_petition,
    a_world,
    brought_to,
    evidence,
    said,
)
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.kinds import kinds
from qingshan.office.matters.models import Matter
from qingshan.rules.matters import Route

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def opened(world: World, who: str, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
    """The page as somebody sees it at the world's hour; sent where there is something to send."""
    with time_machine.travel(world.now, tick=False):
        client = world.people.enter(who)
        return client.get(path) if data is None else client.post(path, data)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


STATES = ("verified", "assigned", "taken_on", "planned", "rectifying", "self_checked", "applied", "county_accepted",
          "in_notice", "closed")  # fmt: skip


def test_every_act_of_every_route_has_its_page() -> None:
    of_cases = [kind for kind in kinds() if any(act.startswith("cases.") for act in kind.flow.acts)]
    assert {act for kind in of_cases for act in kind.flow.acts} == set(DOINGS)


@pytest.mark.parametrize("state", STATES)
def test_the_page_of_a_case_opens_in_every_state_with_one_filled_button_at_most(
    world: World, state: str
) -> None:
    matter = brought_to(world, state)
    for who in (
        "county_clerk",
        "county_leader",
        "city_reviewer",
        "provincial_dispatcher",
        "enterprise_manager",
    ):
        page = opened(world, who, f"/cases/{matter.pk}/")
        assert page.status_code == 200
        assert page.content.decode().count("btn btn-primary") <= 1
        assert matter.title in words(page)


@pytest.mark.parametrize("state", ["registered", *STATES])
def test_every_act_that_somebody_may_do_opens_its_form(world: World, state: str) -> None:
    matter = a_case(world) if state == "registered" else brought_to(world, state)
    asked = 0
    for who in sorted(world.people.persons):
        page = opened(world, who, f"/cases/{matter.pk}/")
        for path in set(re.findall(rf'href="(/cases/{matter.pk}/[a-z_]+/)"', page.content.decode())):
            assert opened(world, who, path).status_code == 200, (who, path)
            asked += 1
    assert asked >= 2


def test_a_clerk_sends_the_form_and_the_problem_is_verified(world: World) -> None:
    matter = a_case(world)
    answer = opened(
        world, "county_clerk", f"/cases/{matter.pk}/verify/", {"grounds": "现场确有采坑", "version": 1}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{matter.pk}/")
    assert world.fresh(matter).state_name == "verified"


def test_what_was_typed_stays_when_the_act_is_refused(world: World) -> None:
    matter = brought_to(world, "verified")
    sent = {"answering": "青石县自然资源局", "due_on": "2026-01-01", "version": matter.version}
    answer = opened(world, "county_dispatcher", f"/cases/{matter.pk}/assign/", sent)
    assert answer.status_code == 422
    assert "没有完成时限，或时限早于今天" in words(answer)
    assert 'value="2026-01-01"' in answer.content.decode()


def test_whoever_was_overtaken_is_told_and_can_send_again(world: World) -> None:
    matter = brought_to(world, "rectifying")
    manager = world.actor("enterprise_manager")
    old = matter.version
    actions.note_mechanism(matter, Brought(), mechanism="月巡查", actor=manager, now=world.now)
    sent = {"mechanism": "周巡查制度", "version": old}
    first = opened(world, "enterprise_manager", f"/cases/{matter.pk}/note_mechanism/", sent)
    assert first.status_code == 422
    assert "刚被他人办理过" in words(first)
    assert "周巡查制度" in first.content.decode()
    shown = re.search(r'name="version" value="(\d+)"', first.content.decode())
    assert shown is not None
    again = opened(
        world, "enterprise_manager", f"/cases/{matter.pk}/note_mechanism/", {**sent, "version": shown[1]}
    )
    assert again.status_code == 302


def test_a_clerk_records_what_a_leader_decided_on_paper(world: World) -> None:
    matter = brought_to(world, "verified")
    page = opened(world, "county_clerk", f"/cases/{matter.pk}/dismiss/")
    assert "代录" in words(page)
    leader = world.people.holdings["county_leader"]
    sent = {
        "grounds": "不属于采矿问题",
        "version": matter.version,
        "decider": str(leader.pk),
        "paper_number": "青政〔2026〕8号",
        "decided_on": world.today.isoformat(),
    }
    answer = opened(world, "county_clerk", f"/cases/{matter.pk}/dismiss/", sent)
    assert answer.status_code == 302, words(answer)
    step = world.fresh(matter).steps.order_by("-matter_version")[0]
    assert (step.decider_name, step.number) == ("赵领", "青政〔2026〕8号")
    assert step.recorder_id == world.people["county_clerk"].pk


def test_what_stands_against_the_next_act_is_listed_before_anybody_tries(world: World) -> None:
    matter = brought_to(world, "taken_on")
    page = opened(world, "enterprise_manager", f"/cases/{matter.pk}/")
    assert "还没有编制整改方案" in words(page)
    filled = re.search(r'class="btn btn-primary" href="([^"]+)"', page.content.decode())
    assert filled is not None
    assert filled[1] == f"/cases/{matter.pk}/draft_plan/"


def test_what_closing_still_lacks_is_listed_in_its_order(world: World) -> None:
    matter = brought_to(world, "in_notice")
    text = words(opened(world, "county_clerk", f"/cases/{matter.pk}/"))
    wanted = [
        "没有认定整改目标已经达到",
        "公示到",
        "没有说明查处追责情况",
        "没有登记长效机制",
        "没有做成效评估",
    ]
    places = [text.find(word) for word in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_the_three_duties_are_named_in_a_table_and_two_posts_may_hold_that_of_the_territory(
    world: World,
) -> None:
    matter = brought_to(world, "assigned")
    sent: dict[str, Any] = {"version": matter.version}
    for name, unit, person in (
        ("enterprise_duty", "青石矿业有限公司", "李总"),
        ("sector_duty", "青石县自然资源局", "王局"),
        ("territorial_duty", "中共青石县委", "何书"),
        ("territorial_second", "青石县人民政府", "赵县"),
    ):
        sent |= {f"{name}_unit": unit, f"{name}_post": "负责人", f"{name}_person": person}
    answer = opened(world, "county_clerk", f"/cases/{matter.pk}/take_on/", sent)
    assert answer.status_code == 302, words(answer)
    held = world.fresh(matter).parties.filter(to_on=None, role="territorial_duty").order_by("id")
    assert [each.unit_name for each in held] == ["中共青石县委", "青石县人民政府"]
    assert [each.organisation_id is None for each in held] == [True, False]


def test_a_plan_is_drawn_up_in_rows_and_submitted(world: World) -> None:
    matter = brought_to(world, "taken_on")
    due = (world.today + timedelta(days=60)).isoformat()
    sent = {
        "version": matter.version, "title": "老虎沟整改方案", "target": "复绿 3.2 公顷", "target_quantity": "3.2",
        "target_unit": "公顷", "due_on": due,
        "stages-TOTAL_FORMS": "2", "stages-INITIAL_FORMS": "0", "stages-0-name": "回填", "stages-0-due_on": due,
        "measures-TOTAL_FORMS": "3", "measures-INITIAL_FORMS": "0", "measures-0-name": "回填采坑",
        "measures-0-stage": "1", "measures-0-quantity": "1.5", "measures-0-quantity_unit": "万立方米",
        "measures-0-unit_name": "青石矿业有限公司", "measures-0-post": "经理", "measures-0-person_name": "李企",
        "measures-0-due_on": due,
    }  # fmt: skip
    answer = opened(world, "enterprise_manager", f"/cases/{matter.pk}/draft_plan/", sent)
    assert answer.status_code == 302, words(answer)
    plan = matter.plans.get()
    assert (plan.stages.count(), plan.measures.get().stage.name) == (1, "回填")
    again = opened(world, "enterprise_manager", f"/cases/{matter.pk}/draft_plan/")
    assert "回填采坑" in again.content.decode()


def test_the_route_of_at_once_shows_no_plan_in_its_way(world: World) -> None:
    matter = a_case(world, route=Route.AT_ONCE)
    page = opened(world, "county_clerk", f"/cases/{matter.pk}/")
    bar = re.search(r'<ol class="steps way">.*?</ol>', page.content.decode(), re.S)
    assert bar is not None
    assert "立行立改" in bar[0]
    assert "批准整改方案" not in bar[0]


def test_a_petition_shows_the_official_columns_and_never_who_complained(world: World) -> None:
    matter = a_petition(world)
    page = opened(world, "county_clerk", f"/cases/{matter.pk}/")
    assert "交办问题基本情况" in words(page)
    assert "某居民" not in words(page)
    assert "13900000000" not in page.content.decode()


def test_a_case_that_was_dismissed_says_how_it_ended(world: World) -> None:
    matter = a_case(world)
    actions.dismiss(matter, said("不属于采矿"), actor=world.actor("county_leader"), now=world.now)
    page = opened(world, "county_clerk", f"/cases/{matter.pk}/")
    assert "已了结：不予立项" in words(page)


@pytest.mark.parametrize("act", ["nothing", "verify_petition"])
def test_an_act_that_the_route_does_not_know_is_no_page(world: World, act: str) -> None:
    matter = a_case(world)
    assert opened(world, "county_clerk", f"/cases/{matter.pk}/{act}/").status_code == 404


def test_an_act_that_cannot_be_done_from_here_says_what_can(world: World) -> None:
    matter = a_case(world)
    answer = opened(world, "county_leader", f"/cases/{matter.pk}/close/")
    assert answer.status_code == 422
    assert Matter.objects.get().version == 1


def test_the_page_of_a_case_costs_the_same_however_much_belongs_to_it(world: World) -> None:
    matter = brought_to(world, "rectifying")
    path = f"/cases/{matter.pk}/"
    asked = []
    for _round in range(2):
        opened(world, "county_clerk", path)  # what holds until the next act is asked once
        with CaptureQueriesContext(connection) as caught:
            opened(world, "county_clerk", path)
        asked.append(len(caught))
        actions.add_evidence(
            world.fresh(matter),
            [*evidence(title="一"), *evidence(title="二"), *evidence(title="三")],
            Brought(),
            actor=world.actor("enterprise_manager"),
            now=world.now,
        )
        for number in range(4):
            a_case(world, title=f"同一矿山的第 {number} 件")
    # what is near is looked for at the mine first, and around it only where little is there
    assert asked[1] <= asked[0] + 2
    assert asked[1] < 70
