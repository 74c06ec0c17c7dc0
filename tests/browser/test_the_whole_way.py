"""Can people go the whole way in a browser, each at their own page, from an untidy workbook to closed and back?

`QINGSHAN_PICTURES` names a folder that takes a picture of every step.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
import xlsxwriter
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.accounts.actions import assign_expert
from qingshan.office.cases.tests.factories import NOW, World, a_world
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter
from qingshan.office.trail.models import Entry

OpenPage = Callable[..., Any]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
PICTURES = os.environ.get("QINGSHAN_PICTURES")
TITLE = "老虎沟铁矿采坑未回填"
BUREAU, ENTERPRISE, GOVERNMENT = "青石县自然资源局", "青石矿业有限公司", "青石县人民政府"


# ---- who, when, where ----


@dataclass
class Office:
    """Everybody at their own page, on one clock."""

    world: World
    clock: Any
    page_for: OpenPage
    sign_in: Callable[[Any, Any], None]
    pages: dict[str, Any] = field(default_factory=dict)
    idle: set[str] = field(default_factory=set)
    taken: int = 0

    def page(self, who: str) -> Any:
        """The person's page; whoever let days pass signs in again."""
        person = self.world.people[who]
        if who not in self.pages:
            self.pages[who] = self.page_for(person)
        elif who in self.idle:
            self.sign_in(self.pages[who], person)
        self.idle.discard(who)
        return self.pages[who]

    def days_pass(self, days: int) -> None:
        for page in self.pages.values():  # no day ends while a part of a page is still on its way
            expect(page.locator('[hx-trigger="load"]')).to_have_count(0)
        self.world.later(days)
        self.clock.move_to(self.world.now)
        self.idle = set(self.pages)

    def in_days(self, days: int) -> str:
        return (self.world.today + timedelta(days=days)).isoformat()

    def picture(self, page: Any, name: str, *, on_phone: bool = False) -> None:
        """For people to look at; none unless somebody asks for them."""
        if not PICTURES:
            return
        self.taken += 1
        for suffix, viewport in (("", DESK), *((("-phone", PHONE),) if on_phone else ())):
            page.set_viewport_size(viewport)
            page.screenshot(path=Path(PICTURES) / f"{self.taken:02}-{name}{suffix}.png", full_page=True)
        page.set_viewport_size(DESK)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def office(server: str, clock: Any, page_for: OpenPage, sign_in: Callable[[Any, Any], None]) -> Office:
    return Office(a_world(), clock, page_for, sign_in)


@dataclass
class Folder:
    """One matter, as people come to it: by its title in a ledger."""

    office: Office
    title: str
    ledger: str = "/cases/"

    def opened_by(self, who: str) -> Any:
        page = self.office.page(who)
        page.goto(self.ledger)
        page.get_by_role("link", name=self.title).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(self.title)
        return page

    def does(self, who: str, act: str, *, then: str, **filled: Any) -> Any:
        """One act from its button to the sentence that says it is done, and how the matter stands then."""
        page = self.opened_by(who)
        press(page, act)
        expect(page.get_by_role("heading", level=1)).to_have_text(act)
        fill(page, **filled)
        self.office.picture(page, f"{act}-{who}")
        page.get_by_role("button", name=act, exact=True).click()
        expect(page.get_by_text(f"已办理，写入全过程记录：{act}。")).to_be_visible()
        expect(page.locator(".head .sub")).to_contain_text(then)
        self.office.picture(page, f"{act}-after")
        return page


def press(page: Any, act: str) -> None:
    """The button at the head of the matter, or its line in the lists beside it."""
    acts = page.locator(".head .acts")
    link = acts.get_by_role("link", name=act, exact=True)
    if not link.is_visible():
        for more in acts.locator("details").filter(has=page.get_by_text(act, exact=True)).all():
            more.locator("summary").click()
    link.click()


