"""How does a ledger leave as a workbook: the columns of 整改台账, and the eleven official ones of 信访转办?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import prefetch_related_objects

from qingshan.exchange.columns import Choice, Column, Date, Integer, Text
from qingshan.exchange.kinds import Kind
from qingshan.exchange.writers import Exported
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.showing import whose_turn
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.models import Matter
from qingshan.rules.flows.petition import PetitionState
from qingshan.rules.matters import Ending, Finding, ProblemKind, Route, Severity, SourceKind
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import Role

AT_ONCE = 500
LONG = Text(limit=4000)


@dataclass(frozen=True)
class Table:
    """What a ledger looks like as a sheet."""

    kind: Kind
    values: Callable[[Matter, int], dict[str, Any]]
    beside: tuple[str, ...]

    def rows(self, matters: Iterable[Matter]) -> Iterator[Exported]:
        """One row each, with what stands beside them fetched a few hundred at a time."""
        rest, place = iter(matters), 0
        while batch := list(islice(rest, AT_ONCE)):
            prefetch_related_objects(batch, *self.beside)
            for matter in batch:
                place += 1
                yield Exported(self.values(matter, place))


def _case(matter: Matter, place: int) -> dict[str, Any]:
    case, units = matter.case, _units(matter)
    return {
        "place": place,
        "number": matter.number,
        "title": matter.title,
        "region": matter.region.name,
        "mine": matter.mine.name if matter.mine else None,
        "problem": case.problem,
        "route": case.route,
        "severity": matter.severity,
        "source": matter.source,
        "source_number": matter.source_number or None,
        "requirement": case.requirement or None,
        "due_on": matter.due_on,
        "answering": units(Role.ANSWERING),
        "enterprise_duty": units(Role.ENTERPRISE_DUTY),
        "sector_duty": units(Role.SECTOR_DUTY),
        "territorial_duty": units(Role.TERRITORIAL_DUTY),
        "state": matter.state.zh,
        "turn": whose_turn(matter) or None,
        "opened_on": matter.opened_on,
        "closed_on": matter.closed_on,
    }


def _units(matter: Matter) -> Callable[[Role], str | None]:
    held = matter_parties(matter)

    def named(role: Role) -> str | None:
        found = [
            " ".join((each.unit_name, each.post, each.person_name)).strip()
            for each in held
            if each.role == role
        ]
        return "；".join(found) or None

    return named


def ending_of(matter: Matter) -> Ending:
    """是否办结, in the words of the official table."""
    ended = {PetitionState.DONE: Ending.DONE, PetitionState.DONE_FOR_NOW: Ending.DONE_FOR_NOW}
    return ended.get(matter.state_name, Ending.OPEN)  # type: ignore[call-overload,no-any-return]


def _petition(matter: Matter, place: int) -> dict[str, Any]:
    petition = matter.petition
    return {
        "place": place,
        "number": matter.number,
        "content": petition.content,
        "region": matter.region.name,
        "pollution": petition.pollution or None,
        "found": petition.found or None,
        "finding": petition.finding or None,
        "handled": petition.handled or None,
        "ending": ending_of(matter).value,
        "accountability": petition.accountability or None,
        "note": petition.note or None,
    }


CASE_COLUMNS = (
    Column("place", "序号", "No.", type=Integer()),
    Column("number", "编号", "Number"),
    Column("title", "问题", "Problem", type=LONG),
    Column("region", "行政区域", "Region"),
    Column("mine", "矿山", "Mine"),
    Column("problem", "问题类型", "Kind of problem", type=Choice(ProblemKind)),
    Column("route", "整改类型", "Route", type=Choice(Route)),
    Column("severity", "严重程度", "Severity", type=Choice(Severity)),
    Column("source", "来源", "Source", type=Choice(SourceKind)),
    Column("source_number", "来源文号", "Number of the source"),
    Column("requirement", "整改要求", "Requirement", type=LONG),
    Column("due_on", "完成时限", "Deadline", type=Date()),
    Column("answering", "责任单位", "Answering unit", type=LONG),
    Column("enterprise_duty", "企业主体责任", "Duty of the enterprise", type=LONG),
    Column("sector_duty", "行业部门监管责任", "Duty of the sector's authority", type=LONG),
    Column("territorial_duty", "党委政府属地责任", "Duty of the territory", type=LONG),
    Column("state", "状态", "State"),
    Column("turn", "轮到", "Whose turn", type=LONG),
    Column("opened_on", "登记日期", "Registered on", type=Date()),
    Column("closed_on", "了结日期", "Ended on", type=Date()),
)
PETITION_COLUMNS = (
    Column("place", "序号", "No.", type=Integer()),
    Column("number", "受理编号", "Number"),
    Column("content", "交办问题基本情况", "What was complained of", type=LONG),
    Column("region", "行政区域", "Region"),
    Column("pollution", "污染类型", "Kind of pollution"),
    Column("found", "调查核实情况", "What was found", type=LONG),
    Column("finding", "是否属实", "Whether true", type=Choice(Finding)),
    Column("handled", "处理和整改情况", "How it was handled", type=LONG),
    Column("ending", "是否办结", "Whether done", type=Choice(Ending)),
    Column("accountability", "责任人被处理情况", "Accountability", type=LONG),
    Column("note", "备注", "Note", type=LONG),
)
TABLES = {
    CASES.path: Table(
        Kind("cases", Sentence("整改台账", "Rectification ledger"), CASE_COLUMNS, ("number",), lambda *_: {}),
        _case,
        ("case", "parties"),
    ),
    PETITIONS.path: Table(
        Kind(
            "petitions",
            Sentence("群众信访举报转办和边督边改公开情况一览表", "Petitions passed on and put right"),
            PETITION_COLUMNS,
            ("number",),
            lambda *_: {},
        ),
        _petition,
        ("petition",),
    ),
}
