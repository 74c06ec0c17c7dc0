"""How is land checked that images no longer show as it was accepted? Confirmed by whoever reopens its matter."""

from __future__ import annotations

from datetime import datetime

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import CLEAR
from qingshan.office.observations.models import TraceBack
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.verification import TraceState


@official_act
def clear_trace_back(
    trace_back: TraceBack, *, note: str, version: int, actor: ActorLike, now: datetime
) -> TraceBack:
    """回头看核实未反弹. Refused: no review duty, out of area, decided already, nothing said of what was found."""
    claim = trace_back.claim
    require(actor, CLEAR.code, region_id=claim.region_id)
    trace_back.refresh_from_db()
    trace_back.version = version
    if trace_back.state != TraceState.OPEN:
        raise ObservationRefused.because("observations.trace_back_decided", number=claim.number)
    if not note.strip():
        raise ObservationRefused.because("observations.note_missing")
    change(
        trace_back,
        state=TraceState.CLEARED.value,
        note=note.strip(),
        decided_on=shanghai_date(now),
        decided_by=actor.decider.organisation or actor.decider.name,
    )
    told = {"about": claim.about, "claim": claim.number, "note": trace_back.note}
    record(act=CLEAR.code, actor=actor, now=now, subjects=[trace_back], new=told, region_id=claim.region_id)
    return trace_back