def fill(
    page: Any,
    *,
    typed: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
    ticked: Sequence[str] = (),
) -> None:
    """Fields by their labels: what is typed, what is chosen from a list, what is ticked."""
    form = page.locator("form[method=post]").filter(has=page.locator(".row-of-acts"))
    for label, text in (typed or {}).items():
        labelled(form, label).fill(text)
    for label, option in (chosen or {}).items():
        labelled(form, label).select_option(label=option)
    for label in ticked:
        form.get_by_label(label, exact=True).check()


def labelled(within: Any, label: str) -> Any:
    """A field of the form itself stands before those of its rows."""
    return within.get_by_label(re.compile(rf"^{re.escape(label)}(必填)?$")).first


def row(page: Any, group: str, number: int) -> Any:
    """A row of stages or measures."""
    return page.get_by_role("group", name=group).locator("[data-row]").nth(number - 1)


# ---- from a workbook ----


def an_untidy_ledger(path: Path) -> Path:
    """As it lies on the clerk's disk: titles, two lines of headers, numbered columns, a note, words of its own."""
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet("整改台账")
    page.merge_range("A1:I1", "青石县矿山生态修复问题整改台账")
    page.merge_range("A2:I2", "填报单位：青石县自然资源局　　填报日期：2026年2月28日")
    heads = ("序号", "问题编号", "问题来源", "反馈问题\n（整改任务）", "涉及矿山", "整改时限")
    for place, text in enumerate(heads):
        page.merge_range(2, place, 3, place, text)
    page.merge_range("G3:H3", "责任落实")
    page.write_row("G4", ["责任单位", "责任领导"])
    page.merge_range("I3:I4", "整改状态")
    page.write_row("A5", range(1, 10))
    rows = (
        ("QS-01", TITLE, "老虎沟铁矿", "2026年12月底前", None, "赵某", "未启动"),
        ("QS-02", "老虎沟铁矿运输道路扬尘", "老虎沟铁矿", "2026.6.30", "县自然资源局", "赵某", "●整改中"),
        ("QS-03", "老虎沟铁矿排土场边坡过陡", "老虎沟铁矿", "2026年6月", "县自然资源局、县林业局", "赵某", "已完成"),
        ("QS-04", "老虎沟铁矿越界开采", "老虎沟铁矿", "2025年底", "县自然资源局", None, "差不多了"),
    )  # fmt: skip
    page.merge_range("C6:C9", "自查发现")
    for number, (key, *others) in enumerate(rows, start=1):
        page.write_row(number + 4, 0, [number, key])
        page.write_row(number + 4, 3, others)
    page.merge_range("A10:I10", "注：整改时限以批准的方案为准。")
    made.close()
    return path


def brings_the_ledger(office: Office, file: Path) -> None:
    """Three rows go in, one comes back with its reason."""
    page = office.page("county_clerk")
    page.goto("/")
    office.picture(page, "工作台")
    page.get_by_role("link", name="导入表格").click()
    page.get_by_role("link", name="导入整改台账", exact=True).click()
    page.get_by_label("把文件拖到这里").set_input_files(file)
    office.picture(page, "选择文件")
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)
    work_off_the_queue()
    expect(page.get_by_role("link", name="新增 3")).to_be_visible()
    expect(page.get_by_role("link", name="退回 1")).to_be_visible()
    expect(page.get_by_text("“差不多了”")).to_be_visible()
    office.picture(page, "预览", on_phone=True)
    page.get_by_role("button", name="仅导入合格的 3 行").click()
    page.get_by_role("dialog").get_by_role("button", name="导入合格的行").click()
    expect(page.get_by_text("导入完成，已写入全过程记录")).to_be_visible()
    office.picture(page, "导入完成")
    page.get_by_role("link", name="到列表查看").click()
    expect(page.locator(".head .sub")).to_have_text("共 3 件")
    office.picture(page, "整改台账", on_phone=True)


