"""How does a claim stand, in words and signs that lists, cards and pages share?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.matters.kinds import kind_named
from qingshan.office.observations import queries
from qingshan.office.observations.models import Claim, Finding, TraceBack
from qingshan.office.observations.sheet_parts import without_pictures
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.reasons import CHINESE, Reason, say_all
from qingshan.rules.verification import AnswerState, ClaimState, TraceState, Verdict
from qingshan.vault import Vault, VaultError

VERDICT_LOOKS = {
    Verdict.UNSUPPORTED: "due",
    Verdict.UNDECIDABLE: "none",
    Verdict.TOO_EARLY: "note",
    Verdict.SUPPORTED: "good",
}
ANSWER_LOOKS = {
    AnswerState.ASKED: "due",
    AnswerState.GIVEN: "note",
    AnswerState.UPHELD: "good",
    AnswerState.MORE_WORK: "late",
}
TRACE_LOOKS = {
    TraceState.OPEN: "due",
    TraceState.CONFIRMED: "late",
    TraceState.CLEARED: "good",
    TraceState.ENDED: "none",
}
BEGINS, ENDS = '<main class="main">', "</main>"


@dataclass(frozen=True)
class Shown:
    """One claim as a reader may know it."""

    claim: Claim
    look: str
    word: str
    answer: tuple[str, str] | None
    """look and word of the written answer"""
    is_known: bool
    """whether the newest finding may be shown"""

    @property
    def is_traced(self) -> bool:
        """Whether somebody has to go there: images doubt that accepted land was kept (`queries.put_traces`)."""
        return self.is_known and bool(getattr(self.claim, "open_traces", ()))

    @property
    def waits_until(self) -> date | None:
        """Until when a written answer is asked for."""
        return self.claim.answer_until if self.claim.answer_named is AnswerState.ASKED else None


def shown(claim: Claim, *, actor: ActorLike, on: date) -> Shown:
    """Look and words of a claim; what the county may still answer is waiting, for those above."""
    language = get_language() or CHINESE
    is_known = queries.is_shown(claim, actor=actor, on=on)
    state, verdict = claim.state_named, claim.verdict_named
    if state in (ClaimState.WITHDRAWN, ClaimState.SUPERSEDED):
        return Shown(claim, "none", state.say(language), None, is_known)
    if verdict is None or not is_known:
        word = ClaimState.QUEUED.say(language) if verdict is None else _("县级核实中")
        return Shown(claim, "note", word, None, is_known)
    answer = claim.answer_named
    told = (ANSWER_LOOKS[answer], answer.say(language)) if answer else None
    look = "late" if claim.relapsed else VERDICT_LOOKS[verdict]
    return Shown(claim, look, verdict.say(language), told, is_known)


@dataclass(frozen=True)
class ToldFinding:
    """One finding in words."""

    finding: Finding
    look: str
    question: str
    verdict: str
    sentence: str
    signs: list[str]
    settle: list[str]


@dataclass(frozen=True)
class ToldTrace:
    """One trace-back, with what has to be done about it or what became of it."""

    trace_back: TraceBack
    look: str
    sentence: str


_UNDONE: dict[str, Promise] = {}


def declare_undone(subject_kind: str, sentence: Promise) -> None:
    """How land is dealt with that was not kept, where no matter claims it: a sentence for whoever checks it."""
    _UNDONE[subject_kind] = sentence


def traced(trace_back: TraceBack, claim: Claim) -> ToldTrace:
    """A trace-back of a claim in the reader's language."""
    state, decided = trace_back.state_named, trace_back.decided_on
    if state is TraceState.OPEN:
        sentence = _to_be_checked(trace_back, claim)
    elif state is TraceState.ENDED:
        sentence = _("申报已撤回或已由新申报取代，回头看随之了结（%(day)s）。") % {"day": decided}
    else:
        sentence = _("%(note)s（%(by)s · %(day)s）") % {
            "note": trace_back.note,
            "by": trace_back.decided_by,
            "day": decided,
        }
    return ToldTrace(trace_back, TRACE_LOOKS[state], sentence)


def _to_be_checked(trace_back: TraceBack, claim: Claim) -> str:
    """What images doubt, where it is put right if they are right, and who may say that they are not."""
    question = trace_back.finding.question_named.say(get_language() or CHINESE)
    doubt = _("影像不支持“%(question)s”（待核实），请到现场核实。") % {"question": question}
    acts, undone = _taken_up_by(claim), _UNDONE.get(claim.subject_kind, "")
    again = _("核实确未保持的，在事项页办理%(acts)s。") % {"acts": acts} if acts else str(undone)
    kept = _("核实仍然保持的，由没有参与验收、销号的审核人员在此写明核实情况。")
    return ("" if (get_language() or CHINESE) == CHINESE else " ").join(filter(None, (doubt, again, kept)))


def _taken_up_by(claim: Claim) -> str:
    """The acts by which the matter is taken up again, as it stands now; all that its kind has where it has none now."""
    if claim.matter is None:
        return ""
    language, kind = get_language() or CHINESE, kind_named(claim.matter.kind)
    now = {line.act for line in kind.flow.acts_from(claim.matter.state_name)}
    acts = [each for each in kind.takes_up_again if each in now] or kind.takes_up_again
    names = (_("“%(act)s”") % {"act": kind.flow.act_names[each].say({}, language)} for each in acts)
    return (" / " if language.startswith("en") else "或").join(names)


def told(finding: Finding) -> ToldFinding:
    """A finding in the reader's language."""
    language = get_language() or CHINESE
    whole = finding.told
    return ToldFinding(
        finding,
        VERDICT_LOOKS[finding.verdict_named],
        finding.question_named.say(language),
        finding.verdict_named.say(language),
        sentence_of(whole["because"]),
        [sentence_of([each]) for each in whole["signs"]],
        [sentence_of([each]) for each in whole["settle"]],
    )


def sentence_of(reasons: Iterable[dict[str, Any]] | None) -> str:
    """Reasons as they were stored, as sentences; one that a later release has forgotten, by its code."""
    language = get_language() or CHINESE
    said = []
    for each in reasons or ():
        try:
            said.append(say_all([Reason(each["code"], each["values"])], language))
        except KeyError:
            said.append(str(each["code"]))
    return ("" if language == CHINESE else " ").join(said)


def code(value: str) -> SafeString | None:
    """What programs call it, set apart from words; None where there is nothing yet."""
    return format_html('<span class="code">{}</span>', value) if value else None


def sheet_of(findings: Iterable[Finding]) -> bytes | None:
    """The sheet of these findings in the reader's language, as it lies in the vault; None where there is none."""
    is_english = (get_language() or CHINESE).startswith("en")
    for each in findings:
        digest = each.sheet_en_digest if is_english else each.sheet_digest
        if digest:
            try:
                with Vault(settings.VAULT_ROOT).open(digest, verified=True) as file:
                    return file.read()
            except VaultError:
                return None
    return None


def sheet_inside(sheet: bytes, *, with_pictures: bool = True) -> SafeString:
    """What a sheet holds between its frame, for our own page, whose style sheet draws it. The engine escaped
    everything that came from people, and the vault's digest says that nobody changed a byte since.
    """
    text = sheet.decode() if with_pictures else without_pictures(sheet.decode())
    inside = text.partition(BEGINS)[2].rpartition(ENDS)[0]
    before, _name, after = inside.partition("</h1>")  # our page has a heading of its own
    return mark_safe(after or before)
