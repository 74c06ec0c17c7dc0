from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from qingshan.office.cases import actions
from qingshan.office.cases.tests.factories import NOW, World, a_world, said
from qingshan.office.cases.tests.plans import DUE, approved, drafted, report, staged_plan, taken_on
from qingshan.office.matters.models import Plan
from qingshan.office.observations.models import Claim
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def shown(world: World, path: str, who: str = "enterprise_manager", **more: Any) -> HttpResponse:
    with time_machine.travel(world.now, tick=False):
        return world.people.enter(who).get(path, **more)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def sent(world: World, path: str, who: str = "enterprise_manager", **data: Any) -> HttpResponse:
    with time_machine.travel(world.now, tick=False):
        return world.people.enter(who).post(path, data)


def rows(*stages: dict[str, Any], version: int, **head: Any) -> dict[str, Any]:
    """What the form of 倒排工期 sends."""
    given: dict[str, Any] = {
        "version": version, "due_on": DUE.isoformat(), "not_before": "2026-03-02",
        "stages-TOTAL_FORMS": len(stages), "stages-INITIAL_FORMS": 0, **head,
    }  # fmt: skip
    for number, stage in enumerate(stages):
        given |= {f"stages-{number}-{name}": value for name, value in stage.items()}
    return given


CLEARING = {"name": "清运弃渣", "work": "earthwork", "days": 10, "term": "short"}
PLANTING = {"name": "栽植", "work": "planting", "days": 20, "after": "1", "lag_days": 7, "term": "short"}


def test_a_plan_shows_its_four_questions_its_task_map_and_its_measures(world: World) -> None:
    plan = approved(world)
    page = text(shown(world, f"/cases/{plan.matter_id}/plan/"))
    for word in ("治什么", "何时治", "谁来治", "治不好谁来管", "已答全", "任务图", "基线", "时限 2026-05-29"):
        assert word in page
    assert "— / 1.5 万立方米" in page
    assert "style=" not in page
    assert page.count("<svg") >= 2


def test_a_matter_without_a_plan_says_so_and_leads_to_one(world: World) -> None:
    matter = taken_on(world)
    page = text(shown(world, f"/cases/{matter.pk}/plan/"))
    assert "还没有编制整改方案" in page
    assert f"/cases/{matter.pk}/plan/backward/" in page
    assert shown(world, f"/cases/{matter.pk}/plan/1/").status_code == 404


def test_slip_and_its_cause_stand_on_the_page(world: World) -> None:
    plan = approved(world)
    world.later(14)
    report(world, plan, (1, {"begun_on": date(2026, 3, 9), "percent": 50}))
    page = text(shown(world, f"/cases/{plan.matter_id}/plan/"))
    assert "由“清运弃渣”引起" in page
    assert "推迟 7 天" in page
    assert "影响：回填采坑、栽植乔灌木" in page


def test_two_versions_stand_side_by_side_with_what_changed(world: World) -> None:
    plan = approved(world)
    actions.adjust(
        world.fresh(plan.matter),
        replace(said("面积核减"), number="青自然资〔2026〕9号"),
        target="回填采坑并复绿 2.8 公顷",
        target_quantity=None,
        target_unit="",
        actor=world.actor("city_reviewer"),
        now=world.now,
    )
    page = text(shown(world, f"/cases/{plan.matter_id}/plan/"))
    assert "回填采坑并复绿 3.2 公顷" in page
    assert "回填采坑并复绿 2.8 公顷" in page
    assert "第 1 版与第 2 版" in page
    assert "3 项中有 0 项变化" in page
    old = text(shown(world, f"/cases/{plan.matter_id}/plan/1/"))
    assert "已被替代" in old


def test_dates_are_proposed_and_nothing_is_saved_before_it_is_wanted(world: World) -> None:
    matter = taken_on(world)
    answer = sent(world, f"/cases/{matter.pk}/plan/backward/",
                  **rows(CLEARING, PLANTING, version=matter.version), propose="")  # fmt: skip
    assert answer.status_code == 200
    page = text(answer)
    assert "2026-05-04" in page
    assert "2026-05-29" in page
    assert "尚未保存" in page
    assert not Plan.objects.exists()


def test_a_proposal_is_saved_through_the_act_that_drafts_a_plan(world: World) -> None:
    matter = taken_on(world)
    answer = sent(world, f"/cases/{matter.pk}/plan/backward/",
                  **rows(CLEARING, PLANTING, version=matter.version), save="")  # fmt: skip
    assert answer.status_code == 302
    plan = Plan.objects.get()
    assert [(stage.from_on, stage.due_on) for stage in plan.stages.order_by("place")] == [
        (date(2026, 4, 13), date(2026, 4, 24)),
        (date(2026, 5, 4), date(2026, 5, 29)),
    ]
    assert (plan.due_on, plan.from_on, plan.state) == (DUE, date(2026, 4, 13), "draft")
    assert matter.steps.order_by("-matter_version")[0].act == "cases.draft_plan"