def registers_it_again_by_mistake(office: Office) -> None:
    """What is in the ledger already: verified, then withdrawn by the leader's paper, which the clerk records."""
    page = office.page("county_clerk")
    page.goto("/cases/")
    page.get_by_role("link", name="登记问题").click()
    fill(
        page,
        typed={
            "问题摘要": "老虎沟采坑没有回填",
            "矿山": office.world.mine.name,
            "发现日期": office.in_days(-1),
        },
        chosen={"问题类型": "应修复未修复", "来源": "自查发现"},
        ticked=["限期整改"],
    )
    office.picture(page, "登记问题")
    page.get_by_role("button", name="登记问题").click()
    expect(page.get_by_text("同一矿山或 500 米内未了结的")).to_be_visible()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    office.picture(page, "登记之后")
    twin = Folder(office, "老虎沟采坑没有回填")
    twin.does(
        "county_clerk", "核实", typed={"核实情况": "现场确有采坑，与台账 QS-01 为同一处"}, then="已核实待交办"
    )  # fmt: skip
    page = twin.does(
        "county_clerk", "撤销", then="已撤销",
        typed={"理由或情况": "与 QS-01 重复", "决定文件文号": "青政〔2026〕2号", "决定日期": office.in_days(0)},
        chosen={"决定人": f"赵领（{GOVERNMENT} · 副县长）"},
    )  # fmt: skip
    expect(page.get_by_text("代录", exact=False).first).to_be_visible()


# ---- to the plan ----


def handed_out_and_taken_on(office: Office, case: Folder) -> None:
    case.does(
        "county_dispatcher", "交办", then="已交办待认领",
        typed={"责任单位": BUREAU, "实施单位": ENTERPRISE, "配合单位": GOVERNMENT, "完成时限": office.in_days(90)},
    )  # fmt: skip
    duties = {
        "企业主体责任": ("总经理", "李总"),
        "行业部门监管责任": ("局长", "王局"),
        "党委政府属地责任": ("县长", "赵县"),
    }
    page = case.does(
        "county_clerk", "认领", then="已认领待编方案",
        typed={
            f"{duty} · {part}": word
            for duty, words in duties.items()
            for part, word in zip(("岗位或职务", "责任人"), words, strict=True)
        },
    )  # fmt: skip
    held = page.get_by_role("region", name="三个责任")
    for words in ((ENTERPRISE, "总经理", "李总"), (BUREAU, "局长", "王局"), (GOVERNMENT, "县长", "赵县")):
        expect(held.get_by_role("row").filter(has_text=words[0])).to_contain_text("".join(words))
    office.picture(page, "认领后的办理页", on_phone=True)


def planned(office: Office, case: Folder) -> None:
    """Drawn up by the enterprise, returned once, corrected, approved by the city."""
    page = case.opened_by("enterprise_manager")
    press(page, "编制整改方案")
    fill(
        page,
        typed={
            "方案名称": "老虎沟采坑整改方案", "整改目标": "回填采坑并复绿 3.2 公顷", "目标数量": "3.2",
            "目标单位": "公顷", "完成时限": office.in_days(60),
        },
    )  # fmt: skip
    for number, name, days in ((1, "清运弃渣", 20), (2, "回填采坑", 40), (3, "覆土复绿", 60)):
        if number > 2:
            page.get_by_role("button", name="增加一个节点").click()
            page.get_by_role("button", name="增加一项措施").click()
        stage, measure = row(page, "节点", number), row(page, "整改措施", number)
        fill_row(stage, 节点名称=name, 计划完成=office.in_days(days))
        fill_row(
            measure, 整改措施=name, 所属节点序号=str(number), 工程量=f"{number}.5", 工程量单位="万立方米",
            责任单位=ENTERPRISE, 岗位="环保部经理", 责任人="李企", 完成时限=office.in_days(days),
        )  # fmt: skip
    office.picture(page, "编制整改方案")
    page.get_by_role("button", name="编制整改方案", exact=True).click()
    expect(page.get_by_text("已办理，写入全过程记录：编制整改方案。")).to_be_visible()
    case.does("enterprise_manager", "报送整改方案", then="方案待审批")
    case.does(
        "city_reviewer", "退回整改方案", then="已认领待编方案",
        typed={"理由或情况": "没有写明以何佐证覆土厚度"},
    )  # fmt: skip
    page = case.opened_by("enterprise_manager")
    expect(page.locator(".note").get_by_text("没有写明以何佐证覆土厚度")).to_be_visible()
    press(page, "编制整改方案")
    fill_row(row(page, "整改措施", 3), 以何佐证="覆土厚度实测记录")
    page.get_by_role("button", name="编制整改方案", exact=True).click()
    case.does("enterprise_manager", "报送整改方案", then="方案待审批")
    case.does("city_reviewer", "批准整改方案", then="整改中", typed={"文号": "青自然资〔2026〕3号"})
    page = case.opened_by("enterprise_manager")
    page.get_by_role("link", name="方案、任务图与版本对照").click()
    expect(page.get_by_role("link", name="第 2 版 已批准")).to_be_visible()
    office.picture(page, "整改方案", on_phone=True)


