"""整改任务完成情况公示: what was to be put right, what was done, and how to object."""

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
from qingshan.rules.numbering import NOTICE as SERIES
from qingshan.rules.reasons import CHINESE, Sentence
from qingshan.typesetting import official, setting
from qingshan.typesetting.official import OfficialDocument


@dataclass(frozen=True)
class TaskRow:
    """One task, in the official order of columns."""

    task: str
    time_limit: str
    target: str
    units: str
    phone: str
    measures: str
    done: str


@dataclass(frozen=True)
class NoticeOfCompletion:
    """What a notice of completed rectification holds."""

    title: str
    notice_from: date
    notice_to: date
    tasks: tuple[TaskRow, ...]
    opening: str = ""
    """why notice is given; empty: the usual sentence"""
    working_days: int | None = None
    """of the notice, where somebody has counted them by the calendar"""
    objection_to: str = ""
    """the unit that takes objections; empty: the issuer"""
    objection_phone: str = ""
    objection_address: str = ""
    objection_email: str = ""
    issuer_mark: str = ""
    """发文机关标志 of a red head; empty: none"""


COLUMNS = ("反馈问题（整改任务）", "整改时限", "整改目标", "责任单位", "联系电话", "整改措施", "完成情况")
WIDTHS_MM = (26, 17, 23, 21, 25, 22, 22)


def title_about(name: str) -> str:
    """The usual title. Papers are Chinese, whatever language their reader has chosen."""
    return f"关于{name}整改任务完成情况的公示"


def check(data: NoticeOfCompletion) -> None:
    check_days(data.notice_from, data.notice_to)
    if not data.tasks:
        raise PaperRefused.because("papers.no_tasks")
    check_channel(data)


def check_days(first: date, last: date) -> None:
    """Refused: a notice that ends before it begins."""
    if last < first:
        raise PaperRefused.because("papers.days_reversed", first=first.isoformat(), last=last.isoformat())


def rows(data: NoticeOfCompletion) -> list[list[str]]:
    return [
        [row.task, row.time_limit, row.target, row.units, row.phone, row.measures, row.done]
        for row in data.tasks
    ]


def opening(data: NoticeOfCompletion) -> str:
    return data.opening or "现将整改任务完成情况予以公示，接受社会监督。"


def period(data: NoticeOfCompletion) -> str:
    counted = f"（{data.working_days} 个工作日）" if data.working_days else ""
    first, last = (date_words(day, CHINESE) for day in (data.notice_from, data.notice_to))
    return f"公示时间：{first}至{last}{counted}。"


class TakesObjections(Protocol):
    """A notice that says where objections go."""

    @property
    def objection_to(self) -> str: ...
    @property
    def objection_phone(self) -> str: ...
    @property
    def objection_address(self) -> str: ...
    @property
    def objection_email(self) -> str: ...


def check_channel(data: TakesObjections) -> None:
    """Refused: nowhere to object."""
    if not any((data.objection_phone, data.objection_address, data.objection_email)):
        raise PaperRefused.because("papers.no_channel")


def channel(data: TakesObjections, *, issuer: str) -> list[str]:
    """How to object: only what is known."""
    said = ["公示期间如有异议，请以书面形式实名反映，并提供事实依据和联系方式。"]
    for name, value in (
        ("受理单位", data.objection_to or issuer),
        ("联系电话", data.objection_phone),
        ("通讯地址", data.objection_address),
        ("电子邮箱", data.objection_email),
    ):
        if value:
            said.append(f"{name}：{value}")
    return said


def docx(data: NoticeOfCompletion, issue: Issue) -> bytes:
    document = OfficialDocument()
    if data.issuer_mark:
        document.red_head(data.issuer_mark, number=issue.number)
        document.title(data.title)
    else:
        document.title(data.title, blank_before=0)
        document.number(issue.number)
    document.blank()
    document.paragraph(opening(data))
    document.table(COLUMNS, rows(data), widths_mm=WIDTHS_MM)
    document.blank()
    document.paragraph("\n".join((period(data), *channel(data, issuer=issue.issuer))))
    document.signed(issue.issuer, issue.on)
    return document.packed(title=data.title, made_at=issue.made_at)


def printed(data: NoticeOfCompletion, issue: Issue) -> Mapping[str, Any]:
    return {
        "title": data.title,
        "opening": opening(data),
        "columns": list(COLUMNS),
        "widths": list(WIDTHS_MM),
        "rows": rows(data),
        "closing": [period(data), *channel(data, issuer=issue.issuer)],
        "issuer": issue.issuer,
        "day": date_words(issue.on, CHINESE),
    }


SAMPLE = NoticeOfCompletion(
    title=title_about("某矿"),
    notice_from=date(2026, 1, 5),
    notice_to=date(2026, 1, 9),
    tasks=(
        TaskRow("边坡裸露", "2025年底前", "边坡治理", "某单位", "0000-0000000", "削坡、覆土", "已完成"),
        TaskRow("废渣堆存", "2025年底前", "废渣清运", "某单位", "0000-0000000", "清运", "已完成"),
    ),
    opening="现予公示。",
    working_days=5,
    objection_to="某单位",
    objection_phone="0000-0000000",
    objection_address="某路一号",
    objection_email="someone@example.org",
)
KIND = PaperKind(
    code="notice",
    title=Sentence(zh="整改完成情况公示", en="notice of completed rectification"),
    series=SERIES,
    data=NoticeOfCompletion,
    check=check,
    docx=docx,
    printed=printed,
    typst=Path(__file__).with_name("notice.typ"),
    sources=(Path(__file__), Path(official.__file__), setting.HOUSE),
    sample=SAMPLE,
    duties=(Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD),
    comes_back=False,
)
