"""What does a finding from images mean for a matter, and what must be written before anybody signs?

A finding is evidence, a person signs. 影像不支持 asks for a written answer before acceptance and closing, and stops no
clock; 尚早 and 无法判定 ask for nothing and count against nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qingshan.rules.matters import ProblemKind
from qingshan.rules.reasons import Reason, Sentence, declare
from qingshan.rules.words import Named


class Verdict(Named):
    """核查结论, as images give it; in the order in which a person has to look."""

    UNSUPPORTED = "unsupported", "影像不支持（待核实）", "not supported by images (to be verified)"
    UNDECIDABLE = "undecidable", "无法判定", "cannot be decided"
    TOO_EARLY = "too_early", "尚早", "too early"
    SUPPORTED = "supported", "影像支持", "supported by images"


class Question(Named):
    """核查事项: which part of a claim is tested."""

    RESTORED = "restored", "已修复", "restored"
    KEPT = "kept", "验收后保持", "kept as accepted"
    DISTURBED = "disturbed", "损毁起始", "disturbed since"
    WITHIN = "within", "界内开采", "mined within the boundary"


class TargetUse(Named):
    """治理去向: what restored land is to become. The values are those of `earth.TargetUse`."""

    VEGETATION = "vegetation", "林草", "woods and grass"
    CROPLAND = "cropland", "耕地", "cropland"
    BUILDING = "building", "建设", "building"
    WATER = "water", "水面", "water"
    SOLAR = "solar", "光伏", "solar panels"
    NATURAL = "natural", "自然恢复", "natural recovery"


class Zone(Named):
    """气候区: how wet a place is. Where nobody says, the most careful threshold of all is used."""

    ARID = "arid", "干旱区", "arid"
    SEMI_ARID = "semi_arid", "半干旱区", "semi-arid"
    SEMI_HUMID = "semi_humid", "半湿润区", "semi-humid"
    HUMID = "humid", "湿润区", "humid"


class ClaimState(Named):
    """申报核验状态."""

    QUEUED = "queued", "待核查", "waiting to be tested"
    OBSERVED = "observed", "已有结论", "tested"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    SUPERSEDED = "superseded", "已由新申报取代", "superseded by a newer claim"


STANDING = (ClaimState.QUEUED, ClaimState.OBSERVED)
"""Claims that somebody makes today."""


class AnswerState(Named):
    """书面回应情况 of a finding that does not support its claim."""

    ASKED = "asked", "待书面回应", "written answer asked for"
    GIVEN = "given", "已书面回应", "answered in writing"
    UPHELD = "upheld", "说明成立", "explanation holds"
    MORE_WORK = "more_work", "需继续整改", "more work is needed"


class TraceState(Named):
    """回头看状态."""

    OPEN = "open", "待核实", "to be checked"
    CONFIRMED = "confirmed", "核实反弹", "confirmed to have relapsed"
    CLEARED = "cleared", "核实未反弹", "checked: kept"
    ENDED = "ended", "随申报了结", "ended with its claim"


OUTCOMES = (AnswerState.UPHELD, AnswerState.MORE_WORK)
"""What a person may decide about an answer."""


def overall(answers: Mapping[Question, Verdict]) -> Verdict:
    """What all answers to one claim come to: one doubt is a doubt; what was accepted is judged by whether it was kept.

    Where the land began and where it was mined may raise a doubt, but cannot support that it was restored.
    """
    if Verdict.UNSUPPORTED in answers.values():
        return Verdict.UNSUPPORTED
    told = [answers[each] for each in (Question.KEPT, Question.RESTORED) if each in answers]
    for verdict in (Verdict.SUPPORTED, Verdict.TOO_EARLY):
        if verdict in told:
            return verdict
    return Verdict.UNDECIDABLE


def is_relapse(question: Question, verdict: Verdict) -> bool:
    """反弹: it was accepted, and images no longer show what was accepted."""
    return question is Question.KEPT and verdict is Verdict.UNSUPPORTED


TRACED = frozenset({Question.KEPT, Question.RESTORED})
"""What a person goes and looks at on accepted land."""


def traces_back(question: Question, verdict: Verdict, *, accepted: bool) -> bool:
    """回头看: somebody accepted what images do not support, whether it was lost since or never there."""
    return verdict is Verdict.UNSUPPORTED and accepted and question in TRACED


def still_cleared(cleared: Collection[Question], answers: Mapping[Question, Verdict]) -> tuple[Question, ...]:
    """Of what a person found on site to be as it was accepted, what a doubt of images opens no trace-back about.

    Once images support it again, a doubt that comes later is another one.
    """
    return tuple(each for each in Question if each in cleared and answers.get(each) is not Verdict.SUPPORTED)


@dataclass(frozen=True)
class Standing:
    """How one claim of a matter stands when somebody wants to sign."""

    claim: str
    """its number"""
    about: str
    """the land"""
    verdict: Verdict | None
    """None: not tested yet"""
    answer: AnswerState | None = None
    id: int | None = None


NO_LAND = frozenset({ProblemKind.DUST, ProblemKind.WATER, ProblemKind.FUND})
"""Problems that are put right without restoring land: images from above say nothing about them."""


def claims_land(problem: ProblemKind) -> bool:
    """Whether it is said of land that it is restored when such a problem is said to be put right."""
    return problem not in NO_LAND


UNANSWERED = "rules.verification.unanswered"
SIGNS = frozenset({UNANSWERED, "rules.batch.finding_unanswered"})
"""Needs of a line in a flow: whoever takes such a line signs for land, and only once doubts are answered."""
MORE_WORK = "rules.verification.more_work"
NOT_RELAPSED = "rules.verification.not_relapsed"


def need_relapse(open_trace_backs: int) -> tuple[Reason, ...]:
    """Only what images no longer show, and nobody has cleared, is reopened as a relapse."""
    return () if open_trace_backs else (Reason(NOT_RELAPSED),)


def against_signing(standings: Iterable[Standing]) -> tuple[Reason, ...]:
    """What must be written or done before acceptance or closing is signed. A claim that nobody has tested holds up
    nothing.
    """
    return tuple(
        Reason(
            MORE_WORK if each.answer is AnswerState.MORE_WORK else UNANSWERED,
            {"claim": each.claim, "about": each.about, "claim_id": each.id},
        )
        for each in standings
        if each.verdict is Verdict.UNSUPPORTED and each.answer not in (AnswerState.GIVEN, AnswerState.UPHELD)
    )


def asks_anew(
    before: Collection[Question], now: Collection[Question], *, answer: AnswerState | None
) -> AnswerState | None:
    """How the answer stands after a newer finding; the questions are those that images do not support.

    What was answered need not be answered again while the same is doubted; a new doubt asks anew.
    """
    if not now:
        return None
    return answer if answer is not None and set(now) <= set(before) else AnswerState.ASKED


@dataclass(frozen=True)
class Held:
    """A finding that the county may answer before the levels above see it."""

    verdict: Verdict | None
    answer: AnswerState | None
    until: date | None
    """last day of the time to answer"""


def is_held_back(held: Held, *, on: date) -> bool:
    """Whether the levels above do not see it yet: until somebody has answered, or the time is over."""
    waits = held.verdict is Verdict.UNSUPPORTED and held.answer is AnswerState.ASKED
    return waits and held.until is not None and on <= held.until


SENTENCES = {
    UNANSWERED: Sentence(
        zh="“{about}”的申报影像不支持（待核实），核验 {claim} 还没有书面回应。请先书面回应，再办理；办理时限照常计算。",
        en="Images do not support the claim about “{about}” (to be verified), and test {claim} has not been answered in"
        " writing. Answer first, then go on; deadlines run all the same.",
    ),
    NOT_RELAPSED: Sentence(
        zh="没有待核实的回头看：影像没有提出“验收后未保持（待核实）”的疑点。因其他情况反弹的，请办理“重新挂账”。",
        en="No trace-back waits: images raise no doubt that it was kept. Where it came back otherwise, reopen it.",
    ),
    MORE_WORK: Sentence(
        zh="“{about}”的书面回应经核定需继续整改（核验 {claim}）。请退回整改（公示中的中止公示，管护期内的返工），"
        "完成后重新申报。",
        en="It was decided that “{about}” needs more work (test {claim}). Return it, and claim again when it is done.",
    ),
}
declare(SENTENCES)
