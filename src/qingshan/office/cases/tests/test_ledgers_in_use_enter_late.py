"""Does a ledger in use come in as it stands: no invented step, every day kept, what is missing listed?"""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from shapely.geometry import box

from qingshan.office.cases import actions
from qingshan.office.cases.actions.working import NewEvidence, Progress
from qingshan.office.cases.tests.factories import (
    World,
    a_world,
    brought_to,
    evidence,
    said,
    three_duties,
)
from qingshan.office.cases.tests.ledgers import (
    HEAD,
    applied,
    counts,
    imported,
    ledger,
    numbered,
    refusals,
    remarks,
    row,
    staged,
)
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import stock_flow
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.mines.models import Site
from qingshan.office.observations.models import Claim
from qingshan.office.observations.tests.factories import as_recorded
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.matters import EvidenceKind
from qingshan.rules.roles import Role
from qingshan.rules.stock import Move

pytestmark = pytest.mark.django_db


NOBODY = dict.fromkeys(("责任单位", "责任人", "牵头单位", "责任领导"))


@pytest.fixture
def world() -> World:
    return a_world()


def test_a_row_becomes_a_case_with_parts_plan_and_measures(world: World, tmp_path: Path) -> None:
    import_ = imported(world, ledger(tmp_path, row()))
    assert (counts(import_), refusals(import_)) == ((1, 0, 0, 0), [])
    matter = numbered("QS-1")
    assert (matter.state_id, matter.late_entry) == ("rectification.rectifying", True)
    assert (matter.source, matter.source_number) == ("central_inspection", "第二轮中央生态环境保护督察")
    assert (matter.region_id, matter.mine, matter.due_on) == (
        990101000000,
        world.mine,
        date(2026, 12, 31),
    )
    assert matter.enterprise == world.organisation("enterprise")
    assert matter.case.levels == ["county", "prefecture", "province"]
    plan = matter.plans.get()
    assert (plan.state, plan.target) == ("approved", "回填采坑，复绿 3.2 公顷")
    assert [measure.name for measure in plan.measures.order_by("place")] == [
        "清运弃渣",
        "回填采坑 1.5 万立方米",
        "覆土复绿",
    ]
    assert astray() == []


def test_units_are_found_by_what_people_call_them(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row(责任单位="县自然资源局、县林业局")))
    parties = {
        (party.role, party.unit_name, party.organisation_id, party.person_name)
        for party in numbered("QS-1").parties.all()
    }
    bureau, government = world.organisation("county_bureau"), world.organisation("county_government")
    city = world.organisation("city_bureau")
    assert parties == {
        (Role.REGISTERING, "青石县自然资源局", bureau.pk, ""),
        (Role.ANSWERING, "青石县自然资源局", bureau.pk, "陈某"),
        (Role.ANSWERING, "县林业局", None, ""),
        (Role.LEADING, "青石县人民政府", government.pk, "赵某"),
        (Role.SUPERVISING, "云岭市自然资源局", city.pk, ""),
    }


