"""Can the entry of a project be put right, with grounds, so that what stood there before is still read?"""

from __future__ import annotations

import pytest
import time_machine

from qingshan.office.errors import NotAllowed
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.actions import ProjectEntry
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.restoration.tests.factories import World, a_project, led_to
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened, words
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.errors import RuleBroken
from qingshan.rules.roles import Role

GROUNDS = Brought(grounds="登记时多写一位")


def corrected(world: World, matter: Matter, brought: Brought = GROUNDS, **said: object) -> Matter:
    entry = ProjectEntry(**said)  # type: ignore[arg-type]
    actions.correct_project(matter, brought, entry=entry, **world.by("county_clerk"))
    return world.fresh(matter)


def facts(matter: Matter) -> dict[str, object]:
    return matter.steps.latest("matter_version").facts or {}


def test_planned_funds_are_put_right_and_the_rate_by_money_with_them(world: World) -> None:
    matter = led_to(world, a_project(world), "working")
    actions.report_progress(
        matter, Brought(), percent=None, spent_fen=10_000_000, **world.by("enterprise_manager")
    )
    matter = corrected(world, world.fresh(matter), planned_fen=20_000_000)
    found = queries.reached(actor=world.actor("city_reviewer"), on=world.today)
    assert (found.fen_spent, found.fen_planned) == (10_000_000, 20_000_000)
    assert facts(matter) == {"old_planned_wan": "300.00", "planned_wan": "20.00"}


def test_what_is_not_said_stays_as_it_was(world: World) -> None:
    matter = corrected(world, a_project(world), mode=RestorationMode.TO_WATER)
    assert matter.title == "老虎沟废弃采坑修复"
    assert matter.restoration.planned_fen == 300_000_000
    assert facts(matter) == {"old_mode": "to_forest", "mode": "to_water"}


def test_programme_and_number_of_the_source_are_put_right(world: World) -> None:
    matter = corrected(world, a_project(world), programme="中央财政", source_number="青财〔2026〕1号")
    matter = corrected(world, matter, programme="省级财政", source_number="青财〔2026〕2号")
    assert facts(matter) == {
        "old_source_number": "青财〔2026〕1号",
        "source_number": "青财〔2026〕2号",
        "old_programme": "中央财政",
        "programme": "省级财政",
    }
    page = words(opened(world, "county_clerk", f"/restoration/{matter.pk}/"))
    assert "原资金或工程来源" in page


def test_another_unit_does_the_works_and_it_is_its_turn(world: World) -> None:
    matter = led_to(world, a_project(world), "approved")
    bureau = world.people.organisations["county_bureau"]
    matter = corrected(world, matter, executing=bureau)
    held = [party.organisation_id for party in matter_parties(matter) if party.role == Role.EXECUTING]
    assert held == [bureau.pk]
    assert matter.awaits_organisation == bureau
    assert facts(matter)["old_executing"] == world.people.organisations["enterprise"].full_name


def test_an_enterprise_that_no_longer_does_the_works_on_land_without_a_mine_sees_them_no_more(
    world: World,
) -> None:
    matter = a_project(world, mine=None)
    assert opened(world, "enterprise_manager", f"/restoration/{matter.pk}/").status_code == 200
    matter = corrected(world, matter, executing=world.people.organisations["county_bureau"])
    assert matter.enterprise is None


def test_a_unit_that_would_not_see_the_project_is_not_put_in(world: World) -> None:
    far = world.people.organisations["other_county_bureau"]
    with pytest.raises(RestorationRefused) as refused:
        corrected(world, a_project(world), executing=far)
    assert refused.value.code == "restoration.unit_out_of_reach"


def test_nothing_is_put_right_without_grounds_or_duty_or_below_nothing(world: World) -> None:
    matter = a_project(world)
    with pytest.raises(RuleBroken):
        corrected(world, matter, Brought(), planned_fen=1)
    with pytest.raises(RestorationRefused):
        corrected(world, matter, planned_fen=-1)
    with pytest.raises(NotAllowed):
        actions.correct_project(
            matter, GROUNDS, entry=ProjectEntry(planned_fen=1), **world.by("city_reviewer")
        )
    assert world.fresh(matter).restoration.planned_fen == 300_000_000


def test_a_clerk_puts_it_right_at_the_page(world: World) -> None:
    matter = a_project(world)
    path = f"/restoration/{matter.pk}/correct_project/"
    shown = world.people.enter("county_clerk").get(path).content.decode()
    assert 'name="planned_wan" value="300' in shown
    sent = {"title": matter.title, "mode": "to_forest", "planned_wan": "30", "grounds": "多写一位"}
    with time_machine.travel(world.now, tick=False):
        answer = world.people.enter("county_clerk").post(path, {**sent, "executing": "青石县自然资源局"})
    assert answer.status_code == 302
    assert world.fresh(matter).restoration.planned_fen == 30_000_000


def test_who_is_named_keeps_both_names(world: World) -> None:
    matter = corrected(world, a_project(world), executing=world.people.organisations["county_bureau"])
    roles = matter.parties.filter(role=Role.EXECUTING.value).order_by("pk")
    assert [party.to_on is None for party in roles] == [False, True]