def fill_row(within: Any, **typed: str) -> None:
    for label, text in typed.items():
        labelled(within, label).fill(text)


# ---- done, accepted, closed ----


def photograph(name: str) -> dict[str, Any]:
    content = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


def done(office: Office, case: Folder) -> None:
    """Reported measure by measure, shown by photographs, checked, acceptance applied for."""
    names = {"清运弃渣": "1.5", "回填采坑": "2.5", "覆土复绿": "3.5"}
    page = case.does(
        "enterprise_manager", "填报进展", then="整改中",
        typed={
            **{f"{name} · 完成量": quantity for name, quantity in names.items()},
            **{f"{name} · 进度（%）": "100" for name in names},
        },
    )  # fmt: skip
    expect(page.get_by_text("完成 3 / 3 项")).to_be_visible()
    for phase, name in (("整改前", "回填前.jpg"), ("整改后", "回填后.jpg")):
        page = case.opened_by("enterprise_manager")
        press(page, "上传佐证")
        page.get_by_label("拍照，或把文件拖到这里").set_input_files(photograph(name))
        fill(
            page,
            typed={"拍摄点": "1 号点"},
            chosen={"拍摄时段": phase},
            ticked=["我已核对：文件不含涉密内容"],
        )
        office.picture(page, f"上传佐证-{phase}", on_phone=True)
        page.get_by_role("button", name="上传佐证", exact=True).click()
        expect(page.get_by_text("已办理，写入全过程记录：上传佐证。")).to_be_visible()
    case.does("enterprise_manager", "自查自验", then="已自验待申请", typed={"说明": "三项措施均已完成"})
    case.does("enterprise_manager", "申请验收", then="已申请验收")


def accepted_and_made_public(office: Office, case: Folder) -> None:
    page = case.does(
        "county_reviewer", "县级初验", then="县级初验通过",
        typed={"到场人员": "韩验、周专", "到场日期": office.in_days(0), "验收意见": "达到方案要求"},
    )  # fmt: skip
    expect(page.get_by_text("韩验、周专").first).to_be_visible()
    case.does(
        "county_clerk", "发布公示", then="公示中",
        typed={"公示方式": "县政府网站", "异议受理方式": "0000-0000000", "完成情况": "采坑已回填，复绿 3.2 公顷"},
    )  # fmt: skip
    case.does(
        "county_clerk", "登记异议", then="公示中", typed={"异议内容": "东侧还有一堆渣"}, chosen={"提出方式": "来电"}
    )  # fmt: skip
    page = case.opened_by("county_leader")
    expect(page.get_by_text("东侧还有一堆渣").first).to_be_visible()
    lacking(page, "异议")
    office.picture(page, "销号尚缺", on_phone=True)
    page = case.opened_by("county_clerk")
    press(page, "答复异议")
    fill(
        page, typed={"答复内容": "该处不在本问题范围，已另行登记"}, ticked=["不成立，已作说明"],
        chosen={"哪一件异议": f"{office.in_days(0)} 东侧还有一堆渣"},
    )  # fmt: skip
    office.picture(page, "答复异议")
    page.get_by_role("button", name="答复异议", exact=True).click()
    expect(page.get_by_text("已办理，写入全过程记录：答复异议。")).to_be_visible()


