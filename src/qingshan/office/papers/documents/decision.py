"""交办通知书、方案审批意见、销号意见: facts in a table, what is asked or held of them, boxes in which people sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qingshan.office.papers.kinds import Issue, PaperKind
from qingshan.office.papers.sentences import PaperRefused
from qingshan.rules import numbering
from qingshan.rules.dates import date_words
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE, Sentence
from qingshan.typesetting import official, setting
from qingshan.typesetting.official import OfficialDocument


@dataclass(frozen=True)
class Fact:
    """One row of the table."""

    name: str
    value: str


@dataclass(frozen=True)
class DecisionSheet:
    """What such a sheet holds. What is empty is filled in by hand."""

    title: str
    facts: tuple[Fact, ...]
    addressed_to: str = ""
    """主送: whom it is handed to; empty: nobody in particular"""
    said: str = ""
    """what is asked for, or what is held of it"""
    signatures: tuple[str, ...] = ()
    """a box for each"""
    due_on: date | None = None
    """until when an answer is asked for"""


FACTS_MM = (36, 120)


def facts(data: DecisionSheet) -> list[list[str]]:
    told = [[each.name, each.value] for each in data.facts]
    return [*told, *([["要求完成日期", date_words(data.due_on, CHINESE)]] if data.due_on else [])]


@dataclass(frozen=True)
class _Look:
    """How one of the kinds differs from the others."""

    part: str
    """the title above what is said"""

    def docx(self, data: DecisionSheet, issue: Issue) -> bytes:
        document = OfficialDocument()
        document.title(data.title, blank_before=0)
        document.number(issue.number)
        document.blank()
        if data.addressed_to:
            document.addressed(data.addressed_to)
        document.table(("项目", "内容"), facts(data), widths_mm=FACTS_MM)
        document.heading(self.part)
        document.paragraph(data.said or "\n\n")
        document.signed(issue.issuer, issue.on)
        if data.signatures:
            rows = [[each, "\n\n　　　　　　　　　年　　月　　日"] for each in data.signatures]
            document.table(("签署方", "签字（盖章）"), rows, widths_mm=(50, 106))
        return document.packed(title=data.title, made_at=issue.made_at)

    def printed(self, data: DecisionSheet, issue: Issue) -> Mapping[str, Any]:
        return {
            "title": data.title,
            "addressed": f"{data.addressed_to}：" if data.addressed_to else "",
            "facts": facts(data),
            "part": self.part,
            "said": data.said,
            "signatures": list(data.signatures),
            "issuer": issue.issuer,
            "day": date_words(issue.on, CHINESE),
        }


def _something_asked(data: DecisionSheet) -> None:
    if not data.said.strip():
        raise PaperRefused.because("papers.nothing_asked")


def _some_fact(data: DecisionSheet) -> None:
    if not data.facts:
        raise PaperRefused.because("papers.no_facts")


def _sample(title: str) -> DecisionSheet:
    return DecisionSheet(
        title=title,
        facts=(Fact("编号", "整改-000000-2026-0001"), Fact("问题摘要", "边坡裸露")),
        addressed_to="某企业",
        said="请按期完成。",
        signatures=("某单位",),
        due_on=date(2026, 6, 30),
    )


def _kind(
    code: str, title: Sentence, look: _Look, check: Callable[[Any], None], duties: tuple[Duty, ...]
) -> PaperKind:
    return PaperKind(
        code=code,
        title=title,
        series=code,
        data=DecisionSheet,
        check=check,
        docx=look.docx,
        printed=look.printed,
        typst=Path(__file__).with_name("decision.typ"),
        sources=(Path(__file__), Path(official.__file__), setting.HOUSE),
        sample=_sample(title.zh),
        duties=duties,
        comes_back=True,
    )


ASSIGNMENT = _kind(
    numbering.ASSIGNMENT,
    Sentence(zh="交办通知书", en="notice of assignment"),
    _Look("交办要求"),
    _something_asked,
    (Duty.REGISTRY, Duty.DISPATCH, Duty.LEAD),
)
PLAN_OPINION = _kind(
    numbering.PLAN_OPINION,
    Sentence(zh="方案审批意见", en="opinion on a plan"),
    _Look("审批意见"),
    _some_fact,
    (Duty.REGISTRY, Duty.REVIEW, Duty.LEAD),
)
CLOSING_OPINION = _kind(
    numbering.CLOSING_OPINION,
    Sentence(zh="销号意见", en="opinion on closing"),
    _Look("销号意见"),
    _some_fact,
    (Duty.REGISTRY, Duty.REVIEW, Duty.LEAD),
)
KINDS = (ASSIGNMENT, PLAN_OPINION, CLOSING_OPINION)
