"""How does a claim without a shape get the outline of its site, so that images can be asked?"""

from __future__ import annotations

from datetime import datetime

from qingshan.geo.area import area_m2
from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import TAKE_SHAPE
from qingshan.office.observations.claiming import POLYGONS
from qingshan.office.observations.models import Claim
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.verification import STANDING, ClaimState


def lacks_shape_of_site(claim: Claim) -> bool:
    """Whether it has no shape, and its site has an outline by now."""
    return claim.geom is None and claim.state in STANDING and _outline_of(claim) is not None


@official_act
def take_shape(claim: Claim, *, version: int, actor: ActorLike, now: datetime) -> Claim:
    """按点位范围补图形: it is undecidable no more and tested with the next run. An area that was claimed stays.
    Refused: no registry duty, out of area, one that ended or has a shape, a site without an outline, changed meanwhile.
    """
    require(actor, TAKE_SHAPE.code, region_id=claim.region_id)
    claim.refresh_from_db()
    claim.version = version
    if claim.state not in STANDING:
        raise ObservationRefused.because("observations.claim_ended", number=claim.number)
    if claim.geom is not None:
        raise ObservationRefused.because("observations.has_shape", number=claim.number)
    outline = _outline_of(claim)
    if outline is None:
        raise ObservationRefused.because("observations.no_outline", about=claim.about)
    shape_m2 = area_m2(outline)
    change(
        claim,
        geom=outline,
        area_m2=shape_m2 if claim.area_m2 is None else claim.area_m2,
        state=ClaimState.QUEUED.value,
        verdict="",
        because=None,
        found_on=None,
    )
    claim.refresh_from_db()
    told = {"about": claim.about, "claim": claim.number, "area_m2": round(shape_m2)}
    record(act=TAKE_SHAPE.code, actor=actor, now=now, subjects=[claim], new=told, region_id=claim.region_id)
    return claim


def _outline_of(claim: Claim) -> object | None:
    shape = claim.site.geom if claim.site else None
    is_land = shape is not None and shape.geom_type in POLYGONS and not shape.is_empty
    return shape if is_land else None
