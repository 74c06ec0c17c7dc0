"""What belongs into the closing file of a problem (销号卷宗), in which order, and what is still missing in it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from qingshan.office.cases.closing import closing_facts
from qingshan.office.cases.facts import ACCEPTING, current_plan
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.models import PublicNotice
from qingshan.office.matters.models import Matter, Plan
from qingshan.office.observations.closing_part import findings_of
from qingshan.office.papers.closing_file import Block, ClosingFile, Part, note, pairs, table
from qingshan.rules import closing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.matters import EnforcementState, ObjectionState, ProblemKind, Route
from qingshan.rules.numbers import plainly
from qingshan.rules.reasons import CHINESE, say

APPLYING = (CaseAct.SELF_CHECK, CaseAct.APPLY)
AFTERWARDS = (CaseAct.NOTE_ENFORCEMENT, CaseAct.NOTE_MECHANISM, CaseAct.EVALUATE, CaseAct.CLOSE)
OBJECTIONS = (("收到日期", 1.5), ("异议内容", 4), ("办理情况", 1.2), ("答复", 4))
MEASURES = (
    ("序号", 0.6), ("整改措施", 4), ("工程量", 1.6), ("完成量", 1.6), ("责任单位和人", 3), ("完成日期", 1.6),
)  # fmt: skip


class CaseFile(ClosingFile):
    """整改销号卷宗."""

    title = "整改销号卷宗"
    page = Folder
    fact_names = {
        "visitors": "到场人员",
        "visited_on": "到场日期",
        "target_reached": "目标达到",
        "enforcement": "查处追责",
        "outcome": "处理结果",
        "decided_on": "决定日期",
        "mechanism": "长效机制",
    }

    def parts(self) -> Iterator[Part]:
        yield self.answered_for("问题和责任")
        yield self._plan()
        yield self.decided("自验和验收申请", APPLYING, "没有自验和申请。")
        yield findings_of(self.matter, actor=self.actor, on=shanghai_date(self.made_at))
        yield self.decided("验收意见", ACCEPTING, "没有验收意见。")
        yield notices_of(self.matter)
        yield self.photographs("整改前、中、后照片")
        yield self.decided("查处追责、长效机制和成效评估", AFTERWARDS, "没有登记。")

    @property
    def missing(self) -> Iterable[str]:
        return (say(each, CHINESE) for each in closing.missing(closing_facts(self.matter, on=self.on)))

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        matter, case = self.matter, self.matter.case
        yield "编号", matter.number
        yield "问题摘要", matter.title
        yield "行政区划", matter.region.name
        yield "矿山", str(matter.mine) if matter.mine else "—"
        yield "来源", _term(matter.get_source_display(), matter.source_number)
        yield "问题类型", ProblemKind(case.problem).zh
        yield "整改类型", Route(case.route).zh
        yield "整改要求", case.requirement or "—"
        yield "登记日期", matter.opened_on.isoformat()
        yield from self.deadlines()
        yield "销号日期", matter.closed_on.isoformat() if matter.closed_on else "尚未销号"

    def _plan(self) -> Part:
        plan = current_plan(self.matter)
        blocks = [pairs(_about(plan)), *table(MEASURES, _measures(plan))] if plan else []
        return Part("整改方案和措施", blocks, "没有整改方案（立行立改，或补录时缺件）。")

    def said(self, name: str, value: Any) -> str:
        return EnforcementState(value).zh if name == "enforcement" else super().said(name, value)


def _term(name: str, number: str) -> str:
    return f"{name}（{number}）" if number else name


def _about(plan: Plan) -> Iterator[tuple[str, str]]:
    approved = plan.approved_by.name if plan.approved_by else "—"
    yield "方案", str(plan)
    yield "整改目标", plan.target or "—"
    yield "批准", f"{approved}，{plan.approved_number or '无文号'}，{plan.approved_on or '—'}"


def _measures(plan: Plan) -> Iterator[list[str]]:
    for each in plan.measures.order_by("place"):
        yield [
            str(each.place),
            each.name,
            _quantity(each.quantity, each.quantity_unit),
            _quantity(each.done_quantity, each.quantity_unit),
            f"{each.unit_name} {each.person_name}".strip() or "—",
            each.done_on.isoformat() if each.done_on else "未完成",
        ]


def _quantity(value: Any, unit: str) -> str:
    return "—" if value is None else f"{plainly(value)} {unit}".strip()


def notices_of(matter: Matter) -> Part:
    """公示证明: how long, where, and what was objected to; of every kind that publishes its result."""
    notices: QuerySet[PublicNotice] = matter.notices.prefetch_related("objections").order_by("id")
    return Part("公示证明", [block for each in notices for block in _notice(each)], "没有公示。")


def _notice(notice: PublicNotice) -> Iterator[Block]:
    days = f"{notice.from_on} 至 {notice.to_on}（不少于 {notice.working_days} 个工作日）"
    stopped = [("中止", f"{notice.stopped_on} 中止")] if notice.stopped_on else []
    where, contact = notice.where or "—", notice.contact or "—"
    yield pairs([("公示期", days), ("公示方式", where), ("异议受理", contact), *stopped])
    objections = sorted(notice.objections.all(), key=lambda each: each.pk)
    yield from table(
        OBJECTIONS,
        (
            (str(each.received_on), each.text, ObjectionState(each.state).zh, each.answer or "—")
            for each in objections
        ),
    ) or [note("公示期间没有登记异议。")]
