"""What does a case still lack before it may be closed (销号)? It is listed before anybody tries.

The list follows 中央生态环境保护督察整改工作办法 and the local rules on closing (验收销号) as far as they were read:
measures, target, signature, notice, 查处追责到位, 长效机制, 成效评估, archive. It is a synthesis (待核).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qingshan.rules.reasons import Reason
from qingshan.rules.register import RegionLevel


@dataclass(frozen=True)
class ClosingFacts:
    """整改问题 as the decision to close it sees it."""

    on: date
    open_measures: tuple[str, ...] = ()
    target_reached: bool | None = None
    """None: nobody has said so yet"""
    target_evidence: int = 0
    levels_asked: tuple[RegionLevel, ...] = ()
    levels_signed: tuple[RegionLevel, ...] = ()
    notice_ends_on: date | None = None
    open_objections: int = 0
    enforcement: str | None = None
    """查处追责: `done`, `none_needed`, `open`, or None where nobody has answered"""
    mechanism: str = ""
    """长效机制: the document and what it says"""
    effect_evaluated: bool = False
    missing_papers: tuple[str, ...] = ()
    by_closing_the_mine: bool = False
    """whether a mine's closing or stopping is the only thing that was done"""


def missing(facts: ClosingFacts) -> tuple[Reason, ...]:
    """Everything that stands against closing, in the order of the work; empty when nothing does."""
    return (
        *_work(facts),
        *_acceptance(facts),
        *_notice(facts),
        *_consequences(facts),
        *_archive(facts),
    )


def _work(facts: ClosingFacts) -> Iterator[Reason]:
    for measure in facts.open_measures:
        yield Reason("rules.closing.measure_open", {"measure": measure})
    if facts.by_closing_the_mine:
        yield Reason("rules.closing.mine_closed_instead")
    if facts.target_reached is not True:
        yield Reason("rules.closing.target_not_reached")
    if facts.target_evidence == 0:
        yield Reason("rules.closing.target_without_evidence")


def _acceptance(facts: ClosingFacts) -> Iterator[Reason]:
    for level in facts.levels_asked:
        if level not in facts.levels_signed:
            yield Reason("rules.closing.not_accepted", {"level": level.zh, "level_en": level.en})


def _notice(facts: ClosingFacts) -> Iterator[Reason]:
    if facts.notice_ends_on is None:
        yield Reason("rules.closing.no_notice")
    elif facts.on <= facts.notice_ends_on:
        yield Reason("rules.closing.notice_running", {"day": facts.notice_ends_on.isoformat()})
    if facts.open_objections:
        yield Reason("rules.closing.objections_open", {"count": facts.open_objections})


def _consequences(facts: ClosingFacts) -> Iterator[Reason]:
    if facts.enforcement is None:
        yield Reason("rules.closing.enforcement_unanswered")
    elif facts.enforcement == "open":
        yield Reason("rules.closing.enforcement_open")
    if not facts.mechanism.strip():
        yield Reason("rules.closing.no_mechanism")
    if not facts.effect_evaluated:
        yield Reason("rules.closing.effect_not_evaluated")


def _archive(facts: ClosingFacts) -> Iterator[Reason]:
    for paper in facts.missing_papers:
        yield Reason("rules.closing.paper_missing", {"paper": paper})