def test_placing_stages_anew_keeps_target_and_measures_and_lets_them_follow_their_stage(world: World) -> None:
    plan = drafted(world)
    matter = world.fresh(plan.matter)
    stages = [
        {**PLANTING, "was": 3, "after": "2"},
        {**CLEARING, "was": 1, "name": "清运全部弃渣"},
    ]
    answer = sent(
        world, f"/cases/{matter.pk}/plan/backward/", **rows(*stages, version=matter.version), save=""
    )
    assert answer.status_code == 302
    plan = Plan.objects.get()
    assert plan.target_quantity is not None
    held = {each.name: each.stage and each.stage.name for each in plan.measures.all()}
    assert held == {"清运弃渣": "清运全部弃渣", "回填采坑": None}


def test_what_does_not_fit_is_said_and_not_saved(world: World) -> None:
    matter = taken_on(world)
    given = rows({**CLEARING, "days": 200}, version=matter.version)
    answer = sent(world, f"/cases/{matter.pk}/plan/backward/", **given, save="")
    assert answer.status_code == 422
    assert "最早可在" in text(answer)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("change", "said_so"),
    [
        ({"days": "两周"}, "整数"),
        ({"days": ""}, "请填写工期"),
        ({"after": "一"}, "前置节点只写序号"),
        ({"after": "7"}, "没有第 7 行节点"),
        ({"name": ""}, "还没有填写任何节点"),
        ({"work": "blasting"}, "blasting"),
        ({"days": "999999999"}, "5000"),
        ({"begins_on": "2026-02-31"}, "日期"),
    ],
)
def test_a_row_that_cannot_be_says_what_is_wrong(world: World, change: dict[str, str], said_so: str) -> None:
    matter = taken_on(world)
    given = rows({**CLEARING, **change}, version=matter.version)
    answer = sent(world, f"/cases/{matter.pk}/plan/backward/", **given, propose="")
    assert answer.status_code == 422
    assert said_so in text(answer)


def test_more_rows_come_without_losing_what_was_typed(world: World) -> None:
    matter = taken_on(world)
    answer = sent(
        world, f"/cases/{matter.pk}/plan/backward/", **rows(CLEARING, version=matter.version), more=""
    )
    assert 'name="stages-3-name"' in text(answer)
    assert 'value="清运弃渣"' in text(answer)


def test_whoever_acted_meanwhile_makes_the_saving_refuse_itself(world: World) -> None:
    matter = taken_on(world)
    given = rows(CLEARING, version=matter.version - 1)
    answer = sent(world, f"/cases/{matter.pk}/plan/backward/", **given, save="")
    assert answer.status_code in {409, 422}
    assert not Plan.objects.exists()


def test_whoever_has_no_part_may_reckon_but_not_save(world: World) -> None:
    matter = taken_on(world)
    path = f"/cases/{matter.pk}/plan/backward/"
    page = text(sent(world, path, "city_reviewer", **rows(CLEARING, version=matter.version), propose=""))
    assert "这里只作试算" in page
    answer = sent(world, path, "city_reviewer", **rows(CLEARING, version=matter.version), save="")
    assert answer.status_code == 403
    assert not Plan.objects.exists()


def reported(world: World, plan: Plan, **given: Any) -> HttpResponse:
    path, matter = f"/cases/{plan.matter_id}/report_progress/", world.fresh(plan.matter)
    return sent(world, path, version=matter.version, **given)


def test_stages_and_measures_are_reported_together(world: World) -> None:
    plan = approved(world)
    first, second, third = plan.stages.order_by("place")
    clearing = plan.measures.get(stage=first)
    before = Entry.objects.count()
    given = {f"percent_{clearing.pk}": 40, f"begun_{first.pk}": "2026-03-02", f"stage_percent_{third.pk}": 5}
    assert reported(world, plan, **given).status_code == 302
    assert Entry.objects.count() == before + 1
    first.refresh_from_db()
    clearing.refresh_from_db()
    assert (first.progress_percent, first.begun_on, first.done_on) == (40, date(2026, 3, 2), None)
    assert (clearing.progress_percent, clearing.done_on) == (40, None)
    assert plan.stages.get(place=2).reported_on is None
    assert plan.stages.get(place=3).progress_percent == 5
    assert second.measures.get().reported_on is None
    same = {f"percent_{clearing.pk}": 100, f"begun_{first.pk}": "2026-03-02", f"stage_percent_{third.pk}": 5}
    assert reported(world, plan, **same).status_code == 302
    first.refresh_from_db()
    assert (first.progress_percent, first.done_on) == (100, world.today)


def test_whoever_reports_a_measure_may_say_what_the_land_is_to_become(world: World) -> None:
    plan = approved(world)
    page = shown(world, f"/cases/{plan.matter_id}/report_progress/")
    assert "这块地修复成什么用地" in text(page)
    clearing = plan.measures.get(stage=plan.stages.get(place=1))
    assert reported(world, plan, **{f"percent_{clearing.pk}": 100}, target="lawn").status_code == 422
    assert reported(world, plan, **{f"percent_{clearing.pk}": 100}, target="cropland").status_code == 302
    assert Claim.objects.get().target == "cropland"