def test_there_is_one_first_step_and_one_entry_over_all(world: World, tmp_path: Path) -> None:
    before = Entry.objects.count()
    imported(world, ledger(tmp_path, row(), row(编号="QS-2"), row(编号="QS-3", 状态="未启动")))
    assert [matter.steps.count() for matter in Matter.objects.all()] == [1, 1, 1]
    assert Entry.objects.count() == before + 1
    faults = [
        each
        for each in verify_trail().faults
        if str(each.values.get("kind", "")).startswith(("matters.", "cases."))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("changes", "state", "missing"),
    [
        ({"状态": "未启动"}, "rectification.assigned", None),
        ({"状态": "未启动", **NOBODY}, "rectification.verified", None),
        ({"状态": "推进中"}, "rectification.rectifying", ["整改方案批准文件"]),
        ({"状态": "逾期"}, "rectification.rectifying", ["整改方案批准文件"]),
        ({"状态": "基本完成待验收"}, "rectification.applied", ["整改方案批准文件", "自查自验报告"]),
        (
            {"状态": "已验收待公示", "来源": "自查发现"},
            "rectification.county_accepted",
            ["整改方案批准文件", "自查自验报告", "验收意见"],
        ),
        (
            {"状态": "已验收待公示"},
            "rectification.province_accepted",
            ["整改方案批准文件", "自查自验报告", "验收意见"],
        ),
        (
            {"状态": "公示中", "公示起止": "2026年2月25日至3月4日"},
            "rectification.in_notice",
            ["整改方案批准文件", "自查自验报告", "验收意见", "公示证明"],
        ),
        (
            {"状态": "已销号", "销号日期": "2025.12.1", "整改类型": "立行立改"},
            "rectification.closed",
            ["自查自验报告", "验收意见", "公示证明", "销号批准文件"],
        ),
        ({"状态": "反弹"}, "rectification.reopened", None),
        ({"状态": "长期坚持"}, "lasting.keeping_up", ["整改方案批准文件"]),
        ({"状态": None, "完成时限": "长期坚持"}, "lasting.keeping_up", ["整改方案批准文件"]),
        ({"状态": "整改中"}, "rectification.rectifying", ["整改方案批准文件"]),
    ],
)  # fmt: skip
def test_each_word_of_a_ledger_is_a_state_with_the_papers_that_it_should_have(
    world: World, tmp_path: Path, changes: dict[str, Any], state: str, missing: list[str] | None
) -> None:
    import_ = imported(world, ledger(tmp_path, row(**{"整改类型": None, **changes})))
    assert refusals(import_) == []
    matter = numbered("QS-1")
    assert (matter.state_id, matter.missing_papers) == (state, missing)
    assert astray() == []


def test_original_days_stay_and_what_ended_long_ago_came_in_and_went_out(
    world: World, tmp_path: Path
) -> None:
    ended = row(
        状态="已销号",
        自验日期="2025-05-01",
        验收日期="2025-06-01",
        公示起止="2025-06-03至2025-06-10",
        销号日期="2025-07-01",
    )
    imported(world, ledger(tmp_path, [*ended, "2024-03-05"], head=[*HEAD, "交办日期"]))
    matter = numbered("QS-1")
    assert (matter.opened_on, matter.closed_on) == (date(2024, 3, 5), date(2025, 7, 1))
    assert matter.steps.get().occurred_on == date(2024, 3, 5)
    notice = matter.notices.get()
    assert (notice.from_on, notice.to_on) == (date(2025, 6, 3), date(2025, 6, 10))
    flow = stock_flow(
        "rectification", actor=world.actor("county_clerk"), from_on=world.today, to_on=world.today
    )
    assert flow.counts == {Move.OPENED: 1, Move.CLOSED: 1}
    assert matter.awaits_duty == ""


def test_the_same_file_twice_changes_nothing(world: World, tmp_path: Path) -> None:
    path = ledger(
        tmp_path,
        row(),
        row(编号="QS-2", 状态="已销号", 销号日期="2025-12-01"),
        row(编号=None, 问题摘要="边坡"),
    )
    imported(world, path)
    assert counts(staged(world, path)) == (0, 0, 3, 0)


def test_a_later_edition_corrects_what_nobody_has_acted_on(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row()))
    later = ledger(tmp_path, row(状态="已销号", 销号日期="2026-02-28", 完成时限="2026-02-28"), name="新.xlsx")
    import_ = staged(world, later)
    assert counts(import_) == (0, 1, 0, 0)
    applied(world, import_)
    matter = numbered("QS-1")
    assert (matter.state_id, matter.closed_on) == ("rectification.closed", date(2026, 2, 28))
    assert [(step.act, step.from_state_id) for step in matter.steps.order_by("matter_version")] == [
        ("cases.import_cases", None),
        ("cases.import_cases", "rectification.rectifying"),
    ]
    change = matter.due_changes.get()
    assert (change.old_due_on, change.new_due_on) == (date(2026, 12, 31), date(2026, 2, 28))
    assert matter.plans.count() == 2
    assert astray() == []
    assert counts(staged(world, later)) == (0, 0, 1, 0)
    faults = [
        each
        for each in verify_trail().faults
        if str(each.values.get("kind", "")).startswith(("matters.", "cases."))
    ]
    assert faults == []