def lacking(page: Any, *words: str) -> None:
    for word in words:
        expect(page.locator(".lack").filter(has_text=word).first).to_be_visible()


def what_closing_needs(office: Office, case: Folder) -> None:
    case.does(
        "county_reviewer", "成效评估", then="公示中",
        typed={"评估意见": "实测回填 2.5 万立方米，复绿 3.2 公顷"}, ticked=["已经达到"],
    )  # fmt: skip
    page = case.opened_by("county_clerk")
    press(page, "登记查处情况")
    fill(page, ticked=["无需查处"], typed={"情况说明": "无违法行为"})
    office.picture(page, "登记查处情况")
    page.get_by_role("button", name="登记查处情况", exact=True).click()
    expect(page.get_by_text("已办理，写入全过程记录：登记查处情况。")).to_be_visible()
    case.does("enterprise_manager", "登记长效机制", then="公示中", typed={"长效机制": "月巡查制度"})


def closed(office: Office, case: Folder) -> None:
    """The leader sees what is missing; after the notice nothing is, and the case is closed by a document."""
    page = case.opened_by("county_leader")
    lacking(page, "公示")
    press(page, "销号")
    expect(page.get_by_role("heading", name="现在还不能办理，因为")).to_be_visible()
    office.picture(page, "销号-尚缺", on_phone=True)
    office.days_pass(10)
    page = case.opened_by("county_leader")
    expect(page.locator(".lack")).to_have_count(0)
    page = case.does("county_leader", "销号", then="已销号", typed={"文号": "青政〔2026〕11号"})
    expect(page.get_by_text("已了结：已销号")).to_be_visible()
    office.picture(page, "已销号", on_phone=True)
    told = page.request.get(page.get_by_role("link", name="销号卷宗").get_attribute("href"))
    assert (told.status, told.body()[:5]) == (200, b"%PDF-")
    if PICTURES:
        (Path(PICTURES) / "销号卷宗.pdf").write_bytes(told.body())


def reopened(office: Office, case: Folder) -> None:
    office.days_pass(100)
    page = office.page("county_dispatcher")
    page.goto("/cases/?view=all")
    office.picture(page, "全部台账")
    page.get_by_role("link", name=TITLE).click()
    press(page, "重新挂账")
    fill(page, typed={"新的完成时限": office.in_days(60), "理由": "复垦地块再次破坏"})
    office.picture(page, "重新挂账")
    page.get_by_role("button", name="重新挂账", exact=True).click()
    expect(page.locator(".head .sub")).to_contain_text("重新挂账待编方案")
    office.picture(page, "重新挂账之后", on_phone=True)


# ---- who sees what ----


def the_expert_sees_what_was_assigned(office: Office, case: Folder) -> None:
    world = office.world
    page = office.page("expert")
    page.goto("/cases/")
    expect(page.get_by_text("没有与您单位有关、或指派给您的内容。")).to_be_visible()
    matter = Matter.objects.get(title=TITLE)
    assign_expert(
        actor=world.actor("city_reviewer"), now=timezone.now(), person=world.people["expert"], kind="matters.matter",
        object_id=matter.pk, to_on=world.today + timedelta(days=30), document="聘〔2026〕1号",
    )  # fmt: skip
    page.goto("/cases/")
    expect(page.locator(".head .sub")).to_have_text("共 1 件")
    office.picture(page, "专家的台账")
    page = case.opened_by("expert")
    expect(page.locator(".head .acts")).to_have_text("销号卷宗")
    office.picture(page, "专家的办理页")


def the_next_county_finds_nothing(office: Office, watch: Any) -> None:
    watch.expect("404 \\(Not Found\\)")
    page = office.page("other_county_clerk")
    page.goto("/cases/")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    answer = page.goto(f"/cases/{Matter.objects.get(title=TITLE).pk}/")
    assert answer.status == 404
    office.picture(page, "邻县找不到")


