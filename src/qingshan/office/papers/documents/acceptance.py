"""现场验收表: who went to the site when, what was found there, and who signs for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from qingshan.office.papers.kinds import Issue, PaperKind
from qingshan.office.papers.sentences import PaperRefused
from qingshan.rules.dates import date_words
from qingshan.rules.duties import Duty
from qingshan.rules.numbering import ACCEPTANCE as SERIES
from qingshan.rules.reasons import CHINESE, Sentence
from qingshan.typesetting import official, setting
from qingshan.typesetting.official import OfficialDocument


@dataclass(frozen=True)
class Attendant:
    """Somebody who went to the site."""

    name: str
    organisation: str
    post: str = ""
    """职务、职称, or why this person is there: 村民代表"""


@dataclass(frozen=True)
class Item:
    """One thing that was looked at."""

    requirement: str
    found: str


@dataclass(frozen=True)
class AcceptanceSheet:
    """What an acceptance sheet holds. What is empty is filled in by hand."""

    title: str
    subject: str
    """整改任务 or 修复地块"""
    place: str
    responsible: str
    """责任单位"""
    carried_out_by: str
    """实施单位"""
    accepted_by: str
    """组织验收单位: never the one that carried it out"""
    attendants: tuple[Attendant, ...]
    visited_on: date | None = None
    items: tuple[Item, ...] = ()
    opinion: str = ""
    signatures: tuple[str, ...] = ("验收组组长", "组织验收单位", "责任单位", "实施单位")
    """a box for each"""


PEOPLE, ITEMS = ("姓名", "单位", "职务（身份）", "签名"), ("验收要求", "现场核查情况")
PEOPLE_MM, ITEMS_MM = (26, 56, 40, 34), (70, 86)
EMPTY_ROWS = 3
"""left free for those who join on the day"""
BY_HAND, DAY_BY_HAND = "", "　　年　　月　　日"


def title_about(name: str, what: str = "整改任务") -> str:
    """The usual title. Papers are Chinese, whatever language their reader has chosen."""
    return f"{name}{what}现场验收表"


def check(data: AcceptanceSheet) -> None:
    if not data.attendants:
        raise PaperRefused.because("papers.nobody_on_site")


def facts(data: AcceptanceSheet) -> list[tuple[str, str]]:
    return [*about(data), ("到场日期", day_or_blank(data.visited_on))]


class Accepts(Protocol):
    """A paper of an acceptance: of what, where, by whom."""

    @property
    def subject(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def responsible(self) -> str: ...
    @property
    def carried_out_by(self) -> str: ...
    @property
    def accepted_by(self) -> str: ...


def about(data: Accepts) -> list[tuple[str, str]]:
    return [
        ("验收事项", data.subject),
        ("地点", data.place),
        ("责任单位", data.responsible),
        ("实施单位", data.carried_out_by),
        ("组织验收单位", data.accepted_by),
    ]


def day_or_blank(day: date | None) -> str:
    return date_words(day, CHINESE) if day else DAY_BY_HAND


def people(data: AcceptanceSheet) -> list[list[str]]:
    named = [[each.name, each.organisation, each.post, BY_HAND] for each in data.attendants]
    return [*named, *([BY_HAND] * len(PEOPLE) for _ in range(EMPTY_ROWS))]


def items(data: AcceptanceSheet) -> list[list[str]]:
    return [[each.requirement, each.found] for each in data.items] or [[BY_HAND, BY_HAND]] * EMPTY_ROWS


def docx(data: AcceptanceSheet, issue: Issue) -> bytes:
    document = OfficialDocument()
    document.title(data.title, blank_before=0)
    document.number(issue.number)
    document.blank()
    document.table(("项目", "内容"), facts(data), widths_mm=(36, 120))
    document.heading("一、到场人员")
    document.table(PEOPLE, people(data), widths_mm=PEOPLE_MM)
    document.heading("二、现场核查")
    document.table(ITEMS, items(data), widths_mm=ITEMS_MM)
    document.heading("三、验收意见")
    document.paragraph(data.opinion or "\n\n")
    document.heading("四、签字盖章")
    document.table(
        ("签署方", "签字（盖章）"),
        [[each, "\n\n　　　　　　　　　年　　月　　日"] for each in data.signatures],
        widths_mm=(50, 106),
    )
    return document.packed(title=data.title, made_at=issue.made_at)


def printed(data: AcceptanceSheet, issue: Issue) -> Mapping[str, Any]:
    return {
        "title": data.title,
        "facts": [list(pair) for pair in facts(data)],
        "people": {"head": list(PEOPLE), "widths": list(PEOPLE_MM), "rows": people(data)},
        "items": {"head": list(ITEMS), "widths": list(ITEMS_MM), "rows": items(data)},
        "opinion": data.opinion,
        "signatures": list(data.signatures),
    }


SAMPLE = AcceptanceSheet(
    title=title_about("某矿"),
    subject="边坡治理",
    place="某地",
    responsible="某企业",
    carried_out_by="某企业",
    accepted_by="某单位",
    attendants=(Attendant("某甲", "某单位", "组长"), Attendant("某乙", "某村", "村民代表")),
    visited_on=date(2026, 1, 5),
    items=(Item("边坡治理", "已完成"),),
    opinion="同意通过验收。",
)
KIND = PaperKind(
    code="acceptance",
    title=Sentence(zh="现场验收表", en="on-site acceptance sheet"),
    series=SERIES,
    data=AcceptanceSheet,
    check=check,
    docx=docx,
    printed=printed,
    typst=Path(__file__).with_name("acceptance.typ"),
    sources=(Path(__file__), Path(official.__file__), setting.HOUSE),
    sample=SAMPLE,
    duties=(Duty.REGISTRY, Duty.REVIEW, Duty.LEAD),
    comes_back=True,
)
