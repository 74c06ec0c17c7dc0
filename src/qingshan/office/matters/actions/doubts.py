"""How does a person decide about a doubt (存疑待核)?"""

from __future__ import annotations

from datetime import datetime

from qingshan.office.accounts.access import require
from qingshan.office.matters.access import ANSWER_DOUBT
from qingshan.office.matters.models import Doubt
from qingshan.office.matters.models.evidence import DoubtState
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.common_needs import need_text
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.evidence import DoubtKind


@official_act
def answer_doubt(doubt: Doubt, words: str, *, upheld: bool, actor: ActorLike, now: datetime) -> Doubt:
    """核实存疑: explained, or upheld; in words either way. Refused: no review duty, nothing said, answered already."""
    matter = doubt.matter
    require(actor, ANSWER_DOUBT.code, region_id=matter.region_id)
    if unmet := need_text(words):
        raise RuleBroken.of(unmet)
    state = DoubtState.UPHELD if upheld else DoubtState.EXPLAINED
    values = {"state": state.value, "answer": words.strip()[:1000], "answered_on": shanghai_date(now)}
    open_still = Doubt.objects.filter(pk=doubt.pk, state=DoubtState.OPEN.value)
    if open_still.update(**values, version=doubt.version + 1) != 1:
        raise MatterRefused.because("matters.doubt_answered")
    doubt.refresh_from_db()
    kind = DoubtKind(doubt.code)
    record(
        act=ANSWER_DOUBT.code,
        actor=actor,
        now=now,
        subjects=[doubt, matter],
        new={"about": str(matter), "doubt": kind.zh, "outcome": state.zh, "note": doubt.answer},
        region_id=matter.region_id,
    )
    return doubt
