"""How is an official number written, and is one that somebody brings what it claims to be?

Which series there are stands in one table. The next serial of a series is taken where there is a database
(`papers.numbers`); here it is only written down and read back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import compact, petition_no
from qingshan.rules.reasons import Sentence
from qingshan.rules.words import Named, normalised

FIRST_YEAR, LAST_YEAR = 1949, 2999
LONGEST_PREFIX = 30


class Per(Named):
    """编号范围: within what a series counts from one, each year anew."""

    REGION = "region", "行政区划", "region"
    ORGANISATION = "organisation", "机构", "organisation"


@dataclass(frozen=True)
class Series:
    """编号序列: numbers that are given one after another, without a gap, within a region or a house and a year."""

    code: str
    title: Sentence
    per: Per
    pattern: str
    """with {place} (six digits of the region, or the 机关代字 of the house), {year} and {serial}"""

    def written(self, *, place: str, year: int, serial: int) -> str:
        """The number. Raises RuleError for a year or serial that cannot be."""
        if not FIRST_YEAR <= year <= LAST_YEAR or serial < 1:
            raise RuleError.because("rules.number.impossible", year=year, serial=serial)
        return self.pattern.format(place=_place(place, self.per), year=year, serial=serial)


def _place(text: str, per: Per) -> str:
    """A region's six digits, or a 机关代字: short, of letters and Chinese characters only."""
    place = normalised(text)
    fits = re.fullmatch(r"[0-9]{6}", place) if per is Per.REGION else _PREFIX.fullmatch(place)
    if not fits:
        code = "rules.number.region" if per is Per.REGION else "rules.number.prefix"
        raise RuleError.because(code, place=text[:40])
    return place


# brackets would be read as those around the year
_PREFIX = re.compile(rf"[^\W_\d]{{1,{LONGEST_PREFIX}}}")


def _series(code: str, zh: str, en: str, per: Per, pattern: str) -> Series:
    return Series(code, Sentence(zh=zh, en=en), per, pattern)


RECTIFICATION: Final = "rectification"
PETITION: Final = "petition"
NOTICE: Final = "notice"
ACCEPTANCE: Final = "acceptance"
ASSIGNMENT: Final = "assignment"
PLAN_OPINION: Final = "plan_opinion"
CLOSING_OPINION: Final = "closing_opinion"
DOCUMENT: Final = "document"
RESTORATION: Final = "restoration"
BATCH: Final = "batch"
SINGLE: Final = "single_site"

SERIES: Final[dict[str, Series]] = {
    each.code: each
    for each in (
        _series(
            RECTIFICATION, "整改问题", "rectification cases", Per.REGION, "整改-{place}-{year}-{serial:04}"
        ),
        _series(
            RESTORATION, "修复项目", "restoration projects", Per.REGION, "修复-{place}-{year}-{serial:04}"
        ),
        _series(BATCH, "修复批次", "batches of sites", Per.REGION, "批次-{place}-{year}-{serial:04}"),
        _series(SINGLE, "单项修复", "single sites", Per.REGION, "单项-{place}-{year}-{serial:04}"),
        # only where the inspection group has given none: see `petition_number`
        _series(
            PETITION,
            "信访转办（自编）",
            "petitions without an official number",
            Per.REGION,
            "信转-{place}-{year}-{serial:04}",
        ),
        _series(NOTICE, "公示", "public notices", Per.REGION, "公示-{place}-{year}-{serial:04}"),
        _series(ACCEPTANCE, "验收表", "acceptance sheets", Per.REGION, "验收-{place}-{year}-{serial:04}"),
        _series(ASSIGNMENT, "交办通知", "assignments", Per.REGION, "交办-{place}-{year}-{serial:04}"),
        _series(PLAN_OPINION, "方案审批", "opinions on plans", Per.REGION, "审批-{place}-{year}-{serial:04}"),
        _series(
            CLOSING_OPINION, "销号意见", "opinions on closing", Per.REGION, "销号-{place}-{year}-{serial:04}"
        ),
        # GB/T 9704-2012: hexagonal brackets, a year of four digits, neither 第 nor leading zeros
        _series(DOCUMENT, "发文", "official documents", Per.ORGANISATION, "{place}〔{year}〕{serial}号"),
    )
}


def series(code: str) -> Series:
    """The series with this code; raises KeyError for a programmer's mistake."""
    return SERIES[code]


# --- 信访受理编号 ----------------------------------------------------------------------------------


def petition_number(text: str) -> str | None:
    """The 受理编号 that the inspection group has given, as it is compared; None where none was brought.

    None means: take one of our own series. What was brought and cannot be right raises RuleError.
    """
    return petition_no(text).text if compact(text) else None


# --- 发文字号 --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DocumentNumber:
    """发文字号, e.g. 青石自然资〔2026〕12号."""

    prefix: str
    """机关代字"""
    year: int
    serial: int

    @property
    def text(self) -> str:
        """As GB/T 9704-2012 wants it."""
        return series(DOCUMENT).written(place=self.prefix, year=self.year, serial=self.serial)


_OPENING, _CLOSING = r"[〔\[【(（﹝]", r"[〕\]】)）﹞]"
_DOCUMENT = re.compile(
    rf"(?P<prefix>[^\d\s〔\[【(（﹝]{{1,{LONGEST_PREFIX}}}){_OPENING}(?P<year>\d{{4}}){_CLOSING}"
    r"第?(?P<serial>\d{1,6})号",
    re.ASCII,
)


def document_number(text: str) -> DocumentNumber:
    """Read a 发文字号 as people write it: other brackets, 第, leading zeros. Else RuleError."""
    plain = re.sub(r"\s", "", normalised(text))
    form = _DOCUMENT.fullmatch(plain)
    if form is None or not FIRST_YEAR <= int(form["year"]) <= LAST_YEAR or int(form["serial"]) == 0:
        raise RuleError.because("rules.number.document_form", number=text[:60])
    return DocumentNumber(form["prefix"], int(form["year"]), int(form["serial"]))
