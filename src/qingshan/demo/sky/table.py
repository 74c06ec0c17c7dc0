"""How many claims do the images support, by sites and by hectares, and how many of them are new? (影像核查汇总)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qingshan.demo.sky.claims import ClaimedSite
from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.geo.area import areas_m2

YEAR = timedelta(days=365)
LOST = "earth.judged.lost"
"""how the codes of findings begin that saw plants at the acceptance, and saw them go"""


class Outcome(StrEnum):
    """What the images say to a claim as a whole."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    UNDECIDABLE = "undecidable"
    TOO_EARLY = "too_early"
    RELAPSED = "relapsed"
    """accepted, and the images do not support that it was kept"""


WORDS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.SUPPORTED: ("影像支持", "supported"),
    Outcome.UNSUPPORTED: ("影像不支持（待核实）", "unsupported"),
    Outcome.UNDECIDABLE: ("无法判定", "undecidable"),
    Outcome.TOO_EARLY: ("尚早", "too early"),
    Outcome.RELAPSED: ("验收后疑似反弹（待核实）", "relapsed"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    sites: int = 0
    area_m2: float = 0.0
    stock_sites: int = 0
    """claimed more than a year ago"""
    flow_sites: int = 0
    """claimed within the last year"""

    def with_site(self, area_m2: float, *, is_new: bool) -> Row:
        return Row(
            sites=self.sites + 1,
            area_m2=self.area_m2 + area_m2,
            stock_sites=self.stock_sites + (not is_new),
            flow_sites=self.flow_sites + is_new,
        )


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """Of one site; its claim of restoration decides unless what was accepted has been lost since."""
    by_question = {finding.question: finding for finding in findings}
    kept, restored = by_question.get(Question.KEPT), by_question.get(Question.RESTORED)
    if kept is not None and kept.verdict is Verdict.UNSUPPORTED and kept.because[0].code.startswith(LOST):
        return Outcome.RELAPSED
    return Outcome(restored.verdict.value) if restored is not None else Outcome.UNDECIDABLE


def table_of(
    sites: Sequence[ClaimedSite], findings: Iterable[Finding], *, today: date
) -> Mapping[Outcome, Row]:
    """All outcomes, also those of which there are none; together they are all sites."""
    found: dict[str, list[Finding]] = {site.id: [] for site in sites}
    for finding in findings:
        found[finding.site_id].append(finding)
    rows = dict.fromkeys(Outcome, Row())
    for site, area_m2 in zip(sites, areas_m2([site.shape for site in sites]).tolist(), strict=True):
        outcome = outcome_of(found[site.id])
        is_new = site.restored_since is not None and site.restored_since > today - YEAR
        rows[outcome] = rows[outcome].with_site(area_m2, is_new=is_new)
    return rows


def told(rows: Mapping[Outcome, Row], *, in_english: bool = False) -> str:
    """The table as text, with a last line for all claims."""
    head = (
        f"{'sites':>6} {'hectares':>10} {'stock':>6} {'flow':>6}  claims tested by (simulated) images"
        if in_english
        else f"{'处':>5} {'公顷':>8} {'存量':>4} {'新增':>4}  影像核查（模拟影像）"
    )
    lines = [head, *(_line(row, WORDS[outcome][in_english]) for outcome, row in rows.items())]
    whole = Row(
        sites=sum(row.sites for row in rows.values()),
        area_m2=sum(row.area_m2 for row in rows.values()),
        stock_sites=sum(row.stock_sites for row in rows.values()),
        flow_sites=sum(row.flow_sites for row in rows.values()),
    )
    return "\n".join([*lines, _line(whole, "all claims" if in_english else "申报合计")])


def _line(row: Row, word: str) -> str:
    return (
        f"{row.sites:>6,} {row.area_m2 / 10_000:>10,.2f} {row.stock_sites:>6,} {row.flow_sites:>6,}  {word}"
    )