def test_what_was_acted_on_since_is_refused_when_it_differs_and_left_when_not(
    world: World, tmp_path: Path
) -> None:
    same = ledger(tmp_path, row(状态="未启动"))
    imported(world, same)
    actions.correct(
        world.fresh(numbered("QS-1")),
        said("摘要有误"),
        corrected={"title": "采坑未回填"},
        actor=world.actor("county_clerk"),
        now=world.now,
    )
    assert counts(staged(world, same)) == (0, 0, 1, 0)
    other = staged(world, ledger(tmp_path, row(状态="推进中"), name="新.xlsx"))
    assert counts(other) == (0, 0, 0, 1)
    assert refusals(other) == [
        "第 2 行“状态”：“QS-1”已在系统内办理，台账不再改动它，但“状态”与系统不同。"
        "请在系统内办理或更正，或从表中去掉这一行。"
    ]


def test_a_late_case_goes_on_along_the_flow(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row(状态="未启动")))
    matter = world.fresh(numbered("QS-1"))
    assert matter.awaits_organisation == world.organisation("county_bureau")
    actions.take_on(
        matter, Brought(), duties=three_duties(world), actor=world.actor("county_clerk"), now=world.now
    )
    assert world.fresh(matter).state_id == "rectification.taken_on"
    assert astray() == []


def test_rows_that_cannot_be_meant_come_back_with_the_reason(world: World, tmp_path: Path) -> None:
    import_ = staged(
        world,
        ledger(
            tmp_path,
            row(编号="A", 行政区划="某县"),
            row(编号="B", 状态="已销号", 整改类型="长期坚持"),
            row(编号="C", 状态="半拉子"),
            row(编号="D", 矿山编号="X-9"),
            row(编号="E", 公示起止="三月份"),
            row(编号="F", 状态="已销号", 自验日期=None),
            row(编号="G", 状态="已销号", 销号日期="2027-01-01"),
            row(编号="H", 行政区划="白沙县"),
            row(编号="I", 问题摘要=None),
            row(编号="J", 完成时限="尽快"),
        ),
    )
    assert counts(import_) == (0, 0, 0, 10)
    assert [text.partition("：")[2].partition("。")[0] for text in refusals(import_)] == [
        "“某县”不是您管辖范围内唯一的行政区划名称或代码",
        "长期坚持的问题不验收销号，不能是“已销号”",
        "读到“半拉子”，不在可选项内",
        "没有编号为“X-9”的矿山或点位，或您无权查看",
        "读到“三月份”，不是起止日期",
        "状态是了结的，但没有销号日期，也没有公示结束或验收日期",
        "日期 2027-01-01 还没有到",
        "“白沙县”不是您管辖范围内唯一的行政区划名称或代码",
        "没有填写问题摘要，也没有问题描述",
        "读到“尽快”，不是日期",
    ]


def test_a_clerk_of_another_county_can_neither_read_nor_take_a_number(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row()))
    other = staged(
        world,
        ledger(tmp_path, row(行政区划="白沙县", 矿山编号=None), name="邻县.xlsx"),
        by="other_county_clerk",
    )
    assert [text for text in refusals(other) if "QS-1" in text] == [
        "第 2 行“编号”：编号“QS-1”已被其他地区使用。请改用其他编号，或请上级登记人员处理。"
    ]


def test_remarks_say_what_was_understood(world: World, tmp_path: Path) -> None:
    odd = row(编号="3", 问题类型="生态问题", 状态=None, 验收日期="2026-02-01")
    import_ = staged(world, ledger(tmp_path, [*odd, "第二轮"], head=[*HEAD, "批次"]))
    assert counts(import_) == (1, 0, 0, 0)
    assert [text.partition("：")[2] for text in remarks(import_)] == [
        "“3”只是序号，不同台账会重复，按“补-990101-第二轮-3”登记。",
        "没有填写状态，按日期和进度认定为“已验收待公示”。请核对。",
        "问题类型“生态问题”不在分类之内，按“其他”登记，原词保留。",
        "缺件：整改方案批准文件、自查自验报告、验收意见。登记后可以补交。",
    ]


