from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse

from qingshan.office.cases import actions
from qingshan.office.cases.actions.planning import NewCover
from qingshan.office.cases.areas import Covering, coverage
from qingshan.office.cases.tests.areas import HECTARE_M2, LAND, an_area_case, area_plan, drawn_up, more_mines
from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.cases.tests.plans import drafted, taken_on
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter, Plan
from qingshan.office.mines.models import Mine
from qingshan.rules.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def approve(world: World, matter: Matter) -> None:
    clerk = world.actor("county_clerk")
    actions.submit_plan(world.fresh(matter), Brought(), actor=clerk, now=world.now)
    number = Brought(number="云自然资〔2026〕5号")
    actions.approve_plan(world.fresh(matter), number, actor=world.actor("city_reviewer"), now=world.now)


def ask(world: World, method: str, path: str, who: str = "county_clerk", **data: Any) -> HttpResponse:
    with time_machine.travel(world.now, tick=False):
        return getattr(world.people.enter(who), method)(path, data)


def form_of(world: World, matter: Matter, **more: Any) -> dict[str, Any]:
    return {
        "version": world.fresh(matter).version,
        "lands-TOTAL_FORMS": 2,
        "lands-INITIAL_FORMS": 0,
        "no_land": "",
        **more,
    }


def test_a_mine_is_listed_until_it_is_covered_or_left_out_with_a_reason(world: World) -> None:
    east, west = more_mines(world, "东山石料场", "西山石料场")
    matter = an_area_case(world)
    plan = drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND))
    found = coverage(plan, reader=world.actor("county_clerk"))
    assert found is not None
    assert [each.mine for each in found.open] == [east, west]
    covers = (
        NewCover(mine=world.mine),
        NewCover(mine=east),
        NewCover(mine=west, left_out_because="已移交林草部门"),
    )
    plan = drawn_up(world, matter, area_plan(world, *covers, LAND))
    found = coverage(plan, reader=world.actor("county_clerk"))
    assert found is not None
    assert found.open == []
    assert (found.covered, found.left_out, len(found.mines)) == (2, 1, 3)
    assert found.share_of_mines == "66.67% = 2 / 3 座（按矿山）"


def test_a_plan_of_an_area_is_approved_only_when_every_mine_is_covered_or_left_out(world: World) -> None:
    (east,) = more_mines(world, "东山石料场")
    matter = an_area_case(world)
    drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND))
    with pytest.raises(RuleBroken) as refused:
        approve(world, matter)
    assert refused.value.code == "rules.questions.what_uncovered"
    assert refused.value.say() == (
        "治什么：片区“青石县”共 2 座矿山，还有 1 座没有纳入方案：东山石料场。请逐座纳入，或写明不纳入的理由。"
    )
    actions.return_plan(
        world.fresh(matter), Brought(grounds="请补齐"), actor=world.actor("city_reviewer"), now=world.now
    )
    drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), NewCover(mine=east), LAND))
    approve(world, matter)
    assert Plan.objects.get(matter=matter, state="approved").covers.count() == 3


def test_public_land_is_named_or_said_to_be_none(world: World) -> None:
    matter = an_area_case(world)
    drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine)))
    with pytest.raises(RuleBroken) as refused:
        approve(world, matter)
    assert [each.code for each in refused.value.reasons] == ["rules.questions.what_public_land"]


def test_closed_mines_of_the_area_count_and_merged_entries_do_not(world: World) -> None:
    closed, double = more_mines(world, "停产矿", "重复登记矿")
    Mine.objects.filter(pk=closed.pk).update(state="closed")
    Mine.objects.filter(pk=double.pk).update(merged_into=world.mine)
    more_mines(world, "望川矿", county="990102")
    matter = an_area_case(world)
    plan = drawn_up(world, matter, area_plan(world, LAND))
    found = coverage(plan, reader=world.actor("county_clerk"))
    assert found is not None
    assert {each.mine.name for each in found.mines} == {"老虎沟铁矿", "停产矿"}