def a_visitor_is_led_to_log_in(visitor: Any) -> None:
    visitor.goto("/cases/")
    expect(visitor).to_have_url(re.compile(r"/login/\?next=%2Fcases%2F$"))


def the_auditor_reads_every_act(office: Office) -> None:
    page = office.page("auditor")
    page.goto("/trail/")
    for told in ("重新挂账", "销号", "成效评估", "登记异议"):
        expect(page.get_by_role("row").filter(has_text=told).first).to_be_visible()
    office.picture(page, "全过程记录")
    page.get_by_role("row").filter(has_text="重新挂账").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    office.picture(page, "留痕条目")


@pytest.mark.timeout(300)
def test_a_problem_of_an_untidy_workbook_is_put_right_closed_and_reopened(
    office: Office, visitor: Any, watch: Any, tmp_path: Path
) -> None:
    a_visitor_is_led_to_log_in(visitor)
    brings_the_ledger(office, an_untidy_ledger(tmp_path / "青石县整改台账.xlsx"))
    registers_it_again_by_mistake(office)
    case = Folder(office, TITLE)
    handed_out_and_taken_on(office, case)
    planned(office, case)
    office.days_pass(30)
    done(office, case)
    the_expert_sees_what_was_assigned(office, case)
    accepted_and_made_public(office, case)
    what_closing_needs(office, case)
    closed(office, case)
    reopened(office, case)
    the_next_county_finds_nothing(office, watch)
    the_auditor_reads_every_act(office)
    matter = Matter.objects.get(title=TITLE)
    assert (matter.late_entry, matter.closed_on) == (True, None)
    assert astray() == []


@pytest.mark.timeout(300)
def test_a_petition_is_passed_on_verified_handled_answered_and_ended_in_days(office: Office) -> None:
    page = office.page("county_clerk")
    page.goto("/petitions/")
    office.picture(page, "信访转办-空")
    page.get_by_role("link", name="登记转办件").first.click()
    fill(
        page,
        typed={
            "受理编号": "D2SX202603020024", "问题摘要": "夜间扬尘扰民", "交办问题基本情况": "举报矿山夜间扬尘扰民",
            "矿山": office.world.mine.name, "信访人": "某居民",
        },
        chosen={"来件方式": "来电"},
    )  # fmt: skip
    office.picture(page, "登记转办件")
    page.get_by_role("button", name="登记转办件").click()
    expect(page.locator(".head .sub")).to_contain_text("已接收待转办")
    petition = Folder(office, "夜间扬尘扰民", "/petitions/")
    petition.does(
        "county_clerk", "转办", typed={"责任单位": BUREAU, "完成时限": office.in_days(7)}, then="已转办待核实"
    )  # fmt: skip
    office.days_pass(2)
    petition.does(
        "county_clerk", "核实属实情况", typed={"调查核实情况": "喷淋未开"}, ticked=["部分属实"], then="已核实待处理"
    )  # fmt: skip
    petition.does(
        "county_clerk", "登记处理整改情况", typed={"理由或情况": "责令开启喷淋"}, then="已处理待回复"
    )
    petition.does(
        "county_clerk", "登记回复", typed={"理由或情况": "已电话回复，对方认可"}, then="已回复待办结"
    )
    office.days_pass(1)
    page = petition.does("city_reviewer", "办结", then="办结")
    expect(page.get_by_text("已了结：办结")).to_be_visible()
    office.picture(page, "办结之后", on_phone=True)
    page = office.page("enterprise_manager")
    page.goto(page_of(Matter.objects.get()))
    expect(page.get_by_role("heading", level=1)).to_contain_text("夜间扬尘扰民")
    expect(page.get_by_text("某居民")).to_have_count(0)
    assert astray() == []
    assert Matter.objects.get().steps.count() == Entry.objects.count()


def page_of(matter: Matter) -> str:
    return f"/cases/{matter.pk}/"
