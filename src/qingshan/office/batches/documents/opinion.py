"""验收意见表: what was asked for, what was found at each site, what the panel holds of it, and where each member signs.

Natural resources, ecology and the other departments that the rules name, and those who must be invited: experts,
residents, the village (Mineral Resources Law 2024, art. 48). They sign on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qingshan.office.papers.documents import acceptance
from qingshan.office.papers.documents.acceptance import (
    BY_HAND,
    DAY_BY_HAND,
    EMPTY_ROWS,
    about,
    day_or_blank,
)
from qingshan.office.papers.kinds import Issue, PaperKind
from qingshan.office.papers.sentences import PaperRefused
from qingshan.rules.duties import Duty
from qingshan.rules.numbering import ACCEPTANCE as SERIES
from qingshan.rules.reasons import Sentence
from qingshan.typesetting import official, setting
from qingshan.typesetting.official import OfficialDocument


@dataclass(frozen=True)
class Asked:
    """A criterion: what it asks for, and how the sites that were looked at stand to it."""

    criterion: str
    limit: str
    found: str
    """`符合 4 处，不符合 1 处，未知 0 处`"""


@dataclass(frozen=True)
class Looked:
    """A site: how it was restored, whether it was looked at, what was found, how that ends."""

    name: str
    works: str
    area: str
    check: str
    """首次抽查, or that it was not drawn"""
    found: str
    """criterion by criterion"""
    result: str


@dataclass(frozen=True)
class Signature:
    """Where a member of the panel signs."""

    part: str
    name: str = ""
    unit: str = ""
    note: str = ""
    """why somebody who was invited did not come"""


@dataclass(frozen=True)
class AcceptanceOpinion:
    """What an opinion holds. What is empty is filled in by hand."""

    title: str
    subject: str
    place: str
    responsible: str
    carried_out_by: str
    accepted_by: str
    """组织验收单位: never the one that carried it out"""
    sites: tuple[Looked, ...]
    panel: tuple[Signature, ...]
    applied_on: date | None = None
    accepted_on: date | None = None
    criteria: tuple[Asked, ...] = ()
    totals: str = ""
    opinion: str = ""


CRITERIA, CRITERIA_MM = ("验收指标", "要求", "查验点位情况"), (44, 50, 62)
SITES = ("点位", "修复方式", "面积", "查验", "逐项情况", "结论")
SITES_MM = (31, 20, 22, 18, 46, 19)
PARTS = ("一、验收指标", "二、点位查验", "三、验收意见", "四、验收组签字")
TOGETHER = "合计："


def title_about(name: str) -> str:
    """The usual title. Papers are Chinese, whatever language their reader has chosen."""
    return f"{name}验收意见表"


def check(data: AcceptanceOpinion) -> None:
    if not data.sites:
        raise PaperRefused.because("batches.paper_without_sites")
    if not data.panel:
        raise PaperRefused.because("batches.opinion_without_panel")


def facts(data: AcceptanceOpinion) -> list[tuple[str, str]]:
    days = (("申报日期", day_or_blank(data.applied_on)), ("验收日期", day_or_blank(data.accepted_on)))
    return [*about(data), *days]


def criteria(data: AcceptanceOpinion) -> list[list[str]]:
    rows = [[each.criterion, each.limit, each.found] for each in data.criteria]
    return rows or [[BY_HAND] * len(CRITERIA)] * EMPTY_ROWS


def sites(data: AcceptanceOpinion) -> list[list[str]]:
    return [[each.name, each.works, each.area, each.check, each.found, each.result] for each in data.sites]


def signatures(data: AcceptanceOpinion) -> list[str]:
    """Above each box: whose it is, by whom it is signed, why it stays empty."""
    return [_signature(each) for each in data.panel]


def _signature(each: Signature) -> str:
    who = f"{each.name}（{each.unit}）" if each.name and each.unit else each.name or each.unit
    named = f"{each.part}：{who}" if who else each.part
    return f"{named}，{each.note}" if each.note else named


def docx(data: AcceptanceOpinion, issue: Issue) -> bytes:
    document = OfficialDocument()
    document.title(data.title, blank_before=0)
    document.number(issue.number)
    document.blank()
    document.table(("项目", "内容"), facts(data), widths_mm=(36, 120))
    document.heading(PARTS[0])
    document.table(CRITERIA, criteria(data), widths_mm=CRITERIA_MM)
    document.heading(PARTS[1])
    document.table(SITES, sites(data), widths_mm=SITES_MM)
    if data.totals:
        document.paragraph(f"{TOGETHER}{data.totals}")
    document.heading(PARTS[2])
    document.paragraph(data.opinion or "\n\n")
    document.heading(PARTS[3])
    document.table(
        ("验收组成员", "签字"),
        [[each, f"\n\n　　　　　　　　　{DAY_BY_HAND}"] for each in signatures(data)],
        widths_mm=(70, 86),
    )
    return document.packed(title=data.title, made_at=issue.made_at)


def printed(data: AcceptanceOpinion, issue: Issue) -> Mapping[str, Any]:
    return {
        "title": data.title,
        "facts": [list(pair) for pair in facts(data)],
        "parts": list(PARTS),
        "criteria": {"head": list(CRITERIA), "widths": list(CRITERIA_MM), "rows": criteria(data)},
        "sites": {"head": list(SITES), "widths": list(SITES_MM), "rows": sites(data)},
        "totals": f"{TOGETHER}{data.totals}" if data.totals else "",
        "opinion": data.opinion,
        "signatures": signatures(data),
    }


SAMPLE = AcceptanceOpinion(
    title=title_about("某批次"),
    subject="某批次（批次-000000-2026-0001）",
    place="某地",
    responsible="某单位",
    carried_out_by="某企业",
    accepted_by="某单位",
    sites=(Looked("某点位", "宜林", "1.00 公顷", "首次抽查", "成活率 90 符合", "合格"),),
    panel=(Signature("自然资源部门", "某甲", "某单位"), Signature("专家", "某乙", "", "未到场：出差")),
    applied_on=date(2026, 1, 3),
    accepted_on=date(2026, 1, 5),
    criteria=(Asked("成活率（%）", "不低于 85", "符合 1 处"),),
    totals="在批 1 处，验收通过 1 处。",
    opinion="同意通过验收。",
)
KIND = PaperKind(
    code="acceptance_opinion",
    title=Sentence(zh="验收意见表", en="opinion of the acceptance panel"),
    series=SERIES,
    data=AcceptanceOpinion,
    check=check,
    docx=docx,
    printed=printed,
    typst=Path(__file__).with_name("opinion.typ"),
    sources=(Path(__file__), Path(acceptance.__file__), Path(official.__file__), setting.HOUSE),
    sample=SAMPLE,
    duties=(Duty.REGISTRY, Duty.REVIEW, Duty.LEAD),
    comes_back=True,
)