def test_a_covered_mine_is_answered_by_the_plan_of_its_own_case(world: World) -> None:
    more_mines(world, "东山石料场")
    matter = an_area_case(world)
    plan = drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND))
    own = drafted(world)
    found = coverage(plan, reader=world.actor("county_clerk"))
    assert found is not None
    states = {each.mine.name: each.covering for each in found.mines}
    assert states == {"老虎沟铁矿": Covering.ANSWERED, "东山石料场": Covering.OPEN}
    (answered,) = [each for each in found.mines if each.plans]
    assert answered.plans == (own,)
    assert found.share_answered == "100.00% = 1 / 1 座（按矿山）"


def test_a_mines_plan_that_ends_after_its_areas_plan_is_marked(world: World) -> None:
    matter = an_area_case(world)
    early = world.today + timedelta(days=30)
    plan = drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND, due_on=early))
    own = drafted(world)
    found = coverage(plan, reader=world.actor("county_clerk"))
    assert found is not None
    assert found.mines[0].late == (own,)


def test_land_is_added_up_from_outlines_and_what_was_written_and_unknown_land_is_counted(
    world: World,
) -> None:
    (bare,) = more_mines(world, "无图形矿")
    Mine.objects.filter(pk=bare.pk).update(geom=None)
    bare.refresh_from_db()
    matter = an_area_case(world)
    covers = (NewCover(mine=world.mine, area_m2=40 * HECTARE_M2), NewCover(mine=bare), LAND)
    plan = drawn_up(world, matter, area_plan(world, *covers))
    found = coverage(plan, reader=world.actor("county_clerk"))
    assert found is not None
    assert found.covered_m2 == 52.5 * HECTARE_M2
    assert found.without_area == 1


def test_whoever_sees_one_mine_of_the_area_learns_no_name_of_the_others(world: World) -> None:
    more_mines(world, "东山石料场")
    matter = an_area_case(world)
    Matter.objects.filter(pk=matter.pk).update(enterprise=world.organisation("enterprise"))
    drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND))
    page = ask(world, "get", f"/cases/{matter.pk}/plan/", "enterprise_manager").content.decode()
    assert "东山石料场" not in page
    assert "另有 1 座矿山您无权查看" in page
    assert "还有 1 座没有纳入方案：……" in page


def test_the_page_of_an_area_plan_lists_mines_lands_and_figures_with_denominators(world: World) -> None:
    more_mines(world, "东山石料场")
    matter = an_area_case(world)
    plan = drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND))
    own = drafted(world)
    page = ask(world, "get", f"/cases/{matter.pk}/plan/").content.decode()
    for words in ("片区覆盖：青石县", "尚未覆盖", "50.00% = 1 / 2", "北山沟谷", "12.50 公顷（187.5 亩）"):
        assert words in page
    assert f"/cases/{own.matter_id}/plan/{own.number}/" in page
    assert "2 = 纳入 1 + 不纳入 0 + 未覆盖 1" in page
    assert plan.area is not None


def test_what_is_covered_is_filled_in_on_one_page_and_saved_as_a_draft(world: World) -> None:
    (east,) = more_mines(world, "东山石料场")
    matter = an_area_case(world)
    path = f"/cases/{matter.pk}/plan/area/"
    assert "东山石料场" in ask(world, "get", path).content.decode()
    given = form_of(
        world,
        matter,
        **{
            f"mine-{world.mine.pk}-choice": "cover",
            f"mine-{east.pk}-choice": "leave",
            f"mine-{east.pk}-why": "不在流域内",
            "lands-0-name": "北山沟谷",
            "lands-0-hectares": "12.5",
        },
    )
    assert ask(world, "post", path, **given).status_code == 302
    plan = Plan.objects.get(matter=matter)
    covers = {(each.mine and each.mine.name, each.name, each.left_out_because) for each in plan.covers.all()}
    assert covers == {("老虎沟铁矿", "", ""), ("东山石料场", "", "不在流域内"), (None, "北山沟谷", "")}
    assert plan.covers.get(name="北山沟谷").area_m2 == 125_000
    assert plan.area == world.people.regions["990101"]
    assert world.fresh(matter).steps.order_by("-matter_version")[0].act == "cases.draft_plan"


