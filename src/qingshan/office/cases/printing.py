"""Which papers are usual for which act on a problem, a petition or a lasting task, and what do they say of it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count

from qingshan.office.cases.columns.exporting import completion, values_of
from qingshan.office.cases.facts import ACCEPTING, asked_levels, current_plan, signed_levels
from qingshan.office.cases.needs import notice_days, notice_end
from qingshan.office.cases.supplying import lacks, supplying_act
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter, Measure, Plan
from qingshan.office.papers import usual
from qingshan.office.papers.documents import notice
from qingshan.office.papers.forms import SEPARATOR, one_piece
from qingshan.office.papers.usual import Printing, Usual, accepted_sheet, lines_of
from qingshan.rules.dates import date_words
from qingshan.rules.flows.lasting import LastingAct
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.matters import ProblemKind, SourceKind
from qingshan.rules.numbers import plainly
from qingshan.rules.reasons import CHINESE
from qingshan.rules.roles import Role


@dataclass(frozen=True)
class Told(usual.Told):
    """A problem, petition or lasting task as a paper tells of it."""

    @cached_property
    def plan(self) -> Plan | None:
        return None if self.is_petition else current_plan(self.matter)

    @property
    def is_petition(self) -> bool:
        return hasattr(self.matter, "petition")


def _registered(told: Told) -> Iterator[tuple[str, Any]]:
    """What was registered, of a problem as of a petition."""
    matter = told.matter
    source = SourceKind(matter.source).zh
    yield "编号", matter.number
    yield ("转办事项" if told.is_petition else "问题摘要"), matter.title
    yield "地点", told.place
    yield "矿山企业", matter.enterprise.name if matter.enterprise else None
    yield "来源", f"{source}（{matter.source_number}）" if matter.source_number else source
    if told.is_petition:
        yield "基本情况", matter.petition.content
        return
    yield "问题类型", ProblemKind(matter.case.problem).zh
    yield "问题描述", matter.case.description
    yield "整改要求", matter.case.requirement


def _assignment(told: Told) -> dict[str, Any]:
    return {
        "title": f"关于交办“{told.matter.title}”的通知",
        "addressed_to": _addressee(told),
        "facts": lines_of(_assigned(told)),
        "due_on": told.matter.due_on,
        "said": _ASKED_OF_PETITIONS if told.is_petition else _ASKED_OF_CASES,
        "signatures": "签收单位",
    }


def _addressee(told: Told) -> str:
    """Whoever must answer, or carries it out where the issuer itself answers; at first the enterprise."""
    enterprise = told.matter.enterprise.name if told.matter.enterprise else ""
    held = (told.units(Role.ANSWERING), told.units(Role.EXECUTING), enterprise)
    return next((each for each in held if each and each != told.issuer), "")


_ASKED_OF_CASES = (
    "现将上述问题交你单位整改。请落实企业主体、行业部门监管、党委政府属地责任，按期完成并报送佐证。"
)
_ASKED_OF_PETITIONS = "现将上述事项转你单位调查核实。请依法处理，按期书面回复办理情况。"


def _assigned(told: Told) -> Iterator[tuple[str, Any]]:
    yield from _registered(told)
    yield "责任单位", told.units(Role.ANSWERING)
    yield "实施单位", told.units(Role.EXECUTING)
    yield "牵头单位", told.units(Role.LEADING)
    yield "配合单位", told.units(Role.JOINT)


def _plan_opinion(told: Told) -> dict[str, Any]:
    approved = told.newest(CaseAct.APPROVE_PLAN, LastingAct.APPROVE_PLAN)
    return {
        "title": f"“{told.matter.title}”整改方案审批意见",
        "facts": lines_of((*_registered(told), *_planned(told))),
        "said": approved.note if approved else "",
        "signatures": "审批人、审批单位",
    }


def _planned(told: Told) -> Iterator[tuple[str, Any]]:
    plan = told.plan
    if plan is None:
        return
    yield "方案", f"{plan.title}（第 {plan.number} 版）"
    yield "编制单位", told.units(Role.EXECUTING, Role.ANSWERING)
    yield "整改目标", plan.target
    yield "方案时限", date_words(plan.due_on, CHINESE) if plan.due_on else None
    stages = [f"{each.name} {each.due_on or ''}".strip() for each in plan.stages.order_by("place")]
    yield "节点", "；".join(stages)
    for place, each in enumerate(plan.measures.order_by("place"), start=1):
        who = f"{each.unit_name} {each.person_name}".strip()
        yield f"措施 {place}", "，".join(filter(None, (each.name, _amount(each), who)))


def _amount(measure: Measure) -> str:
    return _quantity(measure, measure.quantity)


def _quantity(measure: Measure, value: Decimal | None) -> str:
    return "" if value is None else f"{plainly(value)} {measure.quantity_unit}".strip()


def _acceptance(told: Told) -> dict[str, Any]:
    done = told.newest(*ACCEPTING, LastingAct.PASS)
    return {**accepted_sheet(told, done, what="整改任务"), "items": "\n".join(_items(told))}


def _items(told: Told) -> Iterator[str]:
    plan = told.plan
    if plan is None:
        if not told.is_petition and told.matter.case.requirement:
            yield one_piece(told.matter.case.requirement)
        return
    if plan.target:
        yield one_piece(f"整改目标：{plan.target}")
    for each in plan.measures.order_by("place"):
        asked, done = one_piece(f"{each.name} {_amount(each)}".strip()), _quantity(each, each.done_quantity)
        yield SEPARATOR.join(filter(None, (asked, f"填报完成 {done}" if done else "")))


def _public_notice(told: Told) -> dict[str, Any]:
    matter, said = told.matter, values_of(told.matter)
    running = matter.notices.filter(stopped_on=None).order_by("-id").first()
    days = notice_days(matter, told.on)
    contact = running.contact if running else ""
    return {
        "title": notice.title_about(matter.title),
        "task": matter.title,
        "time_limit": f"{date_words(matter.due_on, CHINESE)}前" if matter.due_on else "",
        "target": said["target"] or matter.case.requirement,
        "units": told.units(Role.ANSWERING, Role.EXECUTING),
        "measures": said["measures"],
        "done": (running.summary if running else "") or completion(matter),
        "notice_from": running.from_on if running else told.on,
        "notice_to": running.to_on if running else notice_end(told.on, days),
        "objection_to": told.issuer,
        "objection_phone": contact if len(contact) <= _LONGEST_PHONE else "",
        "objection_address": contact if len(contact) > _LONGEST_PHONE else "",
    }


_LONGEST_PHONE = 60


def _closing_opinion(told: Told) -> dict[str, Any]:
    closed = told.newest(CaseAct.CLOSE)
    return {
        "title": f"“{told.matter.title}”销号意见",
        "facts": lines_of((*_registered(told), *_done(told))),
        "said": closed.note if closed else "",
        "signatures": "经办人、审核人、销号单位负责人",
    }


def _done(told: Told) -> Iterator[tuple[str, Any]]:
    yield "责任单位", told.units(Role.ANSWERING)
    yield "整改目标", told.plan.target if told.plan else None
    yield "完成情况", completion(told.matter)
    for step in told.steps:
        if step.act in ACCEPTING:
            facts = step.facts or {}
            name = kind_named(told.matter.kind).flow.act_names[step.act].zh
            yield (
                name,
                f"{step.unit_name}，{facts.get('visitors') or ''}，{facts.get('visited_on') or ''} 到场",
            )
    held = told.matter.notices.filter(stopped_on=None).annotate(objected=Count("objections"))
    for each in held.order_by("id"):
        yield "公示", f"{each.from_on} 至 {each.to_on}，异议 {each.objected} 件"
    for act, name in _NOTED.items():
        if noted := told.newest(act):
            yield name, (noted.facts or {}).get("mechanism") or noted.note


_NOTED = {
    CaseAct.EVALUATE: "成效评估",
    CaseAct.NOTE_ENFORCEMENT: "查处追责",
    CaseAct.NOTE_MECHANISM: "长效机制",
}

USUAL = (
    Usual("assignment", (CaseAct.ASSIGN, LastingAct.ASSIGN, PetitionAct.PASS_ON), _assignment),
    Usual("plan_opinion", (CaseAct.APPROVE_PLAN, LastingAct.APPROVE_PLAN), _plan_opinion),
    Usual("acceptance", (*ACCEPTING, LastingAct.PASS), _acceptance),
    Usual("notice", (CaseAct.GIVE_NOTICE,), _public_notice),
    Usual("closing_opinion", (CaseAct.CLOSE,), _closing_opinion),
)


def _still_asked(act: str, matter: Matter) -> bool:
    """Whether an acceptance is asked for at this level and was not given yet; any other act always."""
    level = ACCEPTING.get(act)  # type: ignore[call-overload]
    asked = asked_levels(matter) if level else ()
    return not asked or (level in asked and level not in signed_levels(matter))


def _supplied_by(kind: str, matter: Matter) -> str:
    """The act by which the file of the matter gets the paper that it lacks; empty where it lacks none of the kind."""
    return supplying_act(matter) if lacks(matter, kind) else ""


PRINTING = Printing(USUAL, told=Told, still_asked=_still_asked, supplied_by=_supplied_by)