def test_the_ledger_that_leaves_comes_back_unchanged(world: World, tmp_path: Path) -> None:
    ended = row(编号="QS-2", 状态="已销号", 公示起止="2025-06-03至2025-06-10", 销号日期="2025-07-01")
    imported(world, ledger(tmp_path, row(), ended, row(编号="QS-3", 状态="长期坚持", 整改类型=None)))
    answer = world.people.enter("county_clerk").get("/cases/ledger.xlsx")
    path = tmp_path / "导出.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    again = staged(world, path)
    assert refusals(again) == []
    assert again.created == 0


def test_a_case_of_our_own_leaves_in_the_ledger_and_comes_back_unchanged(
    world: World, tmp_path: Path
) -> None:
    brought_to(world, "in_notice")
    answer = world.people.enter("county_clerk").get("/cases/ledger.xlsx")
    path = tmp_path / "导出.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[arg-type]
    again = staged(world, path)
    assert (refusals(again), counts(again)) == ([], (0, 0, 1, 0))


def test_the_form_of_completion_has_the_official_columns_in_their_order(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row()))
    answer = world.people.enter("county_clerk").get("/cases/completion.xlsx")
    page = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]  # type: ignore[arg-type]
    head, first = ([cell.value for cell in cells] for cells in list(page.iter_rows())[:2])
    assert head == [
        "序号", "反馈问题（整改任务）", "整改时限", "整改目标", "责任单位", "联系电话", "整改措施", "完成情况",
    ]  # fmt: skip
    assert first[1] == "采坑未回填复绿"
    assert first[7] == "整改中"


def test_a_missing_paper_is_supplied_with_evidence_and_no_longer_listed(world: World, tmp_path: Path) -> None:
    imported(world, ledger(tmp_path, row(状态="基本完成待验收")))
    matter = world.fresh(numbered("QS-1"))
    paper = [NewEvidence(EvidenceKind.DOCUMENT, "方案批复")]
    clerk = world.actor("county_clerk")
    actions.add_evidence(matter, paper, Brought(), actor=clerk, now=world.now, supplies="整改方案批准文件")
    matter = world.fresh(matter)
    assert matter.missing_papers == ["自查自验报告"]
    with pytest.raises(MatterRefused, match="paper_not_missing"):
        actions.add_evidence(
            matter, paper, Brought(), actor=clerk, now=world.now, supplies="整改方案批准文件"
        )
    page = world.people.enter("county_clerk").get(f"/cases/{matter.pk}/").content.decode()
    assert "缺件：自查自验报告" in page
    assert astray() == []


def test_the_third_row_of_another_ledger_is_not_the_third_row_of_this_one(
    world: World, tmp_path: Path
) -> None:
    imported(world, ledger(tmp_path, row(编号="3", 问题摘要="采坑")))
    other = staged(world, ledger(tmp_path, row(编号="3", 问题摘要="弃渣"), name="另一本.xlsx"))
    assert counts(other) == (1, 0, 0, 0)


def test_the_preview_says_in_which_state_each_row_will_stand(world: World, tmp_path: Path) -> None:
    import_ = staged(
        world,
        ledger(
            tmp_path,
            row(),
            row(编号="QS-2", 问题摘要="边坡失稳", 状态="未启动"),
            row(编号="QS-3", 问题摘要="弃渣压占", 状态="已销号", 销号日期="2025-12-01"),
            row(编号="QS-4", 问题摘要="扬尘", 行政区划="没有这个县"),
        ),
        good_rows_only=True,
    )
    page = world.people.enter("county_clerk").get(f"/imports/{import_.pk}/").content.decode()
    assert re.findall("补录为“(.+?)”", page) == ["整改中", "已交办待认领", "已销号"]
    assert "这一行不会写入" in page
    applied(world, import_)
    states = {number: numbered(number).state.name for number in ("QS-1", "QS-2", "QS-3")}
    assert states == {"QS-1": "整改中", "QS-2": "已交办待认领", "QS-3": "已销号"}


CLOSED = {"状态": "已销号", "自验日期": "2024-09-01", "验收日期": "2024-10-08", "公示起止": "2024-10-10至2024-10-23",
          "销号日期": "2024-11-05"}  # fmt: skip


def claims_of(number: str) -> list[tuple[Any, ...]]:
    rows = Claim.objects.filter(matter=numbered(number)).order_by("pk")
    return list(rows.values_list("state", "restored_since", "claimed_on", "accepted_on"))


