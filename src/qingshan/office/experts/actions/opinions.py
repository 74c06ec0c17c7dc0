"""How is an expert asked for an opinion, how does it come in, and what becomes of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.errors import NotAllowed
from qingshan.office.experts.about import About
from qingshan.office.experts.access import ANSWER, GIVE, INVITE, KEEPS, WITHDRAW, draws, keeps
from qingshan.office.experts.actions.assigning import may_speak
from qingshan.office.experts.actions.pool import not_to_come, said
from qingshan.office.experts.actions.ties import is_oneself
from qingshan.office.experts.models import Expert, ExpertOpinion
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.regions.permission import names_of
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.experts import ANSWERS, OpinionState
from qingshan.rules.secrecy import check_not_marked_secret


@dataclass(frozen=True)
class Written:
    """What an expert wrote, and its paper in the vault."""

    text: str = ""
    file_name: str = ""
    file_digest: str = ""


@official_act
def invite_opinion(
    expert: Expert,
    about: About,
    *,
    question: str,
    actor: ActorLike,
    now: datetime,
    due_on: date | None = None,
) -> ExpertOpinion:
    """邀请专家提出意见. Refused: no review duty, out of area, who must stay away or has left, nothing asked."""
    require(actor, INVITE.code, region_id=about.region.pk)
    on = shanghai_date(now)
    may_speak(expert, about, on=on)
    if not question.strip():
        raise ExpertRefused.because("experts.question_missing")
    if due_on is not None and due_on < on:
        raise ExpertRefused.because("experts.day_is_over", day=due_on.isoformat())
    opinion = ExpertOpinion.objects.create(
        expert=expert,
        region=about.region,
        subject_kind=about.kind,
        subject_id=about.pk,
        subject_name=about.name,
        question=question.strip(),
        invited_on=on,
        due_on=due_on,
    )
    told = {"question": opinion.question, "due_on": due_on.isoformat() if due_on else None}
    _record(INVITE.code, opinion, told, actor=actor, now=now)
    return opinion


@official_act
def give_opinion(
    opinion: ExpertOpinion,
    written: Written,
    *,
    version: int,
    actor: ActorLike,
    now: datetime,
    given_on: date | None = None,
) -> ExpertOpinion:
    """提出专家意见: by the expert, or by the office that got it on paper. Refused: others, given already, nothing
    written, a paper that is marked as secret, a day to come.
    """
    require(actor, GIVE.code)
    _require_writer(opinion, actor)
    _in_state(opinion, version, OpinionState.INVITED)
    on = given_on or shanghai_date(now)
    not_to_come(on, now=now)
    if not written.text.strip() and not written.file_digest:
        raise ExpertRefused.because("experts.opinion_empty")
    check_not_marked_secret(written.text, written.file_name)
    change(
        opinion,
        state=OpinionState.GIVEN.value,
        given_on=on,
        text=written.text.strip(),
        file_name=written.file_name,
        file_digest=written.file_digest,
    )
    told = {
        "given_on": on.isoformat(),
        "file": written.file_name,
        "file_sm3": written.file_digest,
        "recorded_for_expert": not is_oneself(opinion.expert, actor),
    }
    _record(GIVE.code, opinion, told, actor=actor, now=now)
    return opinion


@official_act
def answer_opinion(
    opinion: ExpertOpinion,
    *,
    outcome: OpinionState,
    answer: str,
    version: int,
    actor: ActorLike,
    now: datetime,
) -> ExpertOpinion:
    """答复专家意见. Refused: no review duty, out of area, not given yet, a decline without a reason."""
    require(actor, ANSWER.code, region_id=opinion.region_id)
    _in_state(opinion, version, OpinionState.GIVEN)
    if outcome not in ANSWERS:
        raise ExpertRefused.because("experts.opinion_not_in_state", state=outcome.zh, state_en=outcome.en)
    if outcome != OpinionState.ADOPTED and not answer.strip():
        raise ExpertRefused.because("experts.answer_needs_reason", outcome=outcome.zh, outcome_en=outcome.en)
    change(
        opinion,
        state=outcome.value,
        answer=answer.strip(),
        answered_on=shanghai_date(now),
        answered_by=actor.decider.organisation or actor.decider.name,
    )
    told = {"outcome": outcome.zh, "outcome_en": outcome.en, "note": opinion.answer}
    _record(ANSWER.code, opinion, told, actor=actor, now=now)
    return opinion


@official_act
def withdraw_invitation(
    opinion: ExpertOpinion, *, reason: str, version: int, actor: ActorLike, now: datetime
) -> ExpertOpinion:
    """撤回邀请 that nobody has answered yet: it stays on record with the reason. Refused: no review duty, out of area,
    an opinion that was given, no reason.
    """
    require(actor, WITHDRAW.code, region_id=opinion.region_id)
    _in_state(opinion, version, OpinionState.INVITED)
    change(
        opinion,
        state=OpinionState.WITHDRAWN.value,
        withdrawn_on=shanghai_date(now),
        withdrawn_because=said(reason)[:200],
    )
    _record(WITHDRAW.code, opinion, {"reason": opinion.withdrawn_because}, actor=actor, now=now)
    return opinion


def may_give(opinion: ExpertOpinion, actor: ActorLike) -> bool:
    """The expert, and whoever keeps or draws in the region: an opinion may come on paper."""
    return (
        is_oneself(opinion.expert, actor)
        or keeps(actor, opinion.region_id)
        or draws(actor, opinion.region_id)
    )


def _require_writer(opinion: ExpertOpinion, actor: ActorLike) -> None:
    if may_give(opinion, actor):
        return
    if actor.duties & {KEEPS, Duty.REVIEW}:
        raise NotAllowed.because("office.out_of_area", **names_of(GIVE))
    raise NotAllowed.because("experts.not_yours")


def _in_state(opinion: ExpertOpinion, version: int, *states: OpinionState) -> None:
    opinion.refresh_from_db()
    state = OpinionState(opinion.state)
    if state not in states:
        raise ExpertRefused.because("experts.opinion_not_in_state", state=state.zh, state_en=state.en)
    opinion.version = version


def _record(
    act: str, opinion: ExpertOpinion, told: dict[str, Any], *, actor: ActorLike, now: datetime
) -> None:
    whole = {"name": opinion.expert.name, "about": opinion.subject_name, **told}
    record(act=act, actor=actor, now=now, subjects=[opinion], new=whole, region_id=opinion.region_id)
