"""Do the pages of a case say whose turn it is, who decided and entered, and what a ledger in use told of it?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import time_machine

from qingshan.office.cases import actions
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_plan, a_world, brought_to, said
from qingshan.office.cases.tests.ledgers import imported, ledger, numbered, row
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.matters.models.plans import PlanState
from qingshan.rules.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def folder(world: World, matter: Matter, who: str) -> Folder:
    return Folder(world.fresh(matter), actor=world.actor(who), now=world.now)


def shown(world: World, who: str, path: str) -> str:
    with time_machine.travel(world.now, tick=False):
        page = world.people.enter(who).get(path)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_it_is_the_turn_of_the_unit_that_the_ledger_names_not_of_all_who_may(world: World) -> None:
    matter = brought_to(world, "taken_on")
    assert folder(world, matter, "enterprise_manager").is_my_turn
    clerk = folder(world, matter, "county_clerk")
    assert clerk.next_line is not None
    assert not clerk.is_my_turn


def test_whoever_approves_a_plan_is_led_to_it(world: World) -> None:
    matter = brought_to(world, "planned")
    page = shown(world, "city_reviewer", f"/cases/{matter.pk}/approve_plan/")
    assert "老虎沟采坑整改方案 · 第 1 版" in page


def test_after_reopening_the_approved_plan_stays_and_a_new_one_is_asked_for(world: World) -> None:
    matter = brought_to(world, "closed")
    actions.reopen(
        world.fresh(matter),
        said("再次破坏"),
        due_on=date(2026, 9, 1),
        actor=world.actor("county_dispatcher"),
        now=world.now,
    )
    manager = folder(world, matter, "enterprise_manager")
    assert manager.primary is not None
    assert manager.primary.code == "cases.draft_plan"
    with pytest.raises(RuleBroken, match="plan_empty"):
        actions.submit_plan(
            world.fresh(matter), said(""), actor=world.actor("enterprise_manager"), now=world.now
        )
    assert matter.plans.get().state == PlanState.APPROVED


def test_the_whole_process_names_who_entered_a_decision_on_paper(world: World) -> None:
    matter = brought_to(world, "verified")
    holding = world.people.holdings["county_leader"]
    sent = {
        "version": world.fresh(matter).version, "grounds": "重复", "decider": str(holding.pk),
        "paper_number": "青政〔2026〕2号", "decided_on": world.today.isoformat(),
    }  # fmt: skip
    with time_machine.travel(world.now, tick=False):
        world.people.enter("county_clerk").post(f"/cases/{matter.pk}/withdraw/", sent)
    assert "赵领 · 陈登 代录" in shown(world, "county_clerk", f"/cases/{matter.pk}/")


def test_a_late_entry_shows_no_day_on_which_it_was_verified(world: World, tmp_path: Path) -> None:
    nobody = dict.fromkeys(("责任单位", "责任人", "牵头单位"))
    imported(world, ledger(tmp_path, row(状态="未启动", **nobody)))
    stops = folder(world, numbered("QS-1"), "county_clerk").stops
    assert [(stop.title, stop.note, stop.state) for stop in stops[:3]] == [
        ("登记", "03-02", "ok"),
        ("核实", "", "ok"),
        ("交办", "", "now"),
    ]


def test_a_late_entry_that_ended_shows_its_own_day(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row(状态="已销号", 销号日期="2025-12-01")))
    stops = folder(world, numbered("QS-1"), "county_clerk").stops
    assert (stops[-1].title, stops[-1].note) == ("销号", "12-01")
    assert {stop.note for stop in stops[1:-1]} == {""}


def test_persons_whom_a_ledger_names_stand_beside_their_units(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row(状态="未启动", 牵头单位=None, 责任单位=None, 责任人=None)))
    assert dict(folder(world, numbered("QS-1"), "county_clerk").units)["牵头单位"] == "— 赵某"


def test_handing_out_starts_from_the_deadline_that_is_known(world: World, tmp_path: Path) -> None:
    nobody = dict.fromkeys(("责任单位", "责任人", "牵头单位"))
    imported(world, ledger(tmp_path, row(状态="未启动", **nobody)))
    matter = numbered("QS-1")
    with time_machine.travel(world.now, tick=False):
        page = world.people.enter("county_dispatcher").get(f"/cases/{matter.pk}/assign/").content.decode()
    assert 'value="2026-12-31"' in page


def test_a_case_of_our_own_tells_the_days_of_its_steps(world: World) -> None:
    matter = a_case(world)
    world.later(3)
    actions.verify(world.fresh(matter), said(), actor=world.actor("county_clerk"), now=world.now)
    notes = [stop.note for stop in folder(world, matter, "county_clerk").stops]
    assert notes[:2] == ["03-02", "03-05"]


def test_a_petition_lays_no_three_duties(world: World) -> None:
    page = shown(world, "county_clerk", f"/cases/{a_petition(world).pk}/")
    assert "三个责任" not in page
    assert "登记单位 青石县自然资源局" in page


def test_whoever_works_on_it_reads_at_the_head_why_it_was_sent_back_until_it_goes_on(world: World) -> None:
    matter = brought_to(world, "planned")
    reviewer, manager = world.actor("city_reviewer"), world.actor("enterprise_manager")
    actions.return_plan(world.fresh(matter), said("没有写清回填方量"), actor=reviewer, now=world.now)
    actions.urge(
        world.fresh(matter), Brought(), text="请抓紧", actor=world.actor("county_dispatcher"), now=world.now
    )
    head = folder(world, matter, "enterprise_manager").sent_back
    assert head is not None
    assert head.note == "没有写清回填方量"
    page = shown(world, "enterprise_manager", f"/cases/{matter.pk}/")
    assert page.index("没有写清回填方量") < page.index("基本情况")
    actions.draft_plan(
        world.fresh(matter), a_plan(world, due_on=matter.due_on), Brought(), actor=manager, now=world.now
    )
    actions.submit_plan(world.fresh(matter), Brought(), actor=manager, now=world.now)
    assert folder(world, matter, "enterprise_manager").sent_back is None
