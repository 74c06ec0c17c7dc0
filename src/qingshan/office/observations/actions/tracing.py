"""How is land checked that images no longer show as it was accepted? Confirmed by whoever takes its matter up again;
cleared by somebody who did not sign for it.
"""

from __future__ import annotations

from datetime import datetime

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import CLEAR
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.signing import signed
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.verification import TRACED, Question, TraceState, Verdict


@official_act
def clear_trace_back(
    trace_back: TraceBack, *, note: str, version: int, actor: ActorLike, now: datetime
) -> TraceBack:
    """回头看核实未反弹: what was doubted is relapsed no more, and not traced back again by the same doubt. Refused: no
    review duty, out of area, over already, whoever accepted or closed it, nothing said of what was found.
    """
    claim = trace_back.claim
    require(actor, CLEAR.code, region_id=claim.region_id)
    trace_back.refresh_from_db()
    trace_back.version = version
    if trace_back.state != TraceState.OPEN:
        state = trace_back.state_named
        raise ObservationRefused.because(
            "observations.trace_back_decided", number=claim.number, state=state.zh, state_en=state.en
        )
    if signed(claim, actor):
        raise ObservationRefused.because("observations.signed_it", number=claim.number)
    if not note.strip():
        raise ObservationRefused.because("observations.note_missing")
    change(
        trace_back,
        state=TraceState.CLEARED.value,
        note=note.strip(),
        decided_on=shanghai_date(now),
        decided_by=actor.decider.organisation or actor.decider.name,
    )
    claim.refresh_from_db()
    change(claim, relapsed=False, cleared=_cleared(claim, trace_back))
    told = {"about": claim.about, "claim": claim.number, "note": trace_back.note}
    record(
        act=CLEAR.code,
        actor=actor,
        now=now,
        subjects=[trace_back, claim],
        new=told,
        region_id=claim.region_id,
    )
    return trace_back


def _cleared(claim: Claim, trace_back: TraceBack) -> list[str] | None:
    """What is doubted now, and what the trace-back was opened for where no image has supported it since."""
    doubted = {Question(each) for each in (*(claim.doubted or ()), *(claim.cleared or ()))} & TRACED
    opened_for = trace_back.finding
    later = claim.findings.filter(question=opened_for.question, pk__gt=opened_for.pk)
    if not later.filter(verdict=Verdict.SUPPORTED.value).exists():
        doubted.add(opened_for.question_named)
    return [each.value for each in Question if each in doubted] or None
