"""What is answered to a claim, how sure is it, and what would settle it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qingshan.earth.sites import TargetUse
from qingshan.rules.reasons import CHINESE, Reason, say_all


class Question(StrEnum):
    """Which claim is tested."""

    RESTORED = "restored"
    """restored since a day (已修复)"""
    KEPT = "kept"
    """as it was accepted, ever since (验收后保持)"""
    DISTURBED = "disturbed"
    """disturbed since a day (损毁起始)"""
    WITHIN = "within"
    """no new disturbance outside the permitted boundary (界内开采)"""


class Verdict(StrEnum):
    """The answer. A machine's answer is evidence; a person decides."""

    SUPPORTED = "supported"
    """影像支持"""
    UNSUPPORTED = "unsupported"
    """影像不支持（待核实）"""
    UNDECIDABLE = "undecidable"
    """无法判定"""
    TOO_EARLY = "too_early"
    """尚早"""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer to one claim about one site, with what it rests on."""

    site_id: str
    question: Question
    verdict: Verdict
    target: TargetUse | None = None
    claimed_on: date | None = None
    since: date | None = None
    """supported since, or the day of the first contrary observation"""
    is_provisional: bool = False
    """rests on the newest observations alone; the next ones may change it"""
    effect: float | None = None
    """size of what was seen, in the unit of `effect_of`"""
    effect_of: str = ""
    """quantity of `effect`, e.g. fvc"""
    share: float | None = None
    """share of the site that it concerns, 0 to 1"""
    ring: float | None = None
    """the same quantity in the undisturbed ring"""
    outside_m2: float | None = None
    """area of new disturbance outside the permitted boundary"""
    inside_m2: float | None = None
    """area of new disturbance inside the permitted boundary"""
    agreeing: int = 0
    """observations that agree with the verdict (k)"""
    considered: int = 0
    """observations that were weighed (n)"""
    dates: tuple[date, ...] = ()
    """days of the observations that decided"""
    before: str = ""
    """scene whose picture shows the state before"""
    after: str = ""
    """scene whose picture shows the state that decided"""
    because: tuple[Reason, ...] = ()
    signs: tuple[Reason, ...] = ()
    """what was noticed besides: netting, growth that vanished, drought, coal"""
    settle: tuple[Reason, ...] = ()
    """what would settle it"""
    parameters: str = ""
    """id, version and digest of the parameter set"""

    def sentence(self, language: str = CHINESE) -> str:
        """The whole answer for a person."""
        return say_all(self.because, language)