def test_undecided_mines_are_taken_in_at_once_when_that_is_wanted(world: World) -> None:
    more_mines(world, "东山石料场")
    matter = an_area_case(world)
    answer = ask(world, "post", f"/cases/{matter.pk}/plan/area/", **form_of(world, matter, all=""))
    assert answer.status_code == 200
    assert answer.content.decode().count('value="cover" selected') == 2
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("change", "said_so"),
    [
        ({"mine": "leave"}, "请写明不纳入的理由"),
        ({"mine": "perhaps"}, "perhaps"),
        ({"lands-0-hectares": "3"}, "请写明公共区域的名称"),
        ({"lands-0-name": "沟", "lands-0-hectares": "-3"}, "0"),
        ({"lands-0-name": "沟", "lands-0-hectares": "很大"}, "数字"),
        ({"lands-0-name": "沟", "no_land": "没有"}, "这里请留空"),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(world: World, change: dict[str, str], said_so: str) -> None:
    matter = an_area_case(world)
    named = {
        f"mine-{world.mine.pk}-choice" if name == "mine" else name: value for name, value in change.items()
    }
    answer = ask(world, "post", f"/cases/{matter.pk}/plan/area/", **form_of(world, matter, **named))
    assert answer.status_code == 422
    assert said_so in answer.content.decode()
    assert not Plan.objects.exists()


def test_another_region_is_not_offered_and_a_mines_case_has_no_area(world: World) -> None:
    matter = an_area_case(world)
    path = f"/cases/{matter.pk}/plan/area/"
    assert ask(world, "get", path, area="990102000000").status_code == 404
    assert ask(world, "get", path, area="nonsense").status_code == 404
    own = taken_on(world)
    assert ask(world, "get", f"/cases/{own.pk}/plan/area/").status_code == 404
    assert ask(world, "get", path, "other_county_clerk").status_code == 404


def test_whoever_does_not_answer_for_the_area_cannot_save(world: World) -> None:
    matter = an_area_case(world)
    path = f"/cases/{matter.pk}/plan/area/"
    assert ask(world, "post", path, "city_reviewer", **form_of(world, matter)).status_code == 403


def test_a_mines_plan_is_laid_into_the_plan_of_its_area(world: World) -> None:
    area = an_area_case(world)
    drawn_up(world, area, area_plan(world, NewCover(mine=world.mine), LAND))
    approve(world, area)
    matter = taken_on(world)
    path = f"/cases/{matter.pk}/plan/backward/"
    page = ask(world, "get", path, "enterprise_manager").content.decode()
    assert "北山片区治理方案" in page
    within = Plan.objects.get(matter=area)
    given = {
        "version": matter.version, "due_on": "2026-05-29", "not_before": "", "within": within.pk,
        "stages-TOTAL_FORMS": 1, "stages-INITIAL_FORMS": 0,
        "stages-0-name": "回填", "stages-0-days": 10, "stages-0-work": "earthwork", "save": "",
    }  # fmt: skip
    assert ask(world, "post", path, "enterprise_manager", **given).status_code == 302
    assert Plan.objects.get(matter=matter).within == within
    listed = ask(world, "get", f"/cases/{area.pk}/plan/").content.decode()
    assert "已注明属于本片区方案" in listed


def test_a_new_version_of_an_areas_plan_keeps_what_it_covers(world: World) -> None:
    matter = an_area_case(world)
    drawn_up(world, matter, area_plan(world, NewCover(mine=world.mine), LAND))
    approve(world, matter)
    actions.adjust(
        world.fresh(matter),
        Brought(grounds="核减", number="云自然资〔2026〕6号"),
        target="治理 10 公顷",
        target_quantity=None,
        target_unit="",
        actor=world.actor("city_reviewer"),
        now=world.now,
    )
    newest = Plan.objects.get(matter=matter, number=2)
    assert newest.area is not None
    assert newest.covers.count() == 2


def test_looking_at_an_area_costs_as_many_queries_for_many_mines_as_for_few(
    world: World, django_assert_max_num_queries: Any
) -> None:
    more_mines(world, *(f"{number}号石料场" for number in range(30)))
    matter = an_area_case(world)
    plan = drawn_up(world, matter, area_plan(world, LAND))
    reader = world.actor("county_clerk")
    with django_assert_max_num_queries(8):
        found = coverage(Plan.objects.select_related("area", "matter").get(pk=plan.pk), reader=reader)
    assert found is not None
    assert len(found.open) == 31
