"""Can people go every route by the pages alone, each at their own, from the list to closed and back?"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def send(world: World, who: str, path: str, sent: dict[str, Any]) -> HttpResponse:
    """The page is opened and sent, as a browser would."""
    with time_machine.travel(world.now, tick=False):
        client = world.people.enter(who)
        assert client.get(path).status_code == 200, (who, path)
        return client.post(path, sent)


def registered(world: World, path: str = "/cases/new/", **changes: Any) -> Matter:
    sent = {
        "title": "采坑未回填", "mine": f"老虎沟铁矿 · {world.mine.pk}", "route": "by_date", "problem": "unrestored",
        "severity": "ordinary", "source": "self_check",
    } | changes  # fmt: skip
    assert send(world, "county_clerk", path, sent).status_code == 302
    return Matter.objects.latest("pk")


def does(world: World, matter: Matter, who: str, act: str, **sent: Any) -> None:
    """One act by its page; it must go through."""
    version = Matter.objects.get(pk=matter.pk).version
    answer = send(world, who, f"/cases/{matter.pk}/{act}/", {"version": version, **sent})
    said = answer.context["form"].errors if answer.context else ""
    assert answer.status_code == 302, (act, said)


def stands(matter: Matter) -> str:
    return Matter.objects.get(pk=matter.pk).state_name


def in_days(world: World, days: int) -> str:
    return (world.today + timedelta(days=days)).isoformat()


def duties() -> dict[str, str]:
    named = {
        "enterprise_duty": ("青石矿业有限公司", "总经理", "李总"),
        "sector_duty": ("青石县自然资源局", "局长", "王局"),
        "territorial_duty": ("青石县人民政府", "县长", "赵县"),
    }
    parts = ("unit", "post", "person")
    return {
        f"{duty}_{part}": word
        for duty, words in named.items()
        for part, word in zip(parts, words, strict=True)
    }


def a_plan(world: World) -> dict[str, str]:
    due = in_days(world, 60)
    rows = {
        "stages-TOTAL_FORMS": "1", "stages-INITIAL_FORMS": "0", "stages-0-name": "回填", "stages-0-due_on": due,
        "measures-TOTAL_FORMS": "1", "measures-INITIAL_FORMS": "0", "measures-0-name": "回填采坑",
        "measures-0-stage": "1", "measures-0-quantity": "1.5", "measures-0-quantity_unit": "万立方米",
        "measures-0-unit_name": "青石矿业有限公司", "measures-0-post": "环保部经理", "measures-0-person_name": "李企",
        "measures-0-due_on": due,
    }  # fmt: skip
    plan = {
        "title": "老虎沟整改方案",
        "target": "复绿 3.2 公顷",
        "target_quantity": "3.2",
        "target_unit": "公顷",
    }
    return {**plan, "due_on": due, **rows}


def a_photograph() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(content, "JPEG")
    return SimpleUploadedFile("回填后.jpg", content.getvalue(), content_type="image/jpeg")


def to_the_plan(world: World, matter: Matter, *, of: str = "") -> None:
    """Verified, assigned, taken on, planned and approved; `of` is what the acts of the route end with."""
    bureau = world.organisation("county_bureau")
    does(world, matter, "county_clerk", f"verify{of}", grounds="现场确有采坑")
    does(
        world, matter, "county_dispatcher", f"assign{of}", answering=f"{bureau.name} · {bureau.pk}",
        executing="青石矿业有限公司", due_on=in_days(world, 90), joint_1="青石县人民政府",
    )  # fmt: skip
    does(world, matter, "county_clerk", f"take_on{of}", **duties())
    draft = "draft_plan" if not of else "draft_lasting_plan"
    does(world, matter, "enterprise_manager", draft, **a_plan(world))
    does(world, matter, "enterprise_manager", draft.replace("draft", "submit"))
    does(world, matter, "city_reviewer", draft.replace("draft", "approve"), number="青自然资〔2026〕3号")


def accepted(world: World, matter: Matter) -> None:
    """Done, shown, checked, applied for and accepted."""
    measure = matter.plans.get(state="approved").measures.get()
    does(
        world, matter, "enterprise_manager", "report_progress",
        **{f"percent_{measure.pk}": "100", f"quantity_{measure.pk}": "1.5"},
    )  # fmt: skip
    does(
        world, matter, "enterprise_manager", "add_evidence", uploads=[a_photograph()], phase="after",
        nothing_secret_in_files="on",
    )  # fmt: skip
    does(world, matter, "enterprise_manager", "self_check")
    does(world, matter, "enterprise_manager", "apply_for_acceptance")
    does(
        world, matter, "county_reviewer", "accept_at_county", visitors="韩验、周专", visited_on=in_days(world, 0),
        grounds="达到方案要求",
    )  # fmt: skip


def test_a_problem_goes_from_the_list_to_closed_and_is_reopened_by_the_pages_alone(world: World) -> None:
    matter = registered(world)
    to_the_plan(world, matter)
    assert stands(matter) == "rectifying"
    does(
        world,
        matter,
        "city_reviewer",
        "extend",
        due_on=in_days(world, 75),
        grounds="汛期停工",
        number="青自〔2026〕9号",
    )
    accepted(world, matter)
    does(
        world, matter, "county_clerk", "give_public_notice", where="县政府网站", contact="0000-0000000",
        from_on=in_days(world, 0), to_on=in_days(world, 9),
    )  # fmt: skip
    does(world, matter, "county_clerk", "register_objection", text="东侧还有一堆渣", channel="phone")
    objection = matter.notices.get().objections.get()
    does(
        world, matter, "county_clerk", "answer_objection", objection=str(objection.pk), outcome="no",
        grounds="该处不在本问题范围，已另行登记",
    )  # fmt: skip
    does(world, matter, "county_reviewer", "evaluate_effect", target_reached="yes", grounds="实测 3.2 公顷")
    does(world, matter, "county_clerk", "note_enforcement", state="none_needed", grounds="无违法行为")
    does(world, matter, "enterprise_manager", "note_mechanism", mechanism="月巡查制度")
    world.later(10)
    does(world, matter, "county_leader", "close", number="青政〔2026〕11号")
    assert stands(matter) == "closed"
    world.later(100)
    does(world, matter, "county_dispatcher", "reopen", due_on=in_days(world, 60), grounds="复垦地块再次破坏")
    assert stands(matter) == "reopened"
    assert astray() == []
    assert matter.steps.count() == Entry.objects.count()


def test_what_goes_wrong_on_the_way_is_sent_back_by_the_pages(world: World) -> None:
    matter = registered(world)
    to_the_plan(world, matter)
    accepted(world, matter)
    does(world, matter, "county_reviewer", "return_acceptance", grounds="坡脚仍有废渣")
    assert stands(matter) == "rectifying"
    does(
        world, matter, "city_reviewer", "adjust", target="复绿 2.8 公顷", target_quantity="2.8", target_unit="公顷",
        grounds="0.4 公顷划入公益林", number="青自〔2026〕10号",
    )  # fmt: skip
    does(world, matter, "county_clerk", "note_mine_state", state="closed", since_on=in_days(world, 0))
    does(
        world, matter, "county_leader", "order_performance", performer="青石县修复中心", grounds="逾期不履行",
        number="青政〔2026〕12号",
    )  # fmt: skip
    does(world, matter, "county_dispatcher", "urge", text="【催办】请抓紧")
    does(
        world, matter, "county_clerk", "correct", title="采坑未回填（北侧）", severity="serious", source="self_check",
        source_number="", grounds="登记时位置写错",
    )  # fmt: skip
    assert [plan.target for plan in matter.plans.order_by("number")] == ["复绿 3.2 公顷", "复绿 2.8 公顷"]
    assert Matter.objects.get(pk=matter.pk).title == "采坑未回填（北侧）"
    assert astray() == []


def test_problems_leave_the_list_by_the_pages_otherwise_than_closed(world: World) -> None:
    whole, part, elsewhere, wrong = (registered(world, title=title) for title in ("甲", "乙", "丙", "丁"))
    does(world, part, "county_dispatcher", "merge", into=str(whole.pk), grounds="同一采坑")
    does(world, whole, "county_dispatcher", "split", parts="甲北\n甲南", grounds="两处分开整改")
    does(world, elsewhere, "county_clerk", "verify", grounds="在白沙县")
    region = world.people.regions["990102"]
    does(
        world,
        elsewhere,
        "provincial_dispatcher",
        "transfer",
        region=f"{region.name} · {region.pk}",
        grounds="跨界",
    )
    does(world, wrong, "county_leader", "withdraw", grounds="重复来文", number="青政〔2026〕2号")
    assert [stands(each) for each in (part, whole, elsewhere, wrong)] == [
        "merged",
        "split",
        "verified",
        "withdrawn",
    ]
    assert Matter.objects.get(pk=elsewhere.pk).region_id == region.pk
    assert {child.title for child in whole.children.all()} == {"甲北", "甲南"}
    assert astray() == []


def test_a_lasting_task_is_kept_up_and_checked_by_the_pages(world: World) -> None:
    matter = registered(world, route="lasting")
    to_the_plan(world, matter, of="_lasting")
    stage = matter.plans.get(state="approved").stages.get()
    does(world, matter, "enterprise_manager", "complete_stage", stage=str(stage.pk))
    does(
        world, matter, "enterprise_manager", "add_lasting_evidence", uploads=[a_photograph()],
        nothing_secret_in_files="on",
    )  # fmt: skip
    does(world, matter, "enterprise_manager", "apply_for_yearly_check")
    does(
        world, matter, "city_reviewer", "pass_yearly_check", visitors="钱审", visited_on=in_days(world, 0),
        next_due_on=in_days(world, 365), grounds="坚持良好",
    )  # fmt: skip
    assert stands(matter) == "keeping_up"
    assert Matter.objects.get(pk=matter.pk).due_on == world.today + timedelta(days=365)


def test_a_petition_is_answered_and_another_becomes_a_case_by_the_pages(world: World) -> None:
    given = {"channel": "phone", "content": "举报扬尘", "source": "petition", "number": "D2SX202603020024"}
    matter = registered(world, "/petitions/new/", title="扬尘扰民", complainant="某居民", **given)
    bureau = world.organisation("county_bureau")
    answering = f"{bureau.name} · {bureau.pk}"
    does(world, matter, "county_clerk", "pass_on", answering=answering, due_on=in_days(world, 7))
    does(world, matter, "county_clerk", "verify_petition", finding="partly", grounds="喷淋未开")
    does(world, matter, "county_clerk", "handle_petition", grounds="责令开启喷淋")
    does(world, matter, "county_clerk", "reply_to_petition", grounds="已电话回复")
    does(world, matter, "city_reviewer", "finish_petition_for_now", grounds="三个月后再查")
    does(
        world,
        matter,
        "county_clerk",
        "turn_petition_into_case",
        title="抑尘设施缺失",
        route="by_date",
        problem="dust",
    )
    assert stands(matter) == "turned"
    case = Matter.objects.get(title="抑尘设施缺失")
    assert matter.petition.turned_into_id == case.pk
    assert case.parent_id == matter.pk
    page = world.people.enter("county_clerk").get(f"/cases/{matter.pk}/").content.decode()
    assert f'href="/cases/{case.pk}/"' in page


def test_a_problem_that_is_put_right_at_once_needs_no_plan(world: World) -> None:
    matter = registered(world, route="at_once")
    bureau = world.organisation("county_bureau")
    does(world, matter, "county_clerk", "verify", grounds="现场有弃渣")
    does(
        world, matter, "county_dispatcher", "assign", answering=f"{bureau.name} · {bureau.pk}",
        executing="青石矿业有限公司", due_on=in_days(world, 5),
    )  # fmt: skip
    does(world, matter, "county_clerk", "take_on", **duties())
    does(world, matter, "enterprise_manager", "begin_at_once")
    assert stands(matter) == "rectifying"