def test_a_stage_is_not_done_while_one_of_its_measures_is_not(world: World) -> None:
    plan = approved(world)
    first = plan.stages.get(place=1)
    clearing = plan.measures.get(stage=first)
    done = {f"percent_{clearing.pk}": 80, f"done_{first.pk}": "2026-03-02"}
    refused = reported(world, plan, **done)
    assert (refused.status_code, "进度是 80%，节点还没有完成" in text(refused)) == (422, True)
    assert plan.stages.get(place=1).reported_on is None
    assert reported(world, plan, **{**done, f"percent_{clearing.pk}": 100}).status_code == 302
    assert plan.stages.get(place=1).done_on == date(2026, 3, 2)


def test_nothing_new_and_days_to_come_are_no_report(world: World) -> None:
    plan = approved(world)
    first = plan.stages.get(place=1)
    nothing = reported(world, plan)
    assert (nothing.status_code, "没有填写任何一项的新进度" in text(nothing)) == (422, True)
    ahead = reported(world, plan, **{f"begun_{first.pk}": "2026-04-02"})
    assert (ahead.status_code, "晚于填报日" in text(ahead)) == (422, True)


def test_the_form_of_the_whole_plan_keeps_rows_that_were_left_as_they_are(world: World) -> None:
    plan = drafted(world)
    path = f"/cases/{plan.matter_id}/draft_plan/"
    form = shown(world, path).context["form"]
    answer = sent(world, path, **untouched(form))
    assert answer.status_code == 302
    again = Plan.objects.get()
    assert again.version == plan.version + 1
    kept = [
        (each.name, each.days, each.after, each.lag_days, each.work)
        for each in again.stages.order_by("place")
    ]
    assert kept[2] == ("栽植乔灌木", 20, [2], 7, "planting")
    assert again.measures.count() == 2


def untouched(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched."""
    parts = [form, form.stages.management_form, *form.stages, form.measures.management_form, *form.measures]
    found = {field.html_name: field.value() for part in parts for field in part}
    return {name: value for name, value in found.items() if value not in {None, ""} and value is not False}


def test_names_from_people_never_become_markup(world: World) -> None:
    nasty = '"><script>alert(1)</script>=1+1'
    base = staged_plan(world)
    plan = drafted(world, plan=replace(base, stages=(replace(base.stages[0], name=nasty), *base.stages[1:])))
    page = text(shown(world, f"/cases/{plan.matter_id}/plan/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_task_map_leaves_as_a_workbook_without_formulas(world: World) -> None:
    base = staged_plan(world)
    plan = approved(
        world, plan=replace(base, stages=(replace(base.stages[0], name="=1+1"), *base.stages[1:]))
    )
    world.later(14)
    report(world, plan, (1, {"begun_on": date(2026, 3, 9), "percent": 50}))
    answer = shown(world, f"/cases/{plan.matter_id}/plan/1/task-map.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book["任务图"]
    first = [cell.value for cell in sheet[5]]
    assert first[1] == "=1+1"
    assert sheet["B5"].data_type == "s"
    assert [first[6].date(), first[8].date(), first[13]] == [date(2026, 3, 2), date(2026, 3, 9), 7]
    letters = [cell for cell in first[15:] if cell]
    assert letters[0] == "基"
    assert set(letters) <= {"基", "预", "实"}
    assert [cell.value for cell in book["整改措施"][3]][1:6] == [
        "回填采坑",
        "回填采坑",
        1.5,
        None,
        "万立方米",
    ]


def test_a_page_asks_the_database_as_often_for_many_stages_as_for_few(world: World) -> None:
    base = staged_plan(world)
    few = approved(world)
    measure = base.measures[1]
    many = approved(
        world,
        plan=replace(
            base,
            stages=(*base.stages, *(replace(base.stages[0], name=f"第 {n} 段") for n in range(40))),
            measures=(*base.measures, *(replace(measure, name=f"第 {n} 项", stage=n + 4) for n in range(40))),
        ),
    )
    assert questions_of(world, many) == questions_of(world, few)


def questions_of(world: World, plan: Plan) -> int:
    shown(world, f"/cases/{plan.matter_id}/plan/")
    with CaptureQueriesContext(connection) as asked:
        assert shown(world, f"/cases/{plan.matter_id}/plan/").status_code == 200
    return len(asked)


def test_another_county_finds_no_plan(world: World) -> None:
    plan = approved(world)
    for below in ("", "1/", "backward/", "1/task-map.xlsx"):
        path = f"/cases/{plan.matter_id}/plan/{below}"
        assert shown(world, path, "other_county_clerk").status_code == 404


def test_the_world_begins_where_the_dates_of_these_tests_do() -> None:
    assert NOW.date() == date(2026, 3, 2)
