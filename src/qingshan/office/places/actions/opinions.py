"""How is an opinion on paper about control lines recorded, where their layer may not be held here?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.places.models import OverlapOpinion
from qingshan.office.places.sentences import PlaceRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.layers import LayerKind, OverlapConclusion


@dataclass(frozen=True)
class Said:
    """What an opinion says about one kind of control line."""

    conclusion: OverlapConclusion
    area_m2: float | None = None


@dataclass(frozen=True)
class OpinionFacts:
    """An opinion as it stands on paper, and its scan in the vault."""

    issued_by: str
    number: str
    issued_on: date
    file_digest: str
    file_name: str
    said: Mapping[LayerKind, Said] = field(default_factory=dict)
    note: str = ""


@official_act
def record_overlap_opinion(
    facts: OpinionFacts, *, subject_kind: str, subject: Any, actor: ActorLike, now: datetime
) -> OverlapOpinion:
    """登记套合核查意见. Refused: out of area, no unit or number, a day to come, nothing said, a contradiction."""
    require(actor, "places.record_overlap_opinion", region_id=subject.region_id)
    _accept(facts, now=now)
    opinion = OverlapOpinion.objects.create(
        subject_kind=subject_kind,
        subject_id=subject.pk,
        region_id=subject.region_id,
        issued_by=facts.issued_by.strip(),
        number=facts.number.strip(),
        issued_on=facts.issued_on,
        findings=_findings(facts),
        note=facts.note.strip(),
        file_digest=facts.file_digest,
        file_name=facts.file_name,
        recorded_by_id=actor.decider.organisation_id,
    )
    told = {
        "issued_by": opinion.issued_by,
        "number": opinion.number,
        "issued_on": facts.issued_on.isoformat(),
        "object": str(subject),
        "file": facts.file_name,
        "file_sm3": facts.file_digest,
    }
    record(
        act="places.record_overlap_opinion",
        actor=actor,
        now=now,
        subjects=[opinion],
        new=told,
        region_id=subject.region_id,
    )
    return opinion


def _accept(facts: OpinionFacts, *, now: datetime) -> None:
    if not facts.issued_by.strip() or not facts.number.strip():
        raise PlaceRefused.because("places.opinion_unnamed")
    if facts.issued_on > shanghai_date(now):
        raise PlaceRefused.because("places.opinion_day_to_come", day=facts.issued_on.isoformat())
    if not facts.file_digest:
        raise PlaceRefused.because("places.opinion_file_missing")
    if not facts.said:
        raise PlaceRefused.because("places.opinion_says_nothing")
    for kind, said in facts.said.items():
        if said.area_m2 is not None and (said.area_m2 < 0 or said.conclusion != OverlapConclusion.OVERLAPS):
            raise PlaceRefused.because("places.opinion_contradicts", kind=kind.zh, kind_en=kind.en)


def _findings(facts: OpinionFacts) -> dict[str, Any]:
    return {
        kind.value: {"conclusion": said.conclusion.value, "area_m2": said.area_m2}
        for kind, said in sorted(facts.said.items())
    }
