"""How is completed what a claim lacks: what the land is to become, and when it was planted?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change, day_of
from qingshan.office.observations.access import COMPLETE
from qingshan.office.observations.models import Claim
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.verification import STANDING, ClaimState, TargetUse, Zone


@dataclass(frozen=True)
class Elements:
    """What a claim says beside its land."""

    target: TargetUse | None
    restored_since: date
    zone: Zone | None = None
    disturbed_since: date | None = None
    planted_on: date | None = None


ORDER = (
    ("disturbed_since", "损毁起始", "disturbed since"),
    ("planted_on", "种植日期", "planted on"),
    ("restored_since", "修复完成", "restored since"),
)


@official_act
def complete_claim(
    claim: Claim, elements: Elements, *, version: int, actor: ActorLike, now: datetime
) -> Claim:
    """补充申报要素; the claim is tested anew with the next run. Refused: no registry duty, out of area, one that ended,
    days to come or in the wrong order.
    """
    require(actor, COMPLETE.code, region_id=claim.region_id)
    claim.refresh_from_db()
    claim.version = version
    if claim.state not in STANDING:
        raise ObservationRefused.because("observations.claim_ended", number=claim.number)
    check_days(elements, on=shanghai_date(now))
    old = _told(claim)
    said = elements.target.value if elements.target else ""
    requeued = {"state": ClaimState.QUEUED.value} if claim.geom is not None else {}
    change(
        claim,
        target=said,
        target_because=claim.target_because if said == claim.target else None,
        zone=elements.zone.value if elements.zone else "",
        disturbed_since=elements.disturbed_since,
        planted_on=elements.planted_on,
        restored_since=elements.restored_since,
        **requeued,
    )
    new = {"about": claim.about, "claim": claim.number, **_told(claim)}
    record(
        act=COMPLETE.code,
        actor=actor,
        now=now,
        subjects=[claim],
        old=old,
        new=new,
        region_id=claim.region_id,
    )
    return claim


def check_days(elements: Elements, *, on: date) -> None:
    """Refused: a day to come; planted before disturbed, restored before planted."""
    told = [(getattr(elements, name), zh, en) for name, zh, en in ORDER if getattr(elements, name)]
    for day, _zh, _en in told:
        if day > on:
            raise ObservationRefused.because("observations.day_to_come", day=day.isoformat())
    for (earlier_on, earlier, earlier_en), (later_on, later, later_en) in pairwise(told):
        if later_on < earlier_on:
            raise ObservationRefused.because(
                "observations.days_reversed",
                later=later,
                later_en=later_en,
                later_on=later_on.isoformat(),
                earlier=earlier,
                earlier_en=earlier_en,
                earlier_on=earlier_on.isoformat(),
            )


def _told(claim: Claim) -> dict[str, Any]:
    return {
        "target": claim.target or None,
        "zone": claim.zone or None,
        **{name: day_of(getattr(claim, name)) for name, _zh, _en in ORDER},
    }
