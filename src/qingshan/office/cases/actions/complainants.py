"""How does somebody come to see who complained? With a reason, and never unseen."""

from __future__ import annotations

from datetime import datetime

from qingshan.office.cases.access import SEE_COMPLAINANT, SEES_COMPLAINANTS
from qingshan.office.cases.complainants import complainant_of
from qingshan.office.cases.models import Complainant
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.matters.models import Matter
from qingshan.office.papers.access import require_one_of
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import compact


@official_act
def see_complainant(matter: Matter, *, reason: str, actor: ActorLike, now: datetime) -> Complainant:
    """查看信访人. The entry has no subject: whoever sees the petition, the enterprise too, would find it there.

    Refused: neither registry nor dispatch duty, a region outside the area, no reason, a reason that names the
    complainant, nobody on record.
    """
    require_one_of(actor, SEE_COMPLAINANT, SEES_COMPLAINANTS, region_id=matter.region_id)
    if not reason.strip():
        raise CaseRefused.because("cases.reason_missing")
    found = complainant_of(matter, actor=actor)
    if found is None:
        raise CaseRefused.because("cases.no_complainant")
    if _names(reason, found):
        raise CaseRefused.because("cases.reason_names_complainant")
    record(
        act=SEE_COMPLAINANT.code,
        actor=actor,
        now=now,
        new={"about": str(matter), "matter": matter.pk, "reason": reason.strip()[:500]},
        region_id=matter.region_id,
    )
    return found


def _names(reason: str, found: Complainant) -> bool:
    """Whether the reason says who it was: what enters the trail stays there for ever."""
    said = compact(reason)
    return any(compact(each) in said for each in (found.name, found.contact) if compact(each))
