"""How is a finding that does not support a claim answered in writing, and who decides about the answer?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.errors import NotAllowed
from qingshan.office.observations.access import ANSWER, DECIDE, may_answer
from qingshan.office.observations.models import Answer, Claim
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.secrecy import check_not_marked_secret
from qingshan.rules.verification import OUTCOMES, STANDING, AnswerState


@dataclass(frozen=True)
class Written:
    """What is answered, with its paper in the vault."""

    text: str
    file_name: str = ""
    file_digest: str = ""


@official_act
def answer(claim: Claim, written: Written, *, version: int, actor: ActorLike, now: datetime) -> Answer:
    """书面回应核查结论. Refused: neither the enterprise nor the place's offices, nothing that waits for an answer, no
    words, a paper that is marked as secret.
    """
    require(actor, ANSWER.code)
    if not may_answer(claim, actor):
        raise NotAllowed.because("observations.not_yours_to_answer")
    _fresh(claim, version)
    if claim.answer_named is not AnswerState.ASKED or claim.state not in STANDING:
        raise ObservationRefused.because("observations.nothing_to_answer", number=claim.number)
    if not written.text.strip():
        raise ObservationRefused.because("observations.answer_missing")
    check_not_marked_secret(written.text, written.file_name)
    claim, given = answer_given(claim, written, actor=actor, on=shanghai_date(now))
    told = {
        "about": claim.about,
        "claim": claim.number,
        "file": given.file_name,
        "file_sm3": given.file_digest,
    }
    _record(ANSWER.code, claim, given, told, actor=actor, now=now)
    return given


def answer_given(claim: Claim, written: Written, *, actor: ActorLike, on: date) -> tuple[Claim, Answer]:
    """The answer with its claim, written inside the act by which somebody answers; both belong to its entry."""
    given = Answer.objects.create(
        claim=claim,
        finding=claim.newest,
        text=written.text.strip(),
        file_name=written.file_name,
        file_digest=written.file_digest,
        answered_on=on,
        answered_by=actor.decider.organisation or actor.decider.name,
        answerer_id=actor.decider.id,
        until=claim.answer_until,
    )
    return change(claim, answer_state=AnswerState.GIVEN.value), given


@official_act
def decide_answer(
    claim: Claim, *, outcome: AnswerState, opinion: str, version: int, actor: ActorLike, now: datetime
) -> Answer:
    """核定书面回应: the explanation holds, or more work is needed. Refused: no review duty, out of area, no answer that
    waits, one's own answer, more work without a reason.
    """
    require(actor, DECIDE.code, region_id=claim.region_id)
    _fresh(claim, version)
    given = claim.answers.filter(outcome="").order_by("-id").first()
    if given is None or claim.answer_named is not AnswerState.GIVEN or outcome not in OUTCOMES:
        raise ObservationRefused.because("observations.no_answer_to_decide", number=claim.number)
    if given.answerer_id is not None and given.answerer_id in _persons(actor):
        raise ObservationRefused.because("observations.own_answer")
    if outcome is AnswerState.MORE_WORK and not opinion.strip():
        raise ObservationRefused.because(
            "observations.opinion_missing", outcome=outcome.zh, outcome_en=outcome.en
        )
    change(
        given,
        outcome=outcome.value,
        opinion=opinion.strip(),
        decided_on=shanghai_date(now),
        decided_by=actor.decider.organisation or actor.decider.name,
    )
    change(claim, answer_state=outcome.value)
    told = {
        "about": claim.about,
        "claim": claim.number,
        "outcome": outcome.zh,
        "outcome_en": outcome.en,
        "note": given.opinion,
    }
    _record(DECIDE.code, claim, given, told, actor=actor, now=now)
    return given


def _persons(actor: ActorLike) -> set[int | None]:
    return {actor.decider.id, actor.recorder.id, actor.person_id} - {None}


def _fresh(claim: Claim, version: int) -> None:
    """As it stands now; the act holds the version that the page showed."""
    claim.refresh_from_db()
    claim.version = version


def _record(
    act: str, claim: Claim, given: Answer, told: dict[str, Any], *, actor: ActorLike, now: datetime
) -> None:
    record(act=act, actor=actor, now=now, subjects=[claim, given], new=told, region_id=claim.region_id)