def test_what_a_ledger_calls_done_is_claimed_with_the_days_that_it_names(
    world: World, tmp_path: Path
) -> None:
    rows = [
        row(),
        row(编号="QS-2", **CLOSED),
        row(编号="QS-3", 状态="基本完成待验收", 自验日期="2025-06-30"),
        row(编号="QS-4", 状态="基本完成待验收"),
        row(编号="QS-5", 问题类型="扬尘", **CLOSED),
        row(编号="QS-6", 状态="反弹", 验收日期="2024-10-08"),
    ]
    imported(world, ledger(tmp_path, *rows))
    first, accepted, told = date(2024, 9, 1), date(2024, 10, 8), date(2025, 6, 30)
    assert claims_of("QS-2") == [("observed", first, first, accepted)]
    assert claims_of("QS-3") == [("observed", told, told, None)]
    assert claims_of("QS-4") == [("observed", world.today, world.today, None)]
    assert [claims_of(number) for number in ("QS-1", "QS-5", "QS-6")] == [[], [], []]
    closed = Claim.objects.get(matter=numbered("QS-2"))
    assert closed.watched_until == date(2027, 10, 8)
    assert closed.because is not None
    assert closed.because[0]["code"] == "observations.no_shape"  # no land is named: nobody waits for images


def test_a_later_edition_corrects_what_is_claimed_and_the_same_again_changes_nothing(
    world: World, tmp_path: Path
) -> None:
    site = Site.objects.create(
        key="DW-1", name="东采坑", region=world.people.regions["990101"], mine=world.mine,
        geom=box(122.1, 33.1, 122.102, 33.102),
    )  # fmt: skip

    def brought(name: str, **changes: Any) -> None:
        imported(world, ledger(tmp_path, row(矿山编号=site.key, **changes), name=f"{name}.xlsx"))

    brought("1", **CLOSED)
    claim = Claim.objects.get()
    assert (claim.site, claim.state, claim.accepted_on) == (site, "queued", date(2024, 10, 8))
    assert claim.area_m2
    brought("2", **CLOSED, 责任人="陈某某")
    assert Claim.objects.get().version == claim.version
    brought("3", **(CLOSED | {"自验日期": "2024-09-15"}))
    assert [each[:2] for each in claims_of("QS-1")] == [
        ("superseded", date(2024, 9, 1)),
        ("queued", date(2024, 9, 15)),
    ]
    brought("4", 状态="推进中", **dict.fromkeys(("自验日期", "验收日期", "公示起止", "销号日期"), "—"))
    assert [each[0] for each in claims_of("QS-1")] == ["superseded", "withdrawn"]
    assert as_recorded()
    assert astray() == []


def test_a_measure_at_a_hundred_percent_is_a_claim_until_the_whole_is_applied_for(world: World) -> None:
    matter = brought_to(world, "rectifying")
    measure = matter.plans.get(state="approved").measures.get()
    manager = world.actor("enterprise_manager")

    def reported(percent: int) -> None:
        actions.report_progress(
            world.fresh(matter), [Progress(measure, percent)], Brought(), actor=manager, now=world.now
        )

    reported(60)
    assert not Claim.objects.exists()
    reported(100)
    claim = Claim.objects.get()
    assert (claim.subject_kind, claim.subject_id, claim.matter) == ("matters.measure", measure.pk, matter)
    assert (claim.claimed_on, claim.restored_since) == (world.today, world.today)
    assert measure.name in claim.about
    reported(100)
    assert Claim.objects.count() == 1
    reported(80)
    assert Claim.objects.get().state == "withdrawn"
    reported(100)
    assert [each.state for each in Claim.objects.order_by("pk")] == ["withdrawn", "observed"]
    actions.self_check(world.fresh(matter), Brought(), actor=manager, now=world.now)
    actions.add_evidence(world.fresh(matter), evidence(), Brought(), actor=manager, now=world.now)
    actions.apply_for_acceptance(world.fresh(matter), Brought(), actor=manager, now=world.now)
    assert [each.state for each in Claim.objects.order_by("pk")] == ["withdrawn", "superseded", "observed"]
    assert Claim.objects.latest("pk").subject_kind == "matters.matter"
    assert as_recorded()
