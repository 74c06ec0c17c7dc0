"""验收结果公示: which sites were accepted, of how many and how much land, on which sample that rests, how to object.

The result is to be published (Mineral Resources Law 2024, art. 48). Areas are told by what they are measured of, each
with the number of sites that it is known for. The notice holds everything that the sample rests on, so that anybody
can compute it again; it names nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qingshan.office.papers.documents import notice
from qingshan.office.papers.documents.notice import channel, check_channel, check_days
from qingshan.office.papers.kinds import Issue, PaperKind
from qingshan.office.papers.sentences import PaperRefused
from qingshan.rules.dates import date_words
from qingshan.rules.duties import Duty
from qingshan.rules.numbering import NOTICE as SERIES
from qingshan.rules.reasons import CHINESE, Sentence
from qingshan.typesetting import official, setting
from qingshan.typesetting.official import OfficialDocument


@dataclass(frozen=True)
class Figure:
    """One number of the result, with what it is a part of."""

    name: str
    sites: str
    """`12 处（已完工 15 处）`"""
    area: str
    basis: str
    """what the area is measured of, and for how many sites it is known"""


@dataclass(frozen=True)
class SiteResult:
    """One site and how it came out."""

    name: str
    place: str
    works: str
    """修复方式、利用方向"""
    area: str
    result: str


@dataclass(frozen=True)
class ResultNotice:
    """What a notice of a result holds. What is empty is filled in by hand."""

    title: str
    subject: str
    """批次 or 单项 with its number"""
    accepted_by: str
    """组织验收单位"""
    figures: tuple[Figure, ...]
    sites: tuple[SiteResult, ...]
    notice_from: date
    notice_to: date
    working_days: int
    """of the notice, by the calendar"""
    period_basis: str
    """by which rule the notice lasts so long"""
    where: str
    """公示方式"""
    accepted_on: date | None = None
    decision: str = ""
    """文号 of the acceptance"""
    opening: str = ""
    """empty: the usual sentence"""
    sample: tuple[str, ...] = ()
    """list, numbers and seed, a line each; empty: every site was looked at"""
    sample_published: str = ""
    """where the list, the seals and the numbers were published"""
    objection_to: str = ""
    """empty: the issuer"""
    objection_phone: str = ""
    objection_address: str = ""
    objection_email: str = ""


FIGURES, FIGURES_MM = ("统计项", "点位", "面积", "口径"), (34, 42, 38, 42)
SITES, SITES_MM = ("点位", "县区", "修复方式", "面积", "验收结果"), (44, 22, 32, 30, 28)
PARTS = ("一、验收结果", "二、点位", "三、抽查", "四、公示期限和异议受理")
BLANK = "　　　　　　　　　　"
"""Room to write by hand."""


def title_about(name: str) -> str:
    """The usual title. Papers are Chinese, whatever language their reader has chosen."""
    return f"关于{name}验收结果的公示"


def check(data: ResultNotice) -> None:
    check_days(data.notice_from, data.notice_to)
    if not data.sites:
        raise PaperRefused.because("batches.paper_without_sites")
    check_channel(data)


def opening(data: ResultNotice) -> str:
    if data.opening:
        return data.opening
    day = date_words(data.accepted_on, CHINESE) if data.accepted_on else ""
    number = f"（{data.decision}）" if data.decision else ""
    return (
        f"{data.subject}{day and f'已于{day}'}经{data.accepted_by}组织验收{number}，"
        "现将验收结果予以公示，接受社会监督。"
    )


def figures(data: ResultNotice) -> list[list[str]]:
    return [[each.name, each.sites, each.area, each.basis] for each in data.figures]


def sites(data: ResultNotice) -> list[list[str]]:
    return [[each.name, each.place, each.works, each.area, each.result] for each in data.sites]


def sample(data: ResultNotice) -> list[str]:
    if not data.sample:
        return ["所列点位全部到场查验，没有抽样。"]
    return [*data.sample, f"名单、封签和号码公布处：{data.sample_published or BLANK}。"]


def period(data: ResultNotice) -> list[str]:
    first, last = (date_words(day, CHINESE) for day in (data.notice_from, data.notice_to))
    return [
        f"公示时间：{first}至{last}（{data.working_days} 个工作日，按工作日历计算，起始当日不计）。",
        f"期限依据：{data.period_basis or BLANK}。",
        f"公示方式：{data.where or BLANK}。",
    ]


def docx(data: ResultNotice, issue: Issue) -> bytes:
    document = OfficialDocument()
    document.title(data.title, blank_before=0)
    document.number(issue.number)
    document.blank()
    document.paragraph(opening(data))
    document.heading(PARTS[0])
    document.table(FIGURES, figures(data), widths_mm=FIGURES_MM)
    document.heading(PARTS[1])
    document.table(SITES, sites(data), widths_mm=SITES_MM)
    document.heading(PARTS[2])
    document.paragraph("\n".join(sample(data)))
    document.heading(PARTS[3])
    document.paragraph("\n".join((*period(data), *channel(data, issuer=issue.issuer))))
    document.signed(issue.issuer, issue.on)
    return document.packed(title=data.title, made_at=issue.made_at)


def printed(data: ResultNotice, issue: Issue) -> Mapping[str, Any]:
    return {
        "title": data.title,
        "opening": opening(data),
        "parts": list(PARTS),
        "figures": {"head": list(FIGURES), "widths": list(FIGURES_MM), "rows": figures(data)},
        "sites": {"head": list(SITES), "widths": list(SITES_MM), "rows": sites(data)},
        "sample": sample(data),
        "closing": [*period(data), *channel(data, issuer=issue.issuer)],
        "issuer": issue.issuer,
        "day": date_words(issue.on, CHINESE),
    }


SAMPLE = ResultNotice(
    title=title_about("某批次"),
    subject="某批次（批次-000000-2026-0001）",
    accepted_by="某单位",
    figures=(Figure("验收通过", "1 处（已完工 1 处）", "1.00 公顷", "验收面积，1 处已知"),),
    sites=(SiteResult("某点位", "某县", "宜林", "1.00 公顷", "验收通过"),),
    notice_from=date(2026, 1, 5),
    notice_to=date(2026, 1, 12),
    working_days=5,
    period_basis="某办法第一条",
    where="某网站",
    accepted_on=date(2026, 1, 4),
    decision="某验〔2026〕1号",
    opening="现予公示。",
    sample=("名单 1 处。", "种子：a|b"),
    sample_published="某网站",
    objection_to="某单位",
    objection_phone="0000-0000000",
    objection_address="某路一号",
    objection_email="someone@example.org",
)
KIND = PaperKind(
    code="result_notice",
    title=Sentence(zh="验收结果公示", en="notice of the result of acceptance"),
    series=SERIES,
    data=ResultNotice,
    check=check,
    docx=docx,
    printed=printed,
    typst=Path(__file__).with_name("result.typ"),
    sources=(Path(__file__), Path(notice.__file__), Path(official.__file__), setting.HOUSE),
    sample=SAMPLE,
    duties=(Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD),
    comes_back=True,
)
