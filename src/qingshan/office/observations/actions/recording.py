"""How does what images said enter the ledger? Chunk by chunk, once for each claim of a run, whoever comes twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import RECORD_FINDINGS
from qingshan.office.observations.models import Claim, Finding, Run, TraceBack
from qingshan.office.observations.sentences import NothingLeft
from qingshan.office.places.queries.calendar import calendar
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.rulebook import in_force
from qingshan.rules.verification import (
    STANDING,
    AnswerState,
    ClaimState,
    Question,
    TraceState,
    Verdict,
    asks_anew,
    is_relapse,
    overall,
    still_cleared,
    traces_back,
)
from qingshan.rules.watching import Watch

DAYS = ("disturbed_since", "restored_since", "planted_on", "accepted_on")
"""the days that a claim names"""


@dataclass(frozen=True)
class Told:
    """The answer to one part of a claim, as the engine gave it."""

    question: Question
    verdict: Verdict
    whole: dict[str, Any]
    """everything that it said, as `earth.judged.as_json` writes it"""


@dataclass(frozen=True)
class Found:
    """What images said of one claim, with its sheets in the vault."""

    claim_id: int
    told: tuple[Told, ...]
    claimed: dict[str, Any]
    """what was asked"""
    until: date | None
    parameters: str
    engine: str
    sheet_digest: str = ""
    sheet_en_digest: str = ""


@official_act
def record_findings(run: Run, found: Sequence[Found], *, now: datetime) -> list[Claim]:
    """写入核查结论, by the program. Claims that were withdrawn meanwhile, or have findings of this run, are left out:
    that is asked here, with their rows held. What was said anew of a claim while it was looked at keeps it queued.
    Refused: none of them waits for these findings any more.
    """
    ids = sorted(one.claim_id for one in found)
    held = Claim.objects.filter(pk__in=ids).select_for_update().order_by("pk")
    claims = {each.pk: each for each in held}
    wanted = to_record(run, ids)
    if not wanted:
        raise NothingLeft.because("observations.done_meanwhile")
    on, days = shanghai_date(now), calendar()
    subjects: list[Any] = []
    changed: list[Claim] = []
    for one in (each for each in found if each.claim_id in wanted):
        claim = claims[one.claim_id]
        rows = [_written(run, claim, one, told, on) for told in one.told]
        changed.append(_stands(claim, one, rows, on=on, until=_until(claim, on, days)))
        subjects += [claim, *rows, *_traced_back(claim, rows, on)]
    told = {"number": run.number, "claims": len(changed)}
    record(
        act=RECORD_FINDINGS.code,
        actor=THE_SYSTEM,
        now=now,
        subjects=subjects,
        new=told,
        region_id=run.region_id,
    )
    return changed


def to_record(run: Run, claim_ids: Sequence[int]) -> set[int]:
    """Which of these claims still stand and have no finding of this run yet."""
    standing = Claim.objects.filter(pk__in=claim_ids, state__in=STANDING)
    done = Finding.objects.filter(run=run, claim_id__in=claim_ids).values("claim_id")
    return set(standing.exclude(pk__in=done).values_list("pk", flat=True))


def _traced_back(claim: Claim, rows: Sequence[Finding], on: date) -> list[TraceBack]:
    """回头看 where images do not support what was accepted; one that is open already is not opened twice, and what a
    person has cleared is not doubted once more by the same.
    """
    accepted = claim.accepted_on is not None
    doubts = [
        each
        for each in rows
        if traces_back(each.question_named, each.verdict_named, accepted=accepted)
        and each.question not in (claim.cleared or ())
    ]
    if not doubts or claim.trace_backs.filter(state=TraceState.OPEN.value).exists():
        return []
    made = TraceBack(
        claim=claim, finding=min(doubts, key=lambda each: each.question != Question.KEPT), opened_on=on
    )
    made.save(force_insert=True)
    return [made]


def _written(run: Run, claim: Claim, one: Found, told: Told, on: date) -> Finding:
    since = told.whole["since"]
    row = Finding(
        claim=claim,
        run=run,
        question=told.question.value,
        verdict=told.verdict.value,
        since=date.fromisoformat(since) if since else None,
        provisional=told.whole["is_provisional"],
        effect=told.whole["effect"],
        effect_of=told.whole["effect_of"],
        share=told.whole["share"],
        told=told.whole,
        claimed=one.claimed,
        found_on=on,
        until=one.until,
        parameters=one.parameters,
        engine=one.engine,
        sheet_digest=one.sheet_digest,
        sheet_en_digest=one.sheet_en_digest,
    )
    row.save(force_insert=True)
    return row


def _stands(claim: Claim, one: Found, rows: Sequence[Finding], *, on: date, until: date) -> Claim:
    answers = {told.question: told.verdict for told in one.told}
    verdict = overall(answers)
    doubted = [question for question in Question if answers.get(question) is Verdict.UNSUPPORTED]
    before = [Question(each) for each in claim.doubted or ()]
    answer = asks_anew(before, doubted, answer=claim.answer_named)
    asks = answer is AnswerState.ASKED and (claim.answer_named is not answer or set(doubted) - set(before))
    cleared = still_cleared([Question(each) for each in claim.cleared or ()], answers)
    return change(
        claim,
        state=(ClaimState.QUEUED if _says_more(claim, one) else ClaimState.OBSERVED).value,
        verdict=verdict.value,
        relapsed=any(is_relapse(each, told) for each, told in answers.items() if each not in cleared),
        doubted=[each.value for each in doubted] or None,
        cleared=[each.value for each in cleared] or None,
        because=None,
        newest=_deciding(rows, verdict),
        found_on=on,
        answer_state=answer.value if answer else "",
        answer_until=until if asks else (claim.answer_until if answer else None),
        next_look_on=_next_look(claim, on),
    )


def _says_more(claim: Claim, one: Found) -> bool:
    """Whether the claim says something else than what the images were asked: it was completed, or its land accepted."""
    now = claimed_by(claim)
    return any(now[name] != said for name, said in one.claimed.items())


def claimed_by(claim: Claim) -> dict[str, Any]:
    """What is claimed, as a finding keeps it: with the same words it can be asked again."""
    days = {name: getattr(claim, name) for name in DAYS}
    told = {name: day.isoformat() if day else None for name, day in days.items()}
    return {"target": claim.target, "zone": claim.zone, **told}


def _next_look(claim: Claim, on: date) -> date | None:
    """When the finding of the next year of aftercare is due."""
    if claim.accepted_on is None or claim.watched_until is None:
        return None
    return Watch(claim.accepted_on, claim.watched_until).next_on(found_on=on)


def _deciding(rows: Sequence[Finding], verdict: Verdict) -> Finding | None:
    """The finding that a page tells first."""
    fitting = [each for each in rows if each.verdict == verdict]
    order = list(Question)
    return min(fitting or rows, key=lambda each: order.index(each.question_named), default=None)


def _until(claim: Claim, on: date, days: Any) -> date:
    book = in_force("verification", on=on, region=region_of_id(claim.region_id))
    last: date = days.add_working_days(on, book.whole("answer_days")).day
    return last
